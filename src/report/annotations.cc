#include "report/annotations.h"

#include <fmt/format.h>

#include "domain/text.h"
#include "report/checks.h"

namespace praxisync::report {
namespace {

constexpr std::size_t kLongestTitle = 100;
constexpr std::size_t kLongestMessage = 2000;

enum class Place { Message, Property };

/// As the runner reads it back: percent signs and line ends, in properties colons and commas too.
std::string escape_command(std::string_view text, Place place) {
  std::string out;
  for (const char c : text) {
    const bool separates = place == Place::Property && (c == ':' || c == ',');
    if (c == '%' || c == '\r' || c == '\n' || separates) {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

struct Annotation {
  std::string title, text;
};

/// Lines stay lines, each safe to show.
std::string lines_of(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!out.empty()) out += '\n';
    out += printable(text.substr(0, end), kLongestMessage);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string command(const char* kind, const Annotation& annotation) {
  return fmt::format("::{} title={}::{}\n", kind,
                     escape_command(printable(annotation.title, kLongestTitle), Place::Property),
                     escape_command(lines_of(annotation.text), Place::Message));
}

std::string commands(const char* kind, const std::vector<Annotation>& all) {
  std::string text;
  const bool all_fit = all.size() <= kMostAnnotations;
  const std::size_t shown = all_fit ? all.size() : kMostAnnotations - 1;
  for (std::size_t i = 0; i < shown; ++i) text += command(kind, all[i]);
  if (all_fit) return text;
  std::string titles;
  for (std::size_t i = shown; i < all.size(); ++i)
    titles += (i == shown ? "" : ", ") + printable(all[i].title, kLongestTitle);
  return text + command(kind, {fmt::format("and {} more", all.size() - shown),
                               printable(titles, kLongestMessage)});
}

}  // namespace

std::string github_annotations(const RunReport& report) {
  std::vector<Annotation> errors, warnings, notices;
  for (const Check& check : checks_of(report)) {
    if (check.standing == Check::Standing::Failed)
      errors.push_back({"praxisync: " + check.name, check.text});
  }
  for (const Attention& entry : report.attention) {
    if (entry.kind == Attention::Kind::Run) continue;
    warnings.push_back({fmt::format("praxisync: {} {}", entry.where, to_string(entry.kind)),
                        fmt::format("{} × {}\n{}", entry.count, entry.what, entry.mend)});
  }
  if (tone_of(report.run.ending) == Tone::Quiet) {
    notices.push_back(
        {"praxisync: work is left",
         fmt::format("{}; the next run goes on where it was", ending_in_words(report.run.ending))});
  }
  return commands("error", errors) + commands("warning", warnings) + commands("notice", notices);
}

std::string github_error(std::string_view title, std::string_view text) {
  return command("error", {std::string(title), std::string(text)});
}

std::string github_outputs(const sync::RunReport& run) {
  const sync::Counts& counts = run.counts;
  std::string text =
      fmt::format("run_id={}\nexit_code={}\nreason={}\n", static_cast<std::int64_t>(run.run),
                  sync::exit_code(run.ending), to_string(run.ending));
  const auto value = [&](const char* name, std::int64_t count) {
    text += fmt::format("{}={}\n", name, count);
  };
  value("pulled", counts.pulled);
  value("queued", counts.queued);
  value("invited", counts.invited);
  value("enrolled", counts.enrolled);
  value("blocked", counts.blocked);
  value("completed", counts.completed);
  value("passed", counts.passed);
  value("failed", counts.failed);
  value("expired", counts.expired);
  value("reminded", counts.reminded);
  value("cancelled", counts.cancelled);
  value("written_back", counts.written_back);
  value("failed_writes", counts.failed_writes);
  value("left_queued", run.backlog.queued);
  return text;
}

}  // namespace praxisync::report
