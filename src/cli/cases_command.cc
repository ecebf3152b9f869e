#include <fmt/format.h>

#include "cli/confirm.h"
#include "cli/input_bytes.h"
#include "cli/list_output.h"
#include "cli/terminal_text.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

using assess::Case;
using assess::CaseId;
using assess::PageToken;

constexpr std::size_t kQuestionLimit = 512 * 1024;

int list_cases(ByHand& hand) {
  const ListView<Case> view{
      {{"id"}, {"title"}, {"kind"}, {"difficulty"}, {"points", Align::Right}, {"created"}},
      [&](const Case& row) -> std::vector<std::string> {
        return {row.id.text(),        row.title,        cell(row.case_type),
                cell(row.difficulty), cell(row.points), hand.time(row.created_at)};
      }};
  return print_list(hand, view, [&](const PageToken& page) { return hand.api().list_cases(page); });
}

/// Line by line, so that nothing in it can steer the terminal.
void print_question(ByHand& hand, std::string_view question) {
  if (question.empty()) return;
  hand.app.out << "\n";
  while (!question.empty()) {
    const std::size_t end = std::min(question.find('\n'), question.size());
    std::string_view line = question.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    hand.app.out << one_line(line) << "\n";
    question.remove_prefix(std::min(end + 1, question.size()));
  }
}

int show_case(ByHand& hand) {
  const auto found = hand.api().get_case(CaseId(hand.argument(0)));
  if (!found) return hand.fail(found.failure());
  if (hand.printed_json(found->raw)) return kDone;
  Fields fields;
  fields.add("id", found->id.text());
  fields.add("title", found->title);
  fields.add("description", cell(found->description));
  fields.add("kind", cell(found->case_type));
  fields.add("difficulty", cell(found->difficulty));
  fields.add("points", cell(found->points));
  fields.add("minutes", cell(found->time_limit_minutes));
  fields.add("created", hand.time(found->created_at));
  hand.app.out << fields.render();
  print_question(hand, found->question);
  return kDone;
}

/// The Markdown that --question names.
Result<std::string> question_of(const ParsedOptions& options) {
  Result<std::string> text = read_whole(options.get("question"), kQuestionLimit);
  if (!text) return std::move(text).error().during("--question");
  if (!is_utf8(*text)) return Error{ErrorKind::Rejected, "--question: the text is not UTF-8"};
  if (trim(*text).empty()) return Error{ErrorKind::Rejected, "--question: the text is empty"};
  return text;
}

int print_case(ByHand& hand, const Case& made, const char* what) {
  if (!hand.printed_json(made.raw))
    hand.app.out << fmt::format("{} {}  {}\n", what, one_line(made.id.text()),
                                one_line(made.title));
  return kDone;
}

int create_case(ByHand& hand) {
  for (const char* name : {"title", "description", "type", "question"}) {
    if (!hand.options.has(name))
      return hand.usage(fmt::format("--{} is needed; see praxisync cases create --help", name));
  }
  Result<std::string> question = question_of(hand.options);
  if (!question) return hand.usage(question.error().what);
  const auto made = hand.api().create_case({.title = hand.options.get("title"),
                                            .description = hand.options.get("description"),
                                            .question = std::move(*question),
                                            .case_type = hand.options.get("type")});
  if (!made) return hand.fail(made.failure());
  return print_case(hand, *made, "created");
}

int update_case(ByHand& hand) {
  assess::CaseChanges changes;
  if (hand.options.has("title")) changes.title = hand.options.get("title");
  if (hand.options.has("question")) {
    Result<std::string> question = question_of(hand.options);
    if (!question) return hand.usage(question.error().what);
    changes.question = std::move(*question);
  }
  if (!changes.title && !changes.question)
    return hand.usage("nothing to change: say --title TEXT, --question FILE or both");
  const auto changed = hand.api().update_case(CaseId(hand.argument(0)), changes);
  if (!changed) return hand.fail(changed.failure());
  return print_case(hand, *changed, "updated");
}

int remove_case(ByHand& hand) {
  const CaseId id(hand.argument(0));
  const std::string question = "Delete the task " + printable(id.text(), 100) + " for good?";
  if (const auto code = refused(hand.app, hand.options, question)) return *code;
  const auto done = hand.api().delete_case(id);
  if (!done) return hand.fail(done.failure());
  hand.app.out << (hand.form == Form::Table ? "deleted\n" : "{\"deleted\":true}\n");
  return kDone;
}

const PositionalSpec kId{.name = "ID", .help = "of the task, as 'cases list' shows it"};
const OptionSpec kTitle{.name = "title", .argument = "TEXT", .help = "its title"};
const OptionSpec kQuestion{.name = "question",
                           .argument = "FILE",
                           .help = "Markdown, UTF-8; '-' reads it from standard input"};

}  // namespace

std::vector<Command> cases_commands() {
  return {
      {{.name = "cases list",
        .summary = "The organisation's own tasks",
        .options = list_options(),
        .examples = {{"praxisync cases list --all --output ndjson", "every one, a line each"}},
        .exit_codes = list_exit_codes()},
       run_by_hand<list_cases>},
      {{.name = "cases show",
        .summary = "One task with its question",
        .positionals = {kId},
        .examples = {{"praxisync cases show e21a0000-1234-5678-abcd-ef0123456789", "as text"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<show_case>},
      {{.name = "cases create",
        .summary = "Adds a task to the organisation's library",
        .usage = "Not idempotent: twice makes two tasks.",
        .options = {kTitle,
                    {.name = "description", .argument = "TEXT", .help = "for your own people"},
                    {.name = "type",
                     .argument = "KIND",
                     .help = "coding, sql, text, mcq; older servers say multiple_choice"},
                    kQuestion},
        .examples = {{"praxisync cases create --title Quicksort --description 'Sorting, 30 min' "
                      "--type coding --question quicksort.md",
                      "prints its id"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<create_case>},
      {{.name = "cases update",
        .summary = "Changes a task's title, question or both",
        .options = {kTitle, kQuestion},
        .positionals = {kId},
        .examples = {{"praxisync cases update e21a0000-1234-5678-abcd-ef0123456789 --question -",
                      "the new question from standard input"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<update_case>},
      {{.name = "cases delete",
        .summary = "Deletes a task for good",
        .options = {yes_option()},
        .positionals = {kId},
        .examples = {{"praxisync cases delete e21a0000-1234-5678-abcd-ef0123456789 --yes",
                      "without a question, in a script"}},
        .exit_codes = by_hand_exit_codes()},
       run_by_hand<remove_case>}};
}

}  // namespace praxisync::cli
