#include "http/transport.h"

#include "domain/text.h"

namespace praxisync::http {

std::string_view to_string(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Post:
      return "POST";
    case Method::Put:
      return "PUT";
    case Method::Patch:
      return "PATCH";
    case Method::Delete:
      return "DELETE";
  }
  return "GET";
}

Response plain_text(int status, const std::string& line) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = line + "\n"};
}

std::string_view header(const std::vector<Header>& headers, std::string_view name) {
  const std::string wanted = to_lower(name);
  for (const Header& candidate : headers) {
    if (to_lower(candidate.name) == wanted) return candidate.value;
  }
  return {};
}

}  // namespace praxisync::http
