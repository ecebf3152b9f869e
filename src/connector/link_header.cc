#include "connector/link_header.h"

#include "domain/text.h"

namespace praxisync::connector {
namespace {

/// Whether the parameters of a link ("; rel=\"next\"; title=x") name that relation.
bool has_relation(std::string_view parameters, std::string_view relation) {
  while (!parameters.empty()) {
    const std::size_t end = parameters.find(';');
    const std::string_view parameter = trim(parameters.substr(0, end));
    parameters.remove_prefix(end == std::string_view::npos ? parameters.size() : end + 1);
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || to_lower(trim(parameter.substr(0, equals))) != "rel")
      continue;
    std::string_view value = trim(parameter.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    return to_lower(value) == relation;
  }
  return false;
}

}  // namespace

std::optional<std::string> next_link(const http::Response& reply) {
  for (const http::Header& header : reply.headers) {
    if (to_lower(header.name) != "link") continue;
    std::string_view rest = header.value;
    for (std::size_t open = rest.find('<'); open != std::string_view::npos; open = rest.find('<')) {
      rest.remove_prefix(open + 1);
      const std::size_t close = rest.find('>');
      if (close == std::string_view::npos) break;
      const std::string_view target = rest.substr(0, close);
      rest.remove_prefix(close + 1);
      // The parameters end where the next link begins.
      const std::string_view parameters = rest.substr(0, rest.find(",<"));
      const std::size_t comma = parameters.find(", <");
      if (has_relation(parameters.substr(0, comma), "next")) return std::string(target);
    }
  }
  return std::nullopt;
}

}  // namespace praxisync::connector
