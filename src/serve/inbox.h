/// The inbox of webhook deliveries: what has come is on the disk before its sender is told so, and
/// stays until somebody has looked where it points to. One process at a time, any number of its
/// threads: deliveries that come together share one wait for the disk.
///
/// A delivery that came before, by its id or its body, is known for seven days and has no effect.
/// Events are hints: where the file turns out to be damaged, it is set aside and made anew.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.h"

namespace praxisync::serve {

class InboxFile;
struct InboxRow;

struct InboxLimits {
  std::int64_t waiting = 10'000;          ///< above it a new delivery is refused; at most `rows`
  std::int64_t rows = 200'000;            ///< above it the oldest that were worked go
  std::int64_t bytes = 64 * 1024 * 1024;  ///< of the database; above it likewise; 64 KiB at least
};

/// A delivery that was found genuine; borrowed.
struct Arrival {
  std::string_view source;  ///< "assess", or a connector's name
  std::string_view kind;    ///< of event, as the sender spells it
  std::string_view id;      ///< the sender's name for the delivery; empty: it gave none
  std::string_view body;    ///< whole; only its fingerprint is kept
  std::string_view part;    ///< what of the source to look at; empty: all of it
};

enum class Kept {
  New,    ///< on the disk
  Known,  ///< came before
  Full,   ///< refused: too many wait to be worked, so the sender should try again later
};

/// Where to look.
struct Place {
  std::string source, part;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Taken {
  std::vector<Place> places;  ///< sorted, each once
  std::int64_t upto = 0;      ///< for done(); 0: nothing was waiting
};

struct KindCount {
  std::string source, kind;  ///< letters, digits, '.', '_' and '-'; "other" for what came too late
  std::int64_t count = 0;    ///< of new ones, since the file was made
  friend bool operator==(const KindCount&, const KindCount&) = default;
};

struct InboxCounts {
  std::int64_t waiting = 0, rows = 0, bytes = 0;
  std::vector<KindCount> kinds;  ///< sorted; 50 a source at most, and "other"
};

class Inbox {
 public:
  /// Told what a person should know: a damaged file was set aside, the disk takes nothing. Not
  /// again before it is mended. From the thread that found it.
  using Notice = std::function<void(const std::string&)>;

  /// `path` is made where there is none; a damaged one is set aside first. Fatal where neither
  /// works.
  static Result<std::unique_ptr<Inbox>> open(const std::filesystem::path& path,
                                             const InboxLimits& limits = {}, Notice notice = {});
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Waits for the disk. With an error nothing was kept: the sender must be told to try again.
  Result<Kept> keep(const Arrival& arrival, Timestamp now);

  /// Where the deliveries point to that nobody has worked. They wait until done(): whoever dies in
  /// between finds them again.
  Result<Taken> take();
  /// Everything that take() saw has been looked at; what came since waits on.
  Result<void> done(const Taken& taken);

  Result<InboxCounts> counts();

 private:
  struct Waiting;
  Inbox(std::filesystem::path path, const InboxLimits& limits, Notice notice);
  Result<void> ensure_open();
  /// A database that turned out to be damaged must not fail every later delivery too.
  void mend(const Error& error);
  std::vector<Result<Kept>> store(const std::vector<InboxRow>& rows) noexcept;
  void tell_set_aside();
  template <typename Body>
  auto with_file(Body body) -> decltype(body(std::declval<InboxFile&>()));

  const std::filesystem::path path_;
  const InboxLimits limits_;
  const Notice notice_;

  std::mutex queue_mutex_;
  std::condition_variable woken_;
  std::vector<Waiting*> queue_;
  bool storing_ = false;

  std::mutex file_mutex_;
  std::unique_ptr<InboxFile> file_;  ///< nullptr: to be opened
  std::string told_;                 ///< what is amiss, as it was told
};

/// Beside the database of the engine.
std::filesystem::path inbox_path(const std::filesystem::path& database);

}  // namespace praxisync::serve
