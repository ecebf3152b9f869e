/// The seam to the network: one method. What retries, counts, guards credentials, scrubs or crashes
/// is a Transport around a Transport, composed in one visible place (src/cli/wiring.cc). Used from
/// the engine's thread alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace praxisync::http {

enum class Method { Get, Post, Put, Patch, Delete };
std::string_view to_string(Method method);

/// Whether a request may be sent again when nobody knows whether it took effect. It stands on the
/// request: no layer guesses from the verb.
enum class Repeat {
  Safe,   ///< the peer gives the same answer to a second one
  Look,   ///< look whether it took effect first; goes out on a fresh connection, once
  Never,  ///< cannot be looked up; goes out on a fresh connection, once
};

/// Which of the peer's two hourly limits the request counts against.
enum class Cost { Read, Write };

/// What a request may draw on: ordinary work leaves a reserve of the hour's requests untouched.
enum class Draw { Work, Reserve };

struct Header {
  std::string name, value;
  friend bool operator==(const Header&, const Header&) = default;
};

struct Request {
  Method method = Method::Get;
  std::string url;  ///< absolute; holds no credential
  std::vector<Header> headers{};
  std::string body{};
  Repeat repeat = Repeat::Safe;
  Cost cost = Cost::Read;
  Draw draw = Draw::Work;
};

struct Response {
  int status = 0;
  std::vector<Header> headers;
  std::string body;
};

/// One line for people and probes, which no cache keeps.
Response plain_text(int status, const std::string& line);

/// The first header of that name (case is ignored), or empty.
std::string_view header(const std::vector<Header>& headers, std::string_view name);

class Transport {
 public:
  virtual ~Transport() = default;
  /// Any answer of the peer is a Response, whatever its status. An Error means that there was none:
  /// Transient where nothing can have taken effect (no connection, or the request is a Safe one),
  /// OutcomeUnknown where it may have, Unauthorized where the peer's certificate is not trusted,
  /// Malformed where the answer breaks HTTP or exceeds a limit (a Safe request), Exhausted where
  /// the program was told to stop. Status codes become errors in `classify`, not here.
  virtual Result<Response> send(const Request& request) = 0;
};

}  // namespace praxisync::http
