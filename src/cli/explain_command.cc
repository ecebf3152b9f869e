#include <fmt/format.h>

#include "cli/session.h"
#include "cli/table.h"
#include "domain/text.h"
#include "report/run_document.h"
#include "report/story_document.h"

namespace praxisync::cli {
namespace {

std::string head(const store::Story& story) {
  std::string text =
      fmt::format("{} <{}>, application {} of {}: {}, stage {}{}\n", printable(story.name, 100),
                  printable(story.email, 320), story.application.text(), story.connector.text(),
                  printable(story.job, 100), printable(story.stage, 100),
                  story.in_stage ? "" : " (has left the route's stage)");
  text += fmt::format("route {}: {}", story.route.text(), to_string(story.state));
  if (!story.reason.empty()) text += ": " + printable(story.reason, 300);
  text += '\n';
  if (!story.engagement) return text;
  const Engagement& engagement = *story.engagement;
  text += fmt::format("{} {}, round {}: {}", to_string(engagement.target.kind),
                      engagement.target.slug, engagement.round, to_string(engagement.state));
  if (engagement.contacted_at)
    text += fmt::format(", contacted {}", format_timestamp(*engagement.contacted_at));
  if (engagement.expires_at && is_open(engagement.state)) {
    text += fmt::format(", open until {}", format_timestamp(*engagement.expires_at));
  }
  if (engagement.reminders > 0) text += fmt::format(", reminded {} times", engagement.reminders);
  if (engagement.outcome && engagement.outcome->score_percentage) {
    text += fmt::format(", {} %", format_score(*engagement.outcome->score_percentage));
  }
  return text + "\n";
}

std::string text_of(const store::Story& story, const std::vector<sync::Decision>& decisions,
                    const Terminal& terminal) {
  std::string text = head(story);
  Table history({{"at"}, {"run", Align::Right}, {"from"}, {"to"}, {"why"}});
  for (const store::HistoryEntry& entry : story.history) {
    history.add({format_timestamp(entry.at),
                 entry.run ? fmt::format("{}", static_cast<std::int64_t>(*entry.run)) : "-",
                 entry.from, entry.to, entry.reason});
  }
  text += history.render(terminal);
  Table writes({{"write-back"}, {"value"}, {"state"}, {"at"}, {"why"}});
  for (const store::WriteBackEntry& write : story.write_backs) {
    writes.add({write.kind, write.field.empty() ? write.value : write.field + "=" + write.value,
                write.state, write.closed_at ? format_timestamp(*write.closed_at) : "-",
                write.reason});
  }
  if (!writes.empty()) text += writes.render(terminal);
  for (const std::string& line : report::asked(story, decisions)) text += line + "\n";
  return text;
}

int run_explain(App& app, const ParsedOptions& options) {
  const auto config = load_config(app, options, config::Secrets::NotNeeded);
  if (!config) return kUsage;
  Result<store::Store> store = store::Store::open_for_reading(config->state.path);
  if (!store) {
    print_error(app, store.error());
    return kFailed;
  }
  const auto stories = store->view().explain(options.positionals().front());
  if (!stories) {
    print_error(app, stories.error());
    return kFailed;
  }
  const auto last = store->runs().last_finished();
  if (!last) {
    print_error(app, last.error());
    return kFailed;
  }
  const auto decisions = report::decisions_in(*last ? (*last)->report : "");
  if (options.get("output") == "json") {
    app.out << report::story_document(*stories, decisions) << "\n";
    return stories->empty() ? kFailed : kDone;
  }
  if (stories->empty()) {
    app.err << "praxisync: nobody with that address, application id or candidate id is in a routed "
               "stage; "
               "'praxisync doctor' shows which stages are routed\n";
    return kFailed;
  }
  for (std::size_t i = 0; i < stories->size(); ++i) {
    app.out << (i > 0 ? "\n" : "") << text_of((*stories)[i], decisions, app.out_terminal);
  }
  return kDone;
}

}  // namespace

Command explain_command() {
  return {{.name = "explain",
           .summary = "One candidate's whole history: every step, when, in which run and why; and "
                      "how the last run asked for news",
           .positionals = {{.name = "WHO",
                            .help = "an e-mail address, an application id or a candidate id"}},
           .examples = {{"praxisync explain ada@example.com", "all screenings of a person"}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage})},
          run_explain};
}

}  // namespace praxisync::cli
