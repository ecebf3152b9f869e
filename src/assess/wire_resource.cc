#include "assess/wire_resource.h"

#include "domain/text.h"

namespace praxisync::assess::wire {

Result<json::Value> parse_resource(std::string_view body) {
  Result<json::Value> root = json::Value::parse(body);
  if (!root) return root;
  if (root->get<json::Value::Object>() == nullptr) {
    return Error{ErrorKind::Malformed, "not an object"};
  }
  if (root->find("error") != nullptr) return Error{ErrorKind::Malformed, "an error in a success"};
  return root;
}

bool same_id(std::string_view a, std::string_view b) {
  return to_lower(trim(a)) == to_lower(trim(b));
}

std::optional<PageToken> read_next(const json::Reader& root, const PageToken& asked,
                                   std::vector<std::string>& bad_rows) {
  const std::string url = root.text_or_empty("next");
  if (url.empty()) return std::nullopt;
  std::optional<PageToken> next = PageToken::from_next(url);
  if (!next) {
    bad_rows.emplace_back("next: names neither a cursor nor a page");
  } else if (!leads_on(asked, *next)) {
    root.note("next", "leads back to a page that was already asked for");
  }
  return next;
}

}  // namespace praxisync::assess::wire
