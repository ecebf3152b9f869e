/// OAuth 2.0 client credentials (RFC 6749 4.4): one token at a time, asked for when it is first
/// needed, kept until shortly before it expires. Used from the engine's thread alone, so that there
/// is never more than one request for a token under way.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connector/account.h"

namespace praxisync::connector {

class ClientCredentials {
 public:
  /// `url` is the token endpoint, with a path. Further parameters go into the form ("sub").
  /// Rejected where the URL cannot be used.
  static Result<std::unique_ptr<ClientCredentials>> make(
      const World& world, std::string_view url, ApiKey client_id, ApiKey client_secret,
      std::vector<std::pair<std::string, std::string>> parameters);

  /// The token, renewed a minute before it expires. Unauthorized where the client is refused;
  /// otherwise as Account::ask.
  Result<ApiKey> token();
  /// It was refused: the next call asks for another one.
  void drop() { token_.reset(); }
  /// What was granted, where the answer said: space-separated scopes.
  const std::string& scope() const { return scope_; }

 private:
  ClientCredentials(const World& world, http::Origin origin, std::string path, ApiKey client_id,
                    ApiKey client_secret,
                    std::vector<std::pair<std::string, std::string>> parameters);
  Result<void> mint();

  struct Token {
    ApiKey value;
    Timestamp renew_at;
  };

  Clock& clock_;
  std::function<void(const ApiKey&)> keep_secret_;
  std::string path_;
  ApiKey client_id_, client_secret_;
  std::vector<std::pair<std::string, std::string>> parameters_;
  Account account_;
  std::optional<Token> token_;
  std::string scope_;
};

}  // namespace praxisync::connector
