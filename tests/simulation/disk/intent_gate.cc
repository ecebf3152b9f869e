#include "simulation/disk/intent_gate.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "simulation/disk/memory_faults.h"
#include "support/crash.h"

namespace praxisync::testing_support {
namespace {

constexpr const char* kBulk = "SELECT 1 FROM intent WHERE state = 'open' AND kind = ? AND body = ?";
constexpr const char* kOfAddress =
    "SELECT 1 FROM intent i JOIN intent_engagement x ON x.intent = i.id "
    "JOIN engagement e ON e.id = x.engagement "
    "WHERE i.state = 'open' AND i.kind = ? AND e.attempted = 1 AND instr(?, e.email) > 0";
constexpr const char* kOfToken =
    "SELECT 1 FROM intent i JOIN intent_engagement x ON x.intent = i.id "
    "JOIN engagement e ON e.id = x.engagement "
    "WHERE i.state = 'open' AND i.kind = ? AND instr(?, e.token) > 0";
constexpr const char* kOfWrite =
    "SELECT 1 FROM write_back WHERE state = 'sending' AND marker = ? AND value = ?";

}  // namespace

Result<http::Response> IntentGate::send(const http::Request& request) {
  const OutsideTheProcess outside;
  if (disk_.dead()) throw SimulatedCrash{};
  if (request.cost == http::Cost::Write) {
    const std::string& url = request.url;
    const auto has = [&](const char* part) { return url.find(part) != std::string::npos; };
    bool held = false;
    if (has("bulk")) {
      held = durable(kBulk, {"bulk_invite", request.body});
    } else if (has("/enroll")) {
      held = durable(kOfAddress, {"enroll", request.body});
    } else if (has("/remind")) {
      held = durable(kOfToken, {"remind", url});
    } else if (request.method == http::Method::Delete) {
      held = durable(kOfToken, {"cancel", url});
    } else {
      held = durable(kOfAddress, {"invite", request.body});
    }
    EXPECT_TRUE(held) << "a request left before its intent was durable: " << url;
  }
  return next_.send(request);
}

void IntentGate::pass(const WriteBack& action) {
  const OutsideTheProcess outside;
  if (disk_.dead()) throw SimulatedCrash{};
  EXPECT_TRUE(durable(kOfWrite, {action.marker, action.value}))
      << "a write-back left before its intent was durable: " << action.marker;
}

bool IntentGate::durable(const char* query, const std::vector<std::string>& values) {
  ++passed_;
  mirror_.restore(disk_.synced());
  mirror_.restart();
  try {
    SQLite::Database database(database_.string(), SQLite::OPEN_READWRITE, 0, mirror_.name());
    SQLite::Statement statement(database, query);
    for (std::size_t i = 0; i < values.size(); ++i)
      statement.bind(static_cast<int>(i) + 1, values[i]);
    return statement.executeStep();
  } catch (const SQLite::Exception& thrown) {
    ADD_FAILURE() << "what is durable cannot be read: " << thrown.what();
    return false;
  }
}

}  // namespace praxisync::testing_support
