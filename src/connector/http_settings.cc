#include "connector/http_settings.h"

#include <charconv>

namespace praxisync::connector {
namespace {

constexpr Milliseconds kLeastSweep = std::chrono::minutes{1}, kMostSweep = std::chrono::days{31};

Error unusable(const std::string& setting, const std::string& why) {
  return {ErrorKind::Rejected, setting + ": " + why};
}

}  // namespace

std::vector<SettingSpec> with_http_settings(std::vector<SettingSpec> own,
                                            const HttpDefaults& defaults) {
  own.push_back({.name = "base_url",
                 .help = "where the API is: https, without a path; plain http for loopback alone",
                 .fallback = defaults.base_url});
  own.push_back(
      {.name = "page_size",
       .type = SettingType::Integer,
       .help = "records asked for at a time, 1 to " + std::to_string(defaults.largest_page),
       .fallback = std::to_string(defaults.page_size)});
  own.push_back({.name = "full_sweep",
                 .type = SettingType::Duration,
                 .help = "how often everybody is listed again, not only who changed",
                 .fallback = "24h"});
  return own;
}

Result<HttpSettings> read_http_settings(const Settings& settings, const HttpDefaults& defaults) {
  HttpSettings read;
  const auto origin = http::parse_base_url(settings.get("base_url").value_or(defaults.base_url));
  if (!origin) return unusable("base_url", origin.error().what);
  read.origin = *origin;
  read.page_size = defaults.page_size;
  if (const auto text = settings.get("page_size")) {
    const auto [end, failed] =
        std::from_chars(text->data(), text->data() + text->size(), read.page_size);
    if (failed != std::errc{} || end != text->data() + text->size() || read.page_size < 1 ||
        read.page_size > defaults.largest_page) {
      return unusable("page_size",
                      "must be a number from 1 to " + std::to_string(defaults.largest_page));
    }
  }
  if (const auto text = settings.get("full_sweep")) {
    const auto span = parse_duration(*text);
    if (!span || *span < kLeastSweep || *span > kMostSweep) {
      return unusable("full_sweep", R"(must be a duration from "1m" to "31d")");
    }
    read.full_sweep = *span;
  }
  read.account = http::to_string(read.origin);
  return read;
}

}  // namespace praxisync::connector
