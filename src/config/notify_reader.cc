#include "config/notify_reader.h"

#include <fmt/format.h>

#include "http/url.h"

namespace praxisync::config {
namespace {

enum class Query { Allowed, Refused };

ApiKey read_url(TableReader& reader, const std::string& name, Query query,
                const Surroundings& surroundings) {
  const Entry* entry = reader.entry({name, Need::Optional, R"({ env = "NAME" })"});
  if (entry == nullptr) return {};
  std::optional<ApiKey> url = read_secret(*entry, surroundings, reader.findings());
  if (!url || url->empty()) return {};
  const Result<http::Url> parsed = http::parse_url(url->reveal());
  std::string why;
  if (!parsed) {
    why = parsed.error().what;
  } else if (query == Query::Refused && !parsed->query.empty()) {
    why = "it has a query";
  }
  if (why.empty()) return std::move(*url);
  reader.findings().error(entry->value.where,
                          fmt::format("the URL of \"{}\" cannot be used: {}", name, why),
                          "copy it from the service that gave it to you");
  return {};
}

MessageFormat read_format(TableReader& reader) {
  const Key key{"format", Need::Optional, R"("slack")"};
  const std::optional<std::string> format = reader.text(key);
  if (format == "json") return MessageFormat::Json;
  if (format && format != "slack") {
    reader.findings().error(reader.entry(key)->value.where,
                            "\"format\" is neither \"slack\" nor \"json\"",
                            R"(for example: format = "slack")");
  }
  return MessageFormat::Slack;
}

}  // namespace

Notify read_notify(TableReader& reader, const Surroundings& surroundings) {
  Notify notify;
  notify.ping_url = read_url(reader, "ping_url", Query::Refused, surroundings);
  notify.webhook_url = read_url(reader, "webhook_url", Query::Allowed, surroundings);
  notify.format = read_format(reader);
  notify.timeout = reader
                       .duration({"timeout", Need::Optional, "\"5s\""},
                                 {std::chrono::milliseconds{100}, std::chrono::minutes{1}})
                       .value_or(notify.timeout);
  return notify;
}

}  // namespace praxisync::config
