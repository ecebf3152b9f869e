#include "cli/troff.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::cli::troff {
namespace {

std::string capitals(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\e";
        break;
      case '-':
        out += "\\-";  // else it is a hyphen, which nobody can paste into a shell
        break;
      case '\'':
        out += "\\(aq";
        break;
      case '`':
        out += "\\(ga";
        break;
      case '^':
        out += "\\(ha";
        break;
      case '~':
        out += "\\(ti";
        break;
      default:
        out += c;
    }
  }
  // At the start of a line it would be a request.
  return out.starts_with('.') ? "\\&" + out : out;
}

std::string bold(std::string_view text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + plain(text) + "\\fR"; }

std::string reference(std::string_view name, int part) {
  return fmt::format("{}({})", bold(name), part);
}

std::string title(std::string_view name, int part, std::string_view version) {
  return fmt::format(".TH \"{}\" {} \"\" \"praxisync {}\" \"praxisync\"\n", plain(capitals(name)),
                     part, version);
}

std::string section(std::string_view name) {
  return fmt::format(".SH \"{}\"\n", plain(capitals(name)));
}

std::string paragraph(std::string_view text) { return plain(text) + "\n"; }

std::string item(std::string_view term, std::string_view meaning) {
  return fmt::format(".TP\n{}\n{}\n", term, meaning);
}

std::string verbatim(std::string_view line) { return plain(line) + "\n"; }

}  // namespace praxisync::cli::troff
