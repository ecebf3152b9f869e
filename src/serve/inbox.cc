#include "serve/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "domain/check.h"
#include "domain/digest.h"
#include "domain/text.h"
#include "serve/inbox_file.h"

namespace praxisync::serve {
namespace {

constexpr std::size_t kLongestKind = 64, kLongestPart = 200;

/// As it can stand in a metric's label.
std::string label_of(std::string_view kind) {
  if (kind.empty()) return "unknown";
  const bool plain = std::ranges::all_of(kind, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '.' ||
           c == '_' || c == '-';
  });
  return plain && kind.size() <= kLongestKind ? std::string(kind) : "other";
}

InboxRow row_of(const Arrival& arrival, Timestamp now) {
  const bool usable = printable(arrival.part, kLongestPart) == arrival.part;
  return {.source = std::string(arrival.source),
          .kind = label_of(arrival.kind),
          .part = usable ? std::string(arrival.part) : std::string(),
          .delivery = arrival.id.empty() ? std::string() : sha256(arrival.id),
          .body = sha256(arrival.body),
          .received = now};
}

}  // namespace

/// Somebody who waits for the disk.
struct Inbox::Waiting {
  InboxRow row;
  std::optional<Result<Kept>> answer{};
};

Inbox::Inbox(std::filesystem::path path, const InboxLimits& limits, Notice notice)
    : path_(std::move(path)), limits_(limits), notice_(std::move(notice)) {
  PRAXISYNC_CHECK(limits.waiting <= limits.rows, "what waits has room among all rows");
}

Inbox::~Inbox() = default;

Result<std::unique_ptr<Inbox>> Inbox::open(const std::filesystem::path& path,
                                           const InboxLimits& limits, Notice notice) {
  std::unique_ptr<Inbox> inbox(new Inbox(path, limits, std::move(notice)));
  if (Result<void> opened = inbox->ensure_open(); !opened) return std::move(opened).error();
  return inbox;
}

Result<void> Inbox::ensure_open() {
  if (file_) return {};
  auto opened = InboxFile::open(path_, limits_);
  if (!opened && opened.error().kind == ErrorKind::Malformed) {
    if (Result<void> moved = set_aside(path_); !moved) return moved;
    tell_set_aside();
    opened = InboxFile::open(path_, limits_);
  }
  if (!opened) return std::move(opened).error().during("inbox");
  file_ = *std::move(opened);
  return {};
}

void Inbox::mend(const Error& error) {
  if (error.kind != ErrorKind::Malformed) return;
  file_.reset();
  if (set_aside(path_)) tell_set_aside();
}

void Inbox::tell_set_aside() {
  if (notice_) {
    notice_(
        fmt::format("the inbox of webhooks was damaged: it is now {}.damaged, and a new one is "
                    "made; the schedule finds what it told of",
                    path_.string()));
  }
}

template <typename Body>
auto Inbox::with_file(Body body) -> decltype(body(std::declval<InboxFile&>())) {
  const std::lock_guard lock(file_mutex_);
  using Answer = decltype(body(*file_));
  const Result<void> opened = ensure_open();
  Answer result = opened ? body(*file_) : Answer(opened.error());
  if (!result) mend(result.error());
  const std::string amiss = result ? std::string() : result.error().what;
  if (amiss != told_ && !amiss.empty() && notice_)
    notice_("webhooks are refused, and their senders told to try again: " + amiss);
  told_ = amiss;
  return result;
}

// Nobody could be answered after an exception, and all would wait: memory that ran out ends it.
std::vector<Result<Kept>> Inbox::store(const std::vector<InboxRow>& rows) noexcept {
  const Result<std::vector<Kept>> kept =
      with_file([&](InboxFile& file) { return file.keep(rows); });
  if (!kept) return std::vector<Result<Kept>>(rows.size(), kept.error());
  return {kept->begin(), kept->end()};
}

// Whoever finds nobody at the disk goes there with all that has come meanwhile; the others wait.
Result<Kept> Inbox::keep(const Arrival& arrival, Timestamp now) {
  Waiting mine{row_of(arrival, now)};
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&mine);
  while (!mine.answer) {
    if (storing_) {
      woken_.wait(lock);
      continue;
    }
    storing_ = true;
    const std::vector<Waiting*> batch = std::exchange(queue_, {});
    std::vector<InboxRow> rows;
    for (Waiting* one : batch) rows.push_back(std::move(one->row));
    lock.unlock();
    const std::vector<Result<Kept>> answers = store(rows);
    lock.lock();
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i]->answer = answers[i];
    storing_ = false;
    woken_.notify_all();
  }
  return *std::move(mine.answer);
}

Result<Taken> Inbox::take() {
  return with_file([](InboxFile& file) { return file.take(); });
}

Result<void> Inbox::done(const Taken& taken) {
  return with_file([&](InboxFile& file) { return file.done(taken.upto); });
}

Result<InboxCounts> Inbox::counts() {
  return with_file([](InboxFile& file) { return file.counts(); });
}

std::filesystem::path inbox_path(const std::filesystem::path& database) {
  return database.string() + ".inbox";
}

}  // namespace praxisync::serve
