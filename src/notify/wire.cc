#include "notify/wire.h"

#include <nlohmann/json.hpp>

#include "domain/markup.h"
#include "domain/time.h"

namespace praxisync::notify {
namespace {

using Json = nlohmann::ordered_json;

/// Slack reads "<!channel>", "<@U1>" and "<http://…|text>"; without '<' there is none of them.
Json slack(const Message& message, const sync::RunReport& report) {
  std::string text = message.headline + "\n";
  if (!message.advice.empty()) text += message.advice + "\n";
  return {{"text", escape_markup(text + short_log(report))}};
}

Json plain(const Message& message, const sync::RunReport& report) {
  Json problems = Json::array();
  for (const sync::Problem& problem : told_problems(report)) {
    problems.push_back({{"where", problem.where},
                        {"kind", to_string(problem.kind)},
                        {"what", problem.what},
                        {"count", problem.count}});
  }
  return {{"event", to_string(message.event)},
          {"headline", message.headline},
          {"advice", message.advice},
          {"run",
           {{"id", static_cast<std::int64_t>(report.run)},
            {"reason", to_string(report.ending)},
            {"exit_code", sync::exit_code(report.ending)},
            {"started_at", format_timestamp(report.started_at)},
            {"finished_at", format_timestamp(report.finished_at)}}},
          {"backlog",
           {{"queued", report.backlog.queued},
            {"waiting", report.backlog.waiting},
            {"to_write", report.backlog.to_write},
            {"blocked", report.backlog.blocked}}},
          {"errors", std::move(problems)}};
}

}  // namespace

std::string body_of(Format format, const Message& message, const sync::RunReport& report) {
  const Json body = format == Format::Slack ? slack(message, report) : plain(message, report);
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace praxisync::notify
