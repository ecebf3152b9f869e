#include "http/header_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace praxisync::http {
namespace {

bool is_token_character(char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
  return c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_control(char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; }

}  // namespace

Result<void> check_headers(const std::vector<Header>& headers) {
  for (const Header& header : headers) {
    const std::string& name = header.name;
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_character)) {
      return Error{ErrorKind::Fatal, "a header's name is not valid; nothing was sent"};
    }
    if (std::any_of(header.value.begin(), header.value.end(), is_control)) {
      return Error{ErrorKind::Fatal,
                   fmt::format("the value of header {} holds a line break or control character; "
                               "nothing was sent",
                               name)};
    }
  }
  return {};
}

}  // namespace praxisync::http
