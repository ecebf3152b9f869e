#include "store/ground.h"

#include "store/rows.h"

namespace praxisync::store {

Result<Identity> Ground::identity() {
  return guarded("read the database's identity", [&]() -> Result<Identity> {
    Query row(database_, "SELECT database, plan_key FROM identity");
    row.step_to_row();
    return Identity{row.text(0), PlanKey(row.text(1))};
  });
}

Result<std::optional<ContactGround>> Ground::contact(const ConnectorName& connector,
                                                     const ApplicationId& application,
                                                     const RouteName& route) {
  using Found = std::optional<ContactGround>;
  return guarded("look at a planned contact", [&]() -> Result<Found> {
    Query row(database_,
              "SELECT coalesce(e.id, 0), e.target_kind, e.target, coalesce(e.round, s.round), "
              "e.email, a.stage, s.state, coalesce(e.state, s.state), s.in_stage, s.reason "
              "FROM application a JOIN screening s ON s.application = a.id LEFT JOIN engagement e "
              "ON e.id = s.engagement WHERE a.connector = ? AND a.external_id = ? AND s.route = ?");
    row.with(connector, application, route);
    if (!row.step()) return Found{};
    return Found(ContactGround{
        .engagement = row.key<EngagementKey>(0),
        .target = {parse_target_kind(row.text(1)).value_or(TargetKind::Assessment), row.text(2)},
        .round = static_cast<int>(row.integer(3)),
        .email = row.text(4),
        .stage = row.text(5),
        .state = row.state(6),
        .engagement_state = row.state(7),
        .in_stage = row.integer(8) != 0,
        .reason = row.text(9)});
  });
}

Result<std::optional<WriteGround>> Ground::write(const std::string& marker) {
  using Found = std::optional<WriteGround>;
  return guarded("look at a planned write-back", [&]() -> Result<Found> {
    Query row(database_, "SELECT id, value, state, reason FROM write_back WHERE marker = ?");
    row.with(marker);
    if (!row.step()) return Found{};
    return Found(WriteGround{row.key<WriteBackKey>(0), row.text(1), row.text(2), row.text(3)});
  });
}

Result<void> Ground::narrow_to(const std::vector<EngagementKey>& contacts,
                               const std::vector<WriteBackKey>& writes) {
  return database_.transaction("narrow the run to its plan", [&]() -> Result<void> {
    Query(database_, "INSERT INTO temp.narrowed VALUES (1)").run();
    for (const EngagementKey key : contacts)
      Query(database_, "INSERT OR IGNORE INTO temp.chosen_contact VALUES (?)").with(key).run();
    for (const WriteBackKey key : writes)
      Query(database_, "INSERT OR IGNORE INTO temp.chosen_write VALUES (?)").with(key).run();
    return {};
  });
}

}  // namespace praxisync::store
