#include "sync/evidence.h"

#include <algorithm>

namespace praxisync::sync {

bool Evidence::expects(const std::string& stream) const {
  return std::ranges::find(streams, stream, &Stream::name) != streams.end();
}

void Evidence::expect(const std::string& stream) {
  if (!expects(stream)) streams.push_back({stream, false});
}

void Evidence::read(const std::string& stream) {
  expect(stream);
  std::ranges::find(streams, stream, &Stream::name)->read = true;
}

std::vector<std::string> Evidence::unread() const {
  std::vector<std::string> names;
  for (const Stream& stream : streams) {
    if (!stream.read) names.push_back(stream.name);
  }
  return names;
}

}  // namespace praxisync::sync
