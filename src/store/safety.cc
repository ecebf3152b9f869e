#include "store/safety.h"

#include <algorithm>
#include <map>

#include "store/route_sizes.h"
#include "store/rows.h"
#include "store/screenings.h"

namespace praxisync::store {
namespace {

/// Behind the '@' of an address's key.
#define PRAXISYNC_DOMAIN_OF "substr(email_key, instr(email_key, '@') + 1)"

std::vector<EngagementKey> keys_of(Query& rows) {
  std::vector<EngagementKey> keys;
  while (rows.step()) keys.push_back(rows.key<EngagementKey>(0));
  return keys;
}

std::vector<std::string> texts_of(Query& rows) {
  std::vector<std::string> texts;
  while (rows.step()) texts.push_back(rows.text(0));
  return texts;
}

int block(Database& database, const std::string& domain, const Stamp& stamp) {
  std::vector<EngagementKey> keys;
  {
    Query rows(database, "SELECT id FROM engagement WHERE state = 'queued' AND " PRAXISYNC_DOMAIN_OF
                         " = ? ORDER BY id");
    keys = keys_of(rows.with(domain));
  }
  int blocked = 0;
  for (const EngagementKey key : keys)
    blocked += step_engagement(database, key, State::Blocked, kDomainNotAllowed, stamp);
  return blocked;
}

int queue_again(Database& database, const std::string& domain, const Stamp& stamp) {
  std::vector<EngagementKey> keys;
  std::vector<ScreeningKey> screenings;
  {
    Query rows(
        database,
        "SELECT id FROM engagement WHERE state = 'blocked' AND reason = ? AND " PRAXISYNC_DOMAIN_OF
        " = ? ORDER BY id");
    keys = keys_of(rows.with(kDomainNotAllowed, domain));
  }
  for (const EngagementKey key : keys) {
    Query rows(database, "SELECT id FROM screening WHERE engagement = ? AND state = 'blocked'");
    rows.with(key);
    while (rows.step()) screenings.push_back(rows.key<ScreeningKey>(0));
  }
  for (const EngagementKey key : keys) {
    Query(database, "UPDATE engagement SET state = 'queued', reason = '' WHERE id = ?")
        .with(key)
        .run();
  }
  for (const ScreeningKey key : screenings) {
    step_screening(database, key, State::Blocked, State::Queued,
                   "the address's domain is allowed again", stamp);
  }
  return static_cast<int>(screenings.size());
}

}  // namespace

std::vector<RouteSize> route_sizes(Database& database) {
  std::map<std::string, RouteSize> sizes;
  {
    Query rows(database, "SELECT route, connector, size FROM route_size");
    while (rows.step()) {
      RouteSize& size = sizes[rows.text(0)];
      size.connector = rows.text(1);
      if (!rows.is_null(2)) size.accepted = static_cast<int>(rows.integer(2));
    }
  }
  Query rows(database,
             "SELECT s.route, max(a.connector), count(*), count(DISTINCT CASE WHEN s.state = "
             "'queued' AND e.state = 'queued' THEN e.id END) FROM screening s JOIN application a "
             "ON a.id = s.application LEFT JOIN engagement e ON e.id = s.engagement WHERE "
             "s.in_stage = 1 GROUP BY s.route");
  while (rows.step()) {
    RouteSize& size = sizes[rows.text(0)];
    size.connector = rows.text(1);
    size.has = static_cast<int>(rows.integer(2));
    size.queued = static_cast<int>(rows.integer(3));
  }
  std::vector<RouteSize> all;
  for (auto& [route, size] : sizes) {
    size.route = route;
    all.push_back(std::move(size));
  }
  return all;
}

bool grown_too_much(const RouteSize& size) {
  if (!size.accepted || size.queued == 0) return false;
  return size.has >= std::max(kGrowthFactor * *size.accepted, *size.accepted + kGrowthFloor);
}

void accept_size(Database& database, const RouteSize& size) {
  Query(database,
        "INSERT INTO route_size (route, connector, size) VALUES (?1, ?2, ?3) ON CONFLICT (route) "
        "DO UPDATE SET connector = ?2, size = ?3, held = 0")
      .with(size.route, size.connector, size.has)
      .run();
}

Result<Growth> Safety::hold_grown() {
  return database_.transaction("hold grown routes", [&]() -> Result<Growth> {
    Growth growth;
    Query(database_, "UPDATE route_size SET held = 0 WHERE held = 1").run();
    for (const RouteSize& size : route_sizes(database_)) {
      if (!grown_too_much(size)) continue;
      Query(database_, "UPDATE route_size SET held = 1 WHERE route = ?").with(size.route).run();
      growth.routes.push_back({RouteName(size.route), *size.accepted, size.has, size.queued});
    }
    if (growth.routes.empty()) return growth;
    Query row(database_,
              "SELECT count(*) FROM engagement e WHERE e.state = 'queued' AND EXISTS (SELECT 1 "
              "FROM screening s WHERE s.engagement = e.id AND s.state = 'queued' AND s.in_stage = "
              "1) AND NOT EXISTS (SELECT 1 FROM screening s WHERE s.engagement = e.id AND s.state "
              "= 'queued' AND s.in_stage = 1 AND s.route NOT IN (SELECT route FROM route_size "
              "WHERE held = 1))");
    row.step();
    growth.persons = static_cast<int>(row.integer(0));
    return growth;
  });
}

Result<void> Safety::accept_growth() {
  return database_.transaction("accept grown routes", [&]() -> Result<void> {
    for (const RouteSize& size : route_sizes(database_)) {
      if (grown_too_much(size)) accept_size(database_, size);
    }
    return {};
  });
}

Result<std::vector<GrownRoute>> Safety::held() {
  return guarded("read held routes", [&]() -> Result<std::vector<GrownRoute>> {
    std::vector<std::string> names;
    {
      Query rows(database_, "SELECT route FROM route_size WHERE held = 1");
      names = texts_of(rows);
    }
    std::vector<GrownRoute> held;
    if (names.empty()) return held;
    for (const RouteSize& size : route_sizes(database_)) {
      if (std::ranges::find(names, size.route) == names.end()) continue;
      held.push_back({RouteName(size.route), size.accepted.value_or(0), size.has, size.queued});
    }
    return held;
  });
}

Result<DomainChanges> Safety::apply_domains(const EmailDomains& domains, const Stamp& stamp) {
  return database_.transaction("apply allowed domains", [&]() -> Result<DomainChanges> {
    DomainChanges changes;
    std::vector<std::string> queued, blocked;
    {
      Query rows(database_, "SELECT DISTINCT " PRAXISYNC_DOMAIN_OF
                            " FROM engagement WHERE state = 'queued' ORDER BY 1");
      queued = texts_of(rows);
    }
    {
      Query rows(database_, "SELECT DISTINCT " PRAXISYNC_DOMAIN_OF
                            " FROM engagement WHERE state = 'blocked' AND reason = ? ORDER BY 1");
      blocked = texts_of(rows.with(kDomainNotAllowed));
    }
    for (const std::string& domain : queued) {
      if (!domains.permit(domain)) changes.blocked += block(database_, domain, stamp);
    }
    for (const std::string& domain : blocked) {
      if (domains.permit(domain)) changes.queued_again += queue_again(database_, domain, stamp);
    }
    return changes;
  });
}

}  // namespace praxisync::store
