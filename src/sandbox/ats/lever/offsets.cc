#include "sandbox/ats/lever/offsets.h"

#include <algorithm>

#include "http/url.h"

namespace praxisync::sandbox::ats::lever {
namespace {

/// The list and its filters, in any order of theirs.
std::string filters_of(const Call& call) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : call.query) {
    if (key != "offset" && key != "limit") parts.push_back(key + "=" + value);
  }
  std::sort(parts.begin(), parts.end());
  std::string text;
  for (const std::string& segment : call.path) text += "/" + segment;
  for (const std::string& part : parts) text += "\n" + part;
  return text;
}

}  // namespace

std::string Offsets::issue(const Call& call, const Place& place, Timestamp now) {
  const Json position{place.rank, place.at.time_since_epoch().count(), place.id};
  std::string token = http::encode_query_value(position.dump());
  issued_[{filters_of(call), token}] = {place, now};
  return token;
}

std::optional<Place> Offsets::find(const Call& call, Timestamp now, Milliseconds life) const {
  const auto found = issued_.find({filters_of(call), call.parameter("offset").value_or("")});
  if (found == issued_.end()) return std::nullopt;
  if (life != Milliseconds{0} && now - found->second.at >= life) return std::nullopt;
  return found->second.place;
}

}  // namespace praxisync::sandbox::ats::lever
