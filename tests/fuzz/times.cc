// Times, spans and markers: what is read can be written and read again, and stays in its bounds.
// Lines: a time, a span; what follows goes into a marker.
#include "domain/outcome.h"
#include "domain/time.h"
#include "domain/write_back.h"
#include "fuzz/fuzz.h"

namespace praxisync::fuzz {
namespace {

void check_time(std::string_view text) {
  const std::optional<Timestamp> at = parse_timestamp(text);
  if (!at) return;
  PRAXISYNC_CHECK(
      *at >= Timestamp{} && *at < std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1},
      "a time is of the years 1970 to 9999");
  const std::string written = format_timestamp(*at);
  PRAXISYNC_CHECK(parse_timestamp(written) == at, "a time reads back as it was");
  PRAXISYNC_CHECK(written.size() <= 24, "and is short");
  const bool moved = text.find_first_of("+,.", 10) != std::string_view::npos ||
                     text.find('-', 10) != std::string_view::npos;
  PRAXISYNC_CHECK(moved || written.substr(0, 10) == text.substr(0, 10) ||
                      text.find(":60") != std::string_view::npos,
                  "on the day that it names");
}

void check_span(std::string_view text) {
  const std::optional<Milliseconds> span = parse_duration(text);
  if (!span) return;
  PRAXISYNC_CHECK(*span >= Milliseconds{0} && *span <= std::chrono::hours{24 * 36'525},
                  "a span is none below zero, and 100 years at most");
  PRAXISYNC_CHECK(text.find_first_not_of("0123456789smhd") == std::string_view::npos,
                  "a span is numbers and units");
  PRAXISYNC_CHECK(parse_duration(std::to_string(span->count()) + "ms") == span, "it reads back");
  check_shown(format_duration(*span), 20);
  check_shown(format_duration(-*span), 21);
}

void check_marker(Pieces pieces) {
  const ConnectorName connector{std::string(pieces.line())};
  const ApplicationId application{std::string(pieces.line())};
  const RouteName route{std::string(pieces.line())};
  const std::string field(pieces.rest());
  const auto marker = [&](int round, ActionKind kind, const std::string& of_field) {
    return marker_of(connector, application, route, round, Verdict::Passed, kind, of_field);
  };
  const std::string first = marker(1, ActionKind::Field, field);
  PRAXISYNC_CHECK(
      first.size() == 15 && first.starts_with("px:") &&
          first.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567", 3) == std::string::npos,
      "a marker is px: and twelve characters");
  PRAXISYNC_CHECK(first == marker(1, ActionKind::Field, field), "the same each time");
  PRAXISYNC_CHECK(first != marker(2, ActionKind::Field, field), "another one each round");
  PRAXISYNC_CHECK(first != marker(1, ActionKind::Tag, field), "and for each kind");
  PRAXISYNC_CHECK(first != marker(1, ActionKind::Field, field + "x"), "and for each field");
  // The border between two names is part of the identity.
  const std::string both = application.text() + route.text();
  if (both.empty() || route.empty()) return;
  PRAXISYNC_CHECK(first != marker_of(connector, ApplicationId(both), RouteName(), 1,
                                     Verdict::Passed, ActionKind::Field, field),
                  "and for each application");
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  check_time(pieces.line());
  check_span(pieces.line());
  check_marker(pieces);
}

}  // namespace praxisync::fuzz
