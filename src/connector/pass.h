/// Where a pull stands: in which pass over the ATS, and at which of its pages. It is kept as the
/// text of a Cursor, so it must hold all that the next process needs.
///
/// A sweep lists everything; news is what changed since the pass before. News begins a little
/// before the point where the last pass began, by the peer's clock, and bounds are inclusive:
/// records come twice, but none is missed. When a sweep is due again is decided here too. News
/// comes before it all the same: who left is then seen, not concluded from an absence, so that a
/// stage which recruiters emptied is no riddle.
#pragma once

#include <string>

#include "domain/application.h"
#include "domain/ids.h"
#include "domain/time.h"

namespace praxisync::connector {

struct Pass {
  enum class Kind { Sweep, News };

  Kind kind = Kind::Sweep;
  Timestamp since{};      ///< with News: everything changed then or later is asked for
  std::string page{};     ///< the peer's word for the page to ask for; empty: the first
  std::string news{};     ///< the peer's own word for "what changed since", where it has one
  Timestamp began{};      ///< the peer's time when the first page was answered; 0: not yet
  Timestamp swept_at{};   ///< when the last complete sweep began; 0: never
  Timestamp passed_at{};  ///< when the last complete pass began
  Timestamp asked_at{};  ///< when the last page was asked for: by our own clock, as nothing else is
  std::string account{};  ///< see PassPolicy

  bool at_start() const { return page.empty(); }
  /// What a page of this pass shows; `more`: whether another one follows.
  Sweep shows(bool more) const;
};

struct PassPolicy {
  Milliseconds full_sweep = std::chrono::hours{24};  ///< a sweep is due when the last is this old
  Milliseconds overlap = std::chrono::minutes{10};   ///< news begins so much earlier
  /// Whose list it is, such as the base URL: a cursor of another one is of no use.
  std::string account{};
};

/// The page that a pull asks for after that cursor. A cursor that cannot be read, and one of
/// another account, begins a sweep.
Pass pass_after(const Cursor& after, const PassPolicy& policy, Timestamp now);
/// The same pass from its first page: where the peer no longer knows the page.
Pass restarted(Pass pass);
/// A sweep instead: where the peer no longer knows what news is.
Pass swept_instead(Pass pass);

/// Whether the last page of `pass` is not the end of this pull: a sweep is due and follows at once.
bool sweep_follows(const Pass& pass, const PassPolicy& policy, Timestamp now);

/// The cursor behind a page of `pass`; `answered` is the peer's time of the answer.
Cursor cursor_at(Pass pass, std::string next_page, Timestamp answered);
/// The cursor behind the last page; `news` is the peer's own word for it, where it has one.
Cursor cursor_behind(Pass pass, Timestamp answered, std::string news = {});

}  // namespace praxisync::connector
