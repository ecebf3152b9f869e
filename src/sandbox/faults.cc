#include "sandbox/faults.h"

#include <utility>

namespace praxisync::sandbox {
namespace {

using enum Fault::Kind;

constexpr std::pair<Fault::Kind, std::string_view> kNames[] = {
    {DropBefore, "drop_before"}, {DropAfterApplying, "drop_after_applying"},
    {Status, "status"},          {StatusAfterApplying, "status_after_applying"},
    {Truncate, "truncate"},      {Delay, "delay"},
};

std::string_view path_and_query(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  const std::size_t path = url.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string_view{} : url.substr(path);
}

}  // namespace

std::string_view to_string(Fault::Kind kind) {
  for (const auto& [known, name] : kNames) {
    if (known == kind) return name;
  }
  return "unknown";
}

std::optional<Fault::Kind> parse_fault_kind(std::string_view text) {
  for (const auto& [kind, name] : kNames) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

std::optional<Fault> Faults::strike(http::Method method, std::string_view url) {
  std::optional<Fault> struck;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    const bool fits = (!it->method || *it->method == method) &&
                      path_and_query(url).find(it->path) != std::string_view::npos;
    if (fits && it->skip > 0) {
      --it->skip;
    } else if (fits && !struck) {
      struck = *it;
      if (--it->times <= 0) {
        it = waiting_.erase(it);
        continue;
      }
    }
    ++it;
  }
  return struck;
}

Delivery deliver(const http::Request& request, Faults& faults,
                 const std::function<http::Response(const http::Request&)>& handle) {
  const std::optional<Fault> fault = faults.strike(request.method, request.url);
  if (!fault) return {handle(request)};
  if (fault->kind == DropBefore) return {std::nullopt};
  const http::Response instead{fault->status, fault->headers, fault->body};
  if (fault->kind == Status) return {instead};

  http::Response applied = handle(request);
  switch (fault->kind) {
    case DropAfterApplying:
      return {std::nullopt};
    case StatusAfterApplying:
      return {instead};
    case Truncate:
      return {std::move(applied), fault->bytes};
    case Delay:
      return {std::move(applied), std::nullopt, fault->delay};
    case DropBefore:
    case Status:
      break;
  }
  return {std::move(applied)};
}

}  // namespace praxisync::sandbox
