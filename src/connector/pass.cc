#include "connector/pass.h"

#include <charconv>
#include <optional>
#include <utility>

#include "http/url.h"

namespace praxisync::connector {
namespace {

constexpr std::string_view kVersion = "1";

std::string number(Timestamp at) { return std::to_string(at.time_since_epoch().count()); }

std::optional<Timestamp> time_of(std::string_view text, std::string_view name) {
  const auto value = http::query_parameter(text, name);
  if (!value) return std::nullopt;
  Milliseconds::rep count = 0;
  const auto [end, failed] = std::from_chars(value->data(), value->data() + value->size(), count);
  if (failed != std::errc{} || end != value->data() + value->size() || count < 0)
    return std::nullopt;
  return Timestamp(Milliseconds{count});
}

/// A query of its own, with every value encoded: any byte of the peer's words survives.
Cursor text_of(const Pass& pass) {
  std::string text = "?v=" + std::string(kVersion);
  const auto add = [&](std::string_view name, const std::string& value) {
    text.append("&").append(name).append("=").append(http::encode_query_value(value));
  };
  add("pass", pass.kind == Pass::Kind::Sweep ? "sweep" : "news");
  add("page", pass.page);
  add("news", pass.news);
  add("since", number(pass.since));
  add("began", number(pass.began));
  add("swept", number(pass.swept_at));
  add("passed", number(pass.passed_at));
  add("asked", number(pass.asked_at));
  add("account", pass.account);
  return Cursor(std::move(text));
}

std::optional<Pass> parse(const Cursor& cursor) {
  const std::string& text = cursor.text();
  if (http::query_parameter(text, "v") != kVersion) return std::nullopt;
  const auto kind = http::query_parameter(text, "pass");
  const auto since = time_of(text, "since"), began = time_of(text, "began"),
             swept = time_of(text, "swept"), passed = time_of(text, "passed"),
             asked = time_of(text, "asked");
  if ((kind != "sweep" && kind != "news") || !since || !began || !swept || !passed || !asked)
    return std::nullopt;
  Pass pass;
  pass.kind = kind == "sweep" ? Pass::Kind::Sweep : Pass::Kind::News;
  pass.since = *since;
  pass.page = http::query_parameter(text, "page").value_or("");
  pass.news = http::query_parameter(text, "news").value_or("");
  pass.began = *began;
  pass.swept_at = *swept;
  pass.passed_at = *passed;
  pass.asked_at = *asked;
  pass.account = http::query_parameter(text, "account").value_or("");
  return pass;
}

/// A pass that never was, or that lies ahead of us: of a clock that was wrong.
bool cannot_tell(const Pass& pass, const PassPolicy& policy, Timestamp now) {
  return pass.swept_at == Timestamp{} || pass.swept_at > now + policy.overlap ||
         pass.passed_at > now + policy.overlap;
}

bool sweep_is_due(const Pass& pass, const PassPolicy& policy, Timestamp now) {
  return cannot_tell(pass, policy, now) || now - pass.swept_at >= policy.full_sweep;
}

}  // namespace

Sweep Pass::shows(bool more) const {
  if (kind == Kind::News) return at_start() ? Sweep::Incremental : Sweep::Further;
  if (at_start()) return more ? Sweep::Starts : Sweep::Whole;
  return more ? Sweep::Continues : Sweep::Ends;
}

bool sweep_follows(const Pass& pass, const PassPolicy& policy, Timestamp now) {
  return pass.kind == Pass::Kind::News && sweep_is_due(pass, policy, now);
}

Pass pass_after(const Cursor& after, const PassPolicy& policy, Timestamp now) {
  std::optional<Pass> read = parse(after);
  Pass fresh;
  fresh.account = policy.account;
  fresh.asked_at = now;
  if (!read || read->account != policy.account) return fresh;
  const Milliseconds since_asked = now - std::exchange(read->asked_at, now);
  if (!read->at_start()) return *std::move(read);  // in the midst of a pass
  Pass pass = *std::move(read);
  // Both by our clock: where it is ahead of the peer's, news would never be new.
  const bool news_is_new = pass.kind == Pass::Kind::News && since_asked >= Milliseconds{0} &&
                           since_asked <= policy.overlap;
  if (sweep_is_due(pass, policy, now) && (news_is_new || cannot_tell(pass, policy, now)))
    return swept_instead(std::move(pass));
  pass.kind = Pass::Kind::News;
  pass.since = std::max(Timestamp{}, pass.passed_at - policy.overlap);
  pass.began = Timestamp{};
  return pass;
}

Pass restarted(Pass pass) {
  pass.page.clear();
  pass.began = Timestamp{};
  return pass;
}

Pass swept_instead(Pass pass) {
  pass = restarted(std::move(pass));
  pass.kind = Pass::Kind::Sweep;
  pass.news.clear();
  pass.since = Timestamp{};
  return pass;
}

Cursor cursor_at(Pass pass, std::string next_page, Timestamp answered) {
  if (pass.began == Timestamp{}) pass.began = answered;
  pass.page = std::move(next_page);
  return text_of(pass);
}

Cursor cursor_behind(Pass pass, Timestamp answered, std::string news) {
  if (pass.began == Timestamp{}) pass.began = answered;
  pass.passed_at = pass.began;
  if (pass.kind == Pass::Kind::Sweep) pass.swept_at = pass.began;
  pass.page.clear();
  pass.news = std::move(news);
  pass.began = Timestamp{};
  return text_of(pass);
}

}  // namespace praxisync::connector
