/// The OpenAPI document of the Assess API as a judge: what in a request or an answer is not as the
/// document says, a line each. Used by the contract tests. The schemas are compiled once; checking
/// changes nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/transport.h"

namespace praxisync::testing_support {

class Contract {
 public:
  /// Throws std::runtime_error where the file is not the document that this class understands.
  explicit Contract(const std::string& file);
  ~Contract();

  /// Every operation, as "GET assessments/:slug/".
  std::vector<std::string> operations() const;
  /// The one that the request asks for; nullopt where the document has none.
  std::optional<std::string> operation_of(const http::Request& request) const;

  /// Operation, origin, key, query, content type and body.
  std::vector<std::string> check_request(const http::Request& request) const;
  /// Status, headers, content type and body of what `asked` was answered with.
  std::vector<std::string> check_answer(const http::Request& asked,
                                        const http::Response& answer) const;
  /// An event as it is delivered to a registered URL.
  std::vector<std::string> check_event(const std::vector<http::Header>& headers,
                                       std::string_view body) const;
  /// A body against one of the document's schemas, by its name.
  std::vector<std::string> check_body(const std::string& schema, std::string_view body) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace praxisync::testing_support
