#include "serve/polls.h"

#include <gtest/gtest.h>

#include <string>

namespace praxisync::serve {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kNow{Milliseconds{1'767'600'000'000}};

struct PollCase {
  std::string name;
  Polls polls;
  bool left_out = false;
};
void PrintTo(const PollCase& row, std::ostream* out) { *out << row.name; }

class LeavingOutPolls : public testing::TestWithParam<PollCase> {};

TEST_P(LeavingOutPolls, IsForWhenAllSidesDeliver) {
  EXPECT_EQ(may_be_left_out(GetParam().polls, kNow), GetParam().left_out);
}

INSTANTIATE_TEST_SUITE_P(
    Table, LeavingOutPolls,
    testing::Values(PollCase{"AllDelivered", {1h, kNow - 15min, {kNow - 1min, kNow - 59min}}, true},
                    PollCase{"AllDeliveredNow", {1h, kNow, {kNow}}, true},
                    PollCase{"OneIsSilent", {1h, kNow - 15min, {kNow - 1min, kNow - 1h}}},
                    PollCase{"OneNeverDelivered", {1h, kNow - 15min, {kNow - 1min, std::nullopt}}},
                    PollCase{"NobodyIsAsked", {1h, kNow - 15min, {}}},
                    PollCase{"NothingWasReadYet", {1h, std::nullopt, {kNow - 1min}}},
                    PollCase{"TheLastReadIsTooLongAgo", {1h, kNow - 1h, {kNow - 1min}}},
                    PollCase{"JustWithin", {1h, kNow - 1h + 1ms, {kNow - 1h + 1ms}}, true},
                    PollCase{"TurnedOff", {0h, kNow, {kNow}}},
                    PollCase{"TheClockWasSetBack", {1h, kNow - 15min, {kNow + 1min}}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::serve
