#include <gmock/gmock.h>

#include <set>

#include "domain/write_back.h"

namespace praxisync {
namespace {

using testing::MatchesRegex;

struct Identity {
  std::string connector = "gh", application = "app-1", route = "backend";
  int round = 1;
  Verdict verdict = Verdict::Passed;
  ActionKind kind = ActionKind::Note;
  std::string field{};
};

std::string marker(const Identity& of) {
  return marker_of(ConnectorName(of.connector), ApplicationId(of.application), RouteName(of.route),
                   of.round, of.verdict, of.kind, of.field);
}

TEST(Marker, IsTheSameForEver) {
  // Computed outside of this program. Another value here makes every write-back land twice.
  EXPECT_EQ(marker({}), "px:galtd6bdah4u");
  EXPECT_EQ(
      marker(
          {.round = 2, .verdict = Verdict::Expired, .kind = ActionKind::Field, .field = "score"}),
      "px:ajfpvvrpk3he");
}

TEST(Marker, DiffersInEachPart) {
  std::set<std::string> markers;
  const std::vector<Identity> identities{{},
                                         {.connector = "gh2"},
                                         {.application = "app-2"},
                                         {.route = "frontend"},
                                         {.round = 2},
                                         {.verdict = Verdict::Failed},
                                         {.verdict = Verdict::Expired},
                                         {.kind = ActionKind::Tag},
                                         {.kind = ActionKind::Field},
                                         {.kind = ActionKind::Field, .field = "score"},
                                         {.kind = ActionKind::Field, .field = "Score"}};
  for (const Identity& identity : identities) markers.insert(marker(identity));

  EXPECT_EQ(markers.size(), identities.size());
}

TEST(Marker, DiffersWhereTextMovesFromOnePartToTheNext) {
  const std::set<std::string> markers{
      marker({.connector = "a", .application = "bc", .route = "d"}),
      marker({.connector = "ab", .application = "c", .route = "d"}),
      marker({.connector = "a", .application = "b", .route = "cd"}),
      marker({.connector = "a2:bc", .application = "", .route = "d"}),
      marker({.connector = "", .application = "abc", .route = "d"})};

  EXPECT_EQ(markers.size(), 5U);
}

TEST(Marker, IsPxAndTwelveCharactersOfBase32) {
  for (int round = 1; round < 300; ++round) {
    EXPECT_THAT(marker({.application = "mia.weber@example.org", .round = round}),
                MatchesRegex("px:[a-z2-7]{12}"));
  }
}

TEST(Marker, ShowsNothingOfWhatItIsMadeFrom) {
  const std::string of_a_name = marker({.application = "weber"});

  EXPECT_EQ(of_a_name.find("weber"), std::string::npos);
  EXPECT_EQ(of_a_name.size(), marker({.application = std::string(10'000, 'x')}).size());
}

TEST(ActionKindName, IsReadBack) {
  for (const ActionKind kind : {ActionKind::Note, ActionKind::Tag, ActionKind::Field,
                                ActionKind::Link, ActionKind::Move, ActionKind::Reject}) {
    EXPECT_EQ(parse_action_kind(to_string(kind)), kind);
  }
  EXPECT_EQ(parse_action_kind("Note"), std::nullopt);
}

TEST(ActionKind, PutsLastWhatOthersMayActUpon) {
  for (const ActionKind kind :
       {ActionKind::Note, ActionKind::Tag, ActionKind::Field, ActionKind::Link}) {
    EXPECT_LT(kind, ActionKind::Move);
    EXPECT_LT(kind, ActionKind::Reject);
  }
}

}  // namespace
}  // namespace praxisync
