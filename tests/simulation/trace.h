/// What happened, in order: hashed as it goes, so that two plays of one schedule can be compared,
/// and kept as text only where somebody wants to read it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace praxisync::simulation {

class Trace {
 public:
  void tell(std::string_view line) {
    for (const char byte : line) add(static_cast<unsigned char>(byte));
    add('\n');
    ++events_;
    if (keep_) lines_.emplace_back(line);
  }
  /// Beside the trace: part of no hash.
  void note(std::string_view line) {
    if (keep_) lines_.emplace_back(line);
  }
  void keep_lines() { keep_ = true; }

  std::uint64_t hash() const { return hash_; }
  int events() const { return events_; }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  void add(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }

  std::uint64_t hash_ = 0xcbf29ce484222325U;
  int events_ = 0;
  bool keep_ = false;
  std::vector<std::string> lines_;
};

/// Rare places, and how often each was reached.
using Reached = std::map<std::string, long long, std::less<>>;

/// What broke: the invariant's id and what was seen.
struct Violation {
  std::string invariant, what;
};
using Violations = std::vector<Violation>;

}  // namespace praxisync::simulation
