// The file that write-backs go to, whatever is in it already: a row that was appended is there, and
// what others wrote stays. Lines: the action's value, an application's id, an address; what the
// file holds at first, behind the usual header where the first byte is 'h'.
#include "connectors/file/results_file.h"

#include "connectors/file/results_rows.h"
#include "csv/csv_writer.h"
#include "fuzz/fuzz.h"
#include "fuzz/scratch.h"
#include "fuzz/still_clock.h"

namespace praxisync::fuzz {
namespace {

/// Whether `text` is the start of one row of ours, or of a header, cut short by a crash (its line
/// ends are all within quotes), or empty lines.
bool is_cut_short(std::string_view text) {
  const std::string header = csv::csv_row(file::results_columns());
  if (header.starts_with(text)) return true;
  if (text.find_first_not_of("\xEF\xBB\xBF\r\n") == std::string_view::npos) return true;
  if (!text.starts_with(std::string_view("px:").substr(0, text.size()))) return false;
  bool quoted = false, closed = false;
  char before = ',';
  for (const char c : text) {  // a quote opens a cell at its start alone, and two are one of a text
    const bool opens = before == ',' || closed;
    closed = c == '"' && quoted;
    if (c == '"') quoted = !quoted && opens;
    if ((c == '\n' || c == '\r') && !quoted) return false;
    before = c;
  }
  return true;
}

/// Whether nothing is gone but such a start, at the end of what was there.
bool keeps_what_others_wrote(std::string_view before, std::string_view after) {
  if (after.starts_with(before)) return true;
  for (std::size_t at = 0; at <= before.size(); ++at) {
    if (after.starts_with(before.substr(0, at)) && is_cut_short(before.substr(at))) return true;
  }
  return false;
}

}  // namespace

void run(std::string_view input) {
  static const Scratch folder;
  Pieces pieces(input);
  const bool with_header = input.starts_with('h');
  WriteBack action;
  action.marker = "px:abcdefghij23";
  action.value = pieces.line();
  action.application = ApplicationId(std::string(pieces.line()));
  action.email = pieces.line();
  action.at = Timestamp{Milliseconds{1'767'600'000'000}};
  std::string before = with_header ? csv::csv_row(file::results_columns()) : "";
  before += pieces.rest();
  const bool known = before.find(action.marker) != std::string::npos;
  folder.write("results.csv", before);
  StillClock clock;
  file::ResultsFile results(folder / "results.csv", clock);

  const Result<bool> there = results.holds(action.marker);
  if (there) PRAXISYNC_CHECK(!*there || known, "nothing is there that nobody wrote");
  const Result<void> appended = results.append(action);

  const std::string after = folder.read("results.csv");
  if (!appended) {
    check_shown(appended.error().what, 1000);
    PRAXISYNC_CHECK(appended.error().kind == ErrorKind::Transient ||
                        appended.error().kind == ErrorKind::Rejected,
                    "no row was added");
    PRAXISYNC_CHECK(after == before || before.starts_with(after), "and nothing written");
    return;
  }
  const Result<bool> landed = results.holds(action.marker);
  PRAXISYNC_CHECK(landed && *landed, "a row that was appended is there");
  file::ResultsFile fresh(folder / "results.csv", clock);
  const Result<bool> seen = fresh.holds(action.marker);
  PRAXISYNC_CHECK(seen && *seen, "for the next process too");
  PRAXISYNC_CHECK(fresh.append(action).has_value(), "and the next row finds its place");
  PRAXISYNC_CHECK(folder.read("results.csv").starts_with(after), "behind what is there");
  PRAXISYNC_CHECK(keeps_what_others_wrote(before, after), "what others wrote stays");
}

}  // namespace praxisync::fuzz
