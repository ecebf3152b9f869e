/// What can go wrong between a client and the played API, asked for in advance: each fault waits
/// for the requests that it is meant for and is then used up.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/transport.h"

namespace praxisync::sandbox {

struct Fault {
  enum class Kind {
    DropBefore,           ///< the connection ends; nothing took effect
    DropAfterApplying,    ///< it took effect; the connection ends without an answer
    Status,               ///< this answer instead; nothing took effect
    StatusAfterApplying,  ///< it took effect; this answer instead
    Truncate,             ///< it took effect; the connection ends after `bytes` of the body
    Delay,                ///< the answer comes `delay` later
  };

  Kind kind = Kind::DropBefore;
  std::optional<http::Method> method{};  ///< nullopt: any
  std::string path{};                    ///< a part of the URL's path and query; empty: any
  int skip = 0;                          ///< how many fitting requests pass first
  int times = 1;                         ///< how many it strikes then
  int status = 500;
  std::vector<http::Header> headers{};
  std::string body{};
  std::size_t bytes = 0;
  Milliseconds delay{0};
};

/// The fault's kind in snake_case.
std::string_view to_string(Fault::Kind kind);
std::optional<Fault::Kind> parse_fault_kind(std::string_view text);

class Faults {
 public:
  void add(Fault fault) { waiting_.push_back(std::move(fault)); }
  void clear() { waiting_.clear(); }
  std::size_t waiting() const { return waiting_.size(); }

  /// The fault that strikes this request: of those that fit and skip no more, the one added first.
  std::optional<Fault> strike(http::Method method, std::string_view url);

 private:
  std::list<Fault> waiting_;
};

/// What comes over the wire.
struct Delivery {
  std::optional<http::Response> response;  ///< nullopt: the connection ended without a byte
  std::optional<std::size_t> cut_after{};  ///< of the body; nullopt: all of it arrives
  Milliseconds delay{0};
  /// Completes the response, and may take its time: called while nothing is locked. May be empty.
  std::function<void(http::Response&)> complete{};
};

/// The answer of `handle` as the faults let it through.
Delivery deliver(const http::Request& request, Faults& faults,
                 const std::function<http::Response(const http::Request&)>& handle);

}  // namespace praxisync::sandbox
