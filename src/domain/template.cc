#include "domain/template.h"

#include <algorithm>

#include "domain/text.h"

namespace praxisync {
namespace {

/// One step of a template: literal text, then perhaps a variable.
struct Piece {
  std::string literal;
  std::string variable;
};

Result<std::vector<Piece>> split(std::string_view text) {
  std::vector<Piece> pieces(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      pieces.back().literal += c;
      ++i;
    } else if (c == '}') {
      return Error{ErrorKind::Rejected, "a '}' without its '{' (write '}}' for a brace)"};
    } else if (c == '{') {
      const auto end = text.find('}', i);
      if (end == std::string_view::npos) {
        return Error{ErrorKind::Rejected, "a '{' without its '}' (write '{{' for a brace)"};
      }
      pieces.back().variable = text.substr(i + 1, end - i - 1);
      pieces.emplace_back();
      i = end;
    } else {
      pieces.back().literal += c;
    }
  }
  return pieces;
}

}  // namespace

Result<void> check_template(std::string_view text, const std::vector<std::string>& known) {
  const auto pieces = split(text);
  if (!pieces) return pieces.error();
  for (std::size_t i = 0; i + 1 < pieces->size(); ++i) {
    const std::string& variable = (*pieces)[i].variable;
    if (std::ranges::find(known, variable) != known.end()) continue;
    std::string what = "unknown variable {" + printable(variable, 40) + "}";
    const std::string meant = did_you_mean(variable, known);
    if (!meant.empty()) what += "; did you mean {" + meant + "}?";
    return Error{ErrorKind::Rejected, what};
  }
  return {};
}

bool uses_variable(std::string_view text, std::string_view variable) {
  const auto pieces = split(text);
  return pieces && std::ranges::any_of(
                       *pieces, [&](const Piece& piece) { return piece.variable == variable; });
}

std::string expand_template(std::string_view text,
                            const std::function<std::string(std::string_view)>& value) {
  const auto pieces = split(text);
  PRAXISYNC_CHECK(pieces.has_value(), "templates are checked when the config is read");
  std::string out;
  for (std::size_t i = 0; i < pieces->size(); ++i) {
    out += (*pieces)[i].literal;
    if (i + 1 < pieces->size()) out += value((*pieces)[i].variable);
  }
  return out;
}

const std::vector<std::string>& role_variables() {
  static const std::vector<std::string> names{"job", "stage", "name"};
  return names;
}

const std::vector<std::string>& outcome_variables() {
  static const std::vector<std::string> names{
      "score", "passed",     "verdict",    "assessment",   "route",      "job",
      "stage", "violations", "time_spent", "completed_at", "report_url", "cases"};
  return names;
}

}  // namespace praxisync
