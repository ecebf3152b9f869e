/// One use of a prepared statement: bind in order, step, read. It is reset when it goes out of
/// scope, so that no read transaction is left open. Throws SQLite::Exception: use inside guarded().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "domain/engagement.h"
#include "domain/ids.h"
#include "domain/time.h"
#include "store/database.h"

namespace praxisync::store {

class Query {
 public:
  Query(Database& database, const char* sql) : statement_(database.statement(sql)) {}
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <typename... Values>
  Query& with(const Values&... values) {
    (bind(values), ...);
    return *this;
  }

  bool step() { return statement_.executeStep(); }
  /// Steps to a row that every database has: without it, and wherever a value is none that we
  /// write, the file is damaged, which a reader meets first: it does not look at every page.
  void step_to_row();
  /// Runs it to its end; the number of rows changed.
  int run() { return statement_.exec(); }

  std::string text(int column) const { return statement_.getColumn(column).getString(); }
  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  bool is_null(int column) const { return statement_.getColumn(column).isNull(); }
  double real(int column) const { return statement_.getColumn(column).getDouble(); }
  Timestamp time(int column) const { return Timestamp{Milliseconds{integer(column)}}; }
  std::optional<Timestamp> maybe_time(int column) const;
  std::optional<double> maybe_real(int column) const;
  std::optional<std::int64_t> maybe_integer(int column) const;
  template <typename Key>
  Key key(int column) const {
    return static_cast<Key>(integer(column));
  }
  State state(int column) const;

 private:
  void bind(std::string_view text) { statement_.bind(++bound_, std::string(text)); }
  void bind(const std::string& text) { statement_.bind(++bound_, text); }
  void bind(const char* text) { statement_.bind(++bound_, text); }
  void bind(double number) { statement_.bind(++bound_, number); }
  void bind(Timestamp at) {
    statement_.bind(++bound_, static_cast<std::int64_t>(at.time_since_epoch().count()));
  }
  void bind(Milliseconds span) {
    statement_.bind(++bound_, static_cast<std::int64_t>(span.count()));
  }
  void bind(State state) { bind(to_string(state)); }
  template <typename Number>
  requires(std::is_integral_v<Number> || std::is_enum_v<Number>) void bind(Number number) {
    statement_.bind(++bound_, static_cast<std::int64_t>(number));
  }
  template <typename T>
  void bind(const std::optional<T>& value) {
    if (value) {
      bind(*value);
    } else {
      statement_.bind(++bound_);
    }
  }
  template <typename Tag>
  void bind(const Id<Tag>& id) {
    bind(id.text());
  }
  /// An empty secret is stored as NULL.
  template <typename Tag>
  void bind(const Secret<Tag>& secret) {
    if (secret.empty()) {
      statement_.bind(++bound_);
    } else {
      bind(secret.reveal());
    }
  }

  SQLite::Statement& statement_;
  int bound_ = 0;
};

/// The columns of an engagement, in the order that read_engagement expects.
#define PRAXISYNC_ENGAGEMENT_COLUMNS                                                              \
  "e.id, e.target_kind, e.target, e.round, e.email, e.name, e.role, e.send_email, e.state, "      \
  "e.attempted,"                                                                                  \
  " e.token, e.enrollment_id, e.contacted_at, e.expires_at, e.reminded_at, e.reminders, e.score," \
  " e.time_spent, e.fullscreen_violations, e.copy_paste_violations, e.completed_at, "             \
  "e.report_url, "                                                                                \
  "e.cases "
constexpr int kEngagementColumns = 23;
Engagement read_engagement(const Query& row, int first = 0);

}  // namespace praxisync::store
