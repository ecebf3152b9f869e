/// What shows that a run did all there was to do: which streams it meant to read and which it read
/// to their end, and what became of everybody it meant to contact and everything it meant to write.
#pragma once

#include <string>
#include <vector>

namespace praxisync::sync {

/// Each that was planned is done, skipped (it waits for a later run) or failed.
struct Tally {
  int planned = 0, done = 0, skipped = 0, failed = 0;

  bool adds_up() const { return planned == done + skipped + failed; }
};

struct Evidence {
  struct Stream {
    std::string name;
    bool read = false;  ///< to its end, every page of it
  };

  std::vector<Stream> streams;  ///< in the order in which they were expected
  bool all_expected = false;    ///< the run came far enough to know all that it was to read
  Tally contacts;               ///< persons to invite or enroll
  Tally write_backs;            ///< actions

  void expect(const std::string& stream);
  void read(const std::string& stream);
  bool expects(const std::string& stream) const;
  std::vector<std::string> unread() const;
  /// Everything that the run was to read was read.
  bool whole() const { return all_expected && unread().empty(); }
};

}  // namespace praxisync::sync
