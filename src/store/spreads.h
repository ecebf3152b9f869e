/// How the people of each route did, as reports show it: their scores, how long they took, and who
/// of them needs a person. Reads only; what it holds grows with the routes, not with the people.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/time.h"

namespace praxisync::store {

class Database;

/// The scores of those who completed, by tens: 0 to 9, 10 to 19, …, 90 to 100.
struct ScoreSpread {
  static constexpr int kTens = 10;
  RouteName route;
  std::array<int, kTens> people{};
  int count = 0;      ///< of all tens
  double median = 0;  ///< percent; of an even number the lower
};

/// From the invitation or enrollment to completion. A step counts those who took less than its end,
/// and no less than the one before; the last all others.
struct TimeSpread {
  static constexpr std::array<std::chrono::hours, 8> kEnds{
      std::chrono::hours{1},   std::chrono::hours{4},  std::chrono::hours{12},
      std::chrono::hours{24},  std::chrono::hours{48}, std::chrono::hours{72},
      std::chrono::hours{120}, std::chrono::hours{168}};
  RouteName route;
  std::array<int, kEnds.size() + 1> people{};
  int count = 0;  ///< of all steps
  Milliseconds median{};
};

/// Somebody whose screening is blocked.
struct BlockedPerson {
  RouteName route;
  ConnectorName connector;
  ApplicationId application;
  std::string name, email, reason;
  Timestamp since;
};

class Spreads {
 public:
  explicit Spreads(Database& database) : database_(database) {}

  /// By the route's name; none of a route where nobody has a score.
  Result<std::vector<ScoreSpread>> scores();
  /// Likewise; whoever was invited by somebody else is left out.
  Result<std::vector<TimeSpread>> times();
  /// The latest first, `limit` at most.
  Result<std::vector<BlockedPerson>> blocked(int limit);

 private:
  Database& database_;
};

}  // namespace praxisync::store
