#include "config/schedule_reader.h"

#include <fmt/format.h>

#include "config/schema.h"
#include "config/table_reader.h"
#include "domain/text.h"

namespace praxisync::config {
namespace {

constexpr std::chrono::hours kYear{24 * 366};

std::optional<schedule::Cron> read_cron(TableReader& reader) {
  const Key key{"cron", Need::Optional, R"("*/15 7-19 * * 1-5")"};
  const auto text = reader.text(key);
  if (!text) return std::nullopt;
  Result<schedule::Cron> cron = schedule::Cron::parse(*text);
  if (cron) return std::move(*cron);
  reader.findings().error(reader.entry(key)->value.where,
                          "\"cron\" cannot be used: " + cron.error().what,
                          fmt::format("for example: cron = {}", key.example));
  return std::nullopt;
}

std::optional<schedule::TimeZone> read_zone(TableReader& reader) {
  const Key key{"timezone", Need::Optional, R"("Europe/Berlin")"};
  const auto name = reader.text(key);
  if (!name) return std::nullopt;
  Result<schedule::TimeZone> zone = schedule::TimeZone::find(*name);
  if (zone) return std::move(*zone);
  reader.findings().error(reader.entry(key)->value.where,
                          "\"timezone\" cannot be used: " + zone.error().what);
  return std::nullopt;
}

std::optional<schedule::Missed> read_missed(TableReader& reader) {
  const Key key{"missed", Need::Optional, R"("once")"};
  const auto word = reader.text(key);
  if (!word) return std::nullopt;
  if (*word == "once") return schedule::Missed::Once;
  if (*word == "skip") return schedule::Missed::Skip;
  reader.findings().error(reader.entry(key)->value.where,
                          fmt::format("\"missed\" is \"{}\"", printable(*word, 60)),
                          R"(it may be "once" or "skip")");
  return std::nullopt;
}

}  // namespace

ScheduleKeys read_schedule(const Node& table, const std::string& title, Findings& findings) {
  TableReader reader(table, title, section_keys("schedule"), findings);
  ScheduleKeys keys;
  keys.cron = read_cron(reader);
  keys.every =
      reader.duration({"every", Need::Optional, R"("15m")"}, {std::chrono::seconds{1}, kYear});
  keys.zone = read_zone(reader);
  keys.jitter = reader.duration({"jitter", Need::Optional, R"("30s")"},
                                {Milliseconds{0}, std::chrono::hours{24}});
  keys.missed = read_missed(reader);
  keys.deadline =
      reader.duration({"deadline", Need::Optional, R"("10m")"}, {std::chrono::seconds{1}, kYear});
  const Entry* every = table.find("every");
  keys.timed = every != nullptr || table.find("cron") != nullptr;
  if (every != nullptr && table.find("cron") != nullptr) {
    findings.error(every->where, fmt::format("{} has both \"cron\" and \"every\"", title),
                   "keep one of them");
  }
  return keys;
}

ScheduleKeys completed(ScheduleKeys own, const ScheduleKeys& usual) {
  if (!own.timed) {
    own.timed = usual.timed;
    own.cron = usual.cron;
    own.every = usual.every;
  }
  if (!own.zone) own.zone = usual.zone;
  if (!own.jitter) own.jitter = usual.jitter;
  if (!own.missed) own.missed = usual.missed;
  if (!own.deadline) own.deadline = usual.deadline;
  return own;
}

std::optional<schedule::Timing> timing_of(const ScheduleKeys& keys) {
  const schedule::TimeZone zone = keys.zone.value_or(schedule::TimeZone::utc());
  const auto timing = [&](schedule::Calendar calendar) {
    return schedule::Timing{std::move(calendar), keys.jitter.value_or(Milliseconds{0}),
                            keys.missed.value_or(schedule::Missed::Once), keys.deadline};
  };
  if (keys.cron) return timing({*keys.cron, zone});
  if (keys.every) return timing({*keys.every, zone});
  return std::nullopt;
}

}  // namespace praxisync::config
