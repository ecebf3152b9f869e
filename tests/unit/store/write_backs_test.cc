#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class WriteBacksTest : public StoreTest {
 protected:
  void SetUp() override { accept({listed("a-1", "a@example.org")}); }

  std::vector<Finished> unplanned() {
    return store.write_backs().unplanned(kGh, ScreeningKey{}, 100).value();
  }
  std::vector<PendingWrite> pending() {
    return store.write_backs().pending(kGh, WriteBackKey{}, 100).value();
  }
  /// Plans for the first screening that waits for it.
  void plan(const std::vector<PlannedAction>& actions, Reinvite reinvite = Reinvite::No) {
    const std::vector<Finished> waiting = unplanned();
    ASSERT_THAT(waiting, SizeIs(testing::Ge(1U)));
    ASSERT_THAT(store.write_backs().plan(waiting[0], actions, reinvite, stamp(2h)), IsOk());
  }
  static PlannedAction note(const std::string& text = "80 %",
                            const std::string& marker = "px:note") {
    return PlannedAction{ActionKind::Note, "", text, marker};
  }
  static PlannedAction tag() { return PlannedAction{ActionKind::Tag, "", "passed", "px:tag"}; }
};

TEST_F(WriteBacksTest, WaitForAnOutcome) {
  EXPECT_THAT(unplanned(), IsEmpty());
  invite("a-1");
  EXPECT_THAT(unplanned(), IsEmpty());
  complete("a-1", true);

  const std::vector<Finished> finished = unplanned();

  ASSERT_THAT(finished, SizeIs(1));
  EXPECT_EQ(finished[0].route, RouteName("backend"));
  EXPECT_EQ(finished[0].round, 1);
  EXPECT_TRUE(finished[0].in_stage);
  EXPECT_EQ(finished[0].application, ApplicationId("a-1"));
  EXPECT_EQ(finished[0].job, "Backend Engineer");
  EXPECT_EQ(finished[0].stage, "Technical Test");
  EXPECT_EQ(finished[0].outcome.verdict, Verdict::Passed);
  EXPECT_EQ(finished[0].outcome.score_percentage, 80);
}

TEST_F(WriteBacksTest, AreOfOneConnector) {
  complete("a-1", true);

  EXPECT_THAT(store.write_backs().unplanned(ConnectorName("lever"), ScreeningKey{}, 10).value(),
              IsEmpty());
  plan({note()});
  EXPECT_THAT(store.write_backs().pending(ConnectorName("lever"), WriteBackKey{}, 10).value(),
              IsEmpty());
}

TEST_F(WriteBacksTest, WaitAlsoForWhoWithdrew) {
  accept({gone("a-1", "a@example.org"), listed("a-2", "")});
  accept({gone("a-2", "")});

  const std::vector<Finished> finished = unplanned();

  ASSERT_THAT(finished, SizeIs(2));
  EXPECT_EQ(finished[0].outcome.verdict, Verdict::Withdrawn);
  EXPECT_FALSE(finished[0].in_stage);
  EXPECT_EQ(finished[1].outcome.verdict, Verdict::Withdrawn) << "who had no address";
}

TEST_F(WriteBacksTest, ArePlannedOnceAndInOrder) {
  complete("a-1", true);
  plan({note(), tag(), PlannedAction{ActionKind::Field, "score", "80", "px:field"}});

  EXPECT_THAT(unplanned(), IsEmpty());
  EXPECT_EQ(store.write_backs().count_pending(kGh).value(), 3);
  const std::vector<PendingWrite> writes = pending();
  ASSERT_THAT(writes, SizeIs(3));
  EXPECT_EQ(writes[0].action.kind, ActionKind::Note);
  EXPECT_EQ(writes[1].action.kind, ActionKind::Tag);
  EXPECT_EQ(writes[2].action.kind, ActionKind::Field);
  EXPECT_EQ(writes[2].action.field, "score");
}

TEST_F(WriteBacksTest, HoldAllThatTheConnectorNeeds) {
  complete("a-1", true);
  plan({note("80 %")});

  const PendingWrite write = pending().at(0);

  EXPECT_EQ(write.state, WriteState::Planned);
  EXPECT_EQ(write.attempts, 0);
  EXPECT_EQ(write.action.marker, "px:note");
  EXPECT_EQ(write.action.application, ApplicationId("a-1"));
  EXPECT_EQ(write.action.candidate, CandidateId("person-a-1"));
  EXPECT_EQ(write.action.email, "a@example.org");
  EXPECT_EQ(write.action.route, RouteName("backend"));
  EXPECT_EQ(write.action.value, "80 %");
  EXPECT_EQ(write.action.expected_stage, "Technical Test");
  EXPECT_EQ(write.action.at, kNow + 2h);
  EXPECT_EQ(write.action.outcome.verdict, Verdict::Passed);
  EXPECT_EQ(write.action.outcome.score_percentage, 80);
}

TEST_F(WriteBacksTest, AreReadPageByPage) {
  complete("a-1", true);
  plan({note(), tag()});

  const std::vector<PendingWrite> first =
      store.write_backs().pending(kGh, WriteBackKey{}, 1).value();
  ASSERT_THAT(first, SizeIs(1));
  const std::vector<PendingWrite> rest = store.write_backs().pending(kGh, first[0].key, 10).value();

  ASSERT_THAT(rest, SizeIs(1));
  EXPECT_EQ(rest[0].action.kind, ActionKind::Tag);
}

TEST_F(WriteBacksTest, WithoutActionsAreDoneAtOnce) {
  complete("a-1", true);
  plan({});

  EXPECT_EQ(state("a-1"), State::WrittenBack);
  EXPECT_THAT(unplanned(), IsEmpty());
}

TEST_F(WriteBacksTest, AreDoneWhenTheLastHasLanded) {
  complete("a-1", true);
  plan({note(), tag()});
  const std::vector<PendingWrite> writes = pending();

  ASSERT_THAT(store.write_backs().applied(writes.at(0), Written{}, stamp(3h)), IsOk());
  EXPECT_EQ(state("a-1"), State::Passed);
  ASSERT_THAT(store.write_backs().applied(writes.at(1), Written{}, stamp(3h)), IsOk());

  EXPECT_EQ(state("a-1"), State::WrittenBack);
  EXPECT_EQ(store.write_backs().count_pending(kGh).value(), 0);
  EXPECT_EQ(story("a-1").write_backs.at(0).state, "applied");
  EXPECT_EQ(story("a-1").write_backs.at(0).closed_at, kNow + 3h);
}

TEST_F(WriteBacksTest, AreStoredAsSentBeforeTheyAreSent) {
  complete("a-1", true);
  plan({note()});

  ASSERT_THAT(store.write_backs().mark_sending(pending().at(0).key, kNow + 3h, stamp(2h)), IsOk());

  const PendingWrite write = pending().at(0);
  EXPECT_EQ(write.state, WriteState::Sending);
  EXPECT_EQ(write.settle_after, kNow + 3h);
  EXPECT_EQ(write.attempts, 1);
  EXPECT_EQ(store.view().backlog()->unsettled, 1);
}

TEST_F(WriteBacksTest, ThatDidNotLandGoAgain) {
  complete("a-1", true);
  plan({note()});
  ASSERT_THAT(store.write_backs().mark_sending(pending().at(0).key, kNow + 3h, stamp(2h)), IsOk());

  ASSERT_THAT(store.write_backs().not_landed(pending().at(0), "HTTP 503", stamp(3h)), IsOk());

  const PendingWrite write = pending().at(0);
  EXPECT_EQ(write.state, WriteState::Planned);
  EXPECT_EQ(write.attempts, 1);
  EXPECT_EQ(state("a-1"), State::Passed);
}

TEST_F(WriteBacksTest, ThatWereRefusedAreShownAndKeepTheScreeningOpen) {
  complete("a-1", true);
  plan({note(), tag()});
  const std::vector<PendingWrite> writes = pending();

  ASSERT_THAT(store.write_backs().refused(writes.at(1), "no such tag", stamp(3h)), IsOk());
  ASSERT_THAT(store.write_backs().applied(writes.at(0), Written{}, stamp(3h)), IsOk());

  EXPECT_EQ(state("a-1"), State::Passed);
  EXPECT_EQ(store.write_backs().count_pending(kGh).value(), 0);
  const std::vector<RefusedWrite> refused = store.view().refused().value();
  ASSERT_THAT(refused, SizeIs(1));
  EXPECT_EQ(refused[0].route, RouteName("backend"));
  EXPECT_EQ(refused[0].kind, "tag");
  EXPECT_EQ(refused[0].value, "passed");
  EXPECT_EQ(refused[0].reason, "no such tag");
  EXPECT_EQ(refused[0].count, 1);
}

TEST_F(WriteBacksTest, ThatWereRefusedAreNotSentAgainAsTheyWere) {
  complete("a-1", true);
  plan({note()});
  ASSERT_THAT(store.write_backs().refused(pending().at(0), "too long", stamp(3h)), IsOk());

  plan({note()});

  EXPECT_THAT(pending(), IsEmpty());
  EXPECT_THAT(store.view().refused().value(), SizeIs(1));
}

TEST_F(WriteBacksTest, ThatWereRefusedAreSentAgainWithAnotherValue) {
  complete("a-1", true);
  plan({note(), tag()});
  const std::vector<PendingWrite> writes = pending();
  ASSERT_THAT(store.write_backs().refused(writes.at(0), "too long", stamp(3h)), IsOk());
  ASSERT_THAT(store.write_backs().applied(writes.at(1), Written{}, stamp(3h)), IsOk());

  plan({note("short"), PlannedAction{ActionKind::Tag, "", "another", "px:tag"}});

  ASSERT_THAT(pending(), SizeIs(1)) << "the tag has landed and stays as it is";
  EXPECT_EQ(pending().at(0).action.value, "short");
  ASSERT_THAT(store.write_backs().applied(pending().at(0), Written{}, stamp(4h)), IsOk());
  EXPECT_EQ(state("a-1"), State::WrittenBack);
}

TEST_F(WriteBacksTest, OfALateCompletionFollowThoseOfTheExpiry) {
  invite("a-1");
  expire("a-1");
  plan({note("expired", "px:1")});

  results("screen", {result_of("token-a-1", "", true)}, 8 * kDay);
  plan({note("passed", "px:2")});

  std::vector<std::string> notes;
  for (const PendingWrite& write : pending()) {
    notes.push_back(std::string(to_string(write.action.outcome.verdict)) + ":" +
                    write.action.value);
  }
  EXPECT_THAT(notes, ElementsAre("expired:expired", "passed:passed"));
  for (const PendingWrite& write : pending()) {
    ASSERT_THAT(store.write_backs().applied(write, Written{}, stamp(9 * kDay)), IsOk());
  }
  EXPECT_EQ(state("a-1"), State::WrittenBack);
}

TEST_F(WriteBacksTest, InviteAgainAndStillSayWhatWas) {
  invite("a-1");
  expire("a-1");

  plan({note("expired")}, Reinvite::Yes);

  EXPECT_EQ(state("a-1"), State::Queued);
  EXPECT_EQ(engagement("a-1").round, 2);
  EXPECT_EQ(engagement("a-1").email, "a@example.org");
  EXPECT_EQ(store.engagements().queues().value().at(0).persons, 1);
  ASSERT_THAT(pending(), SizeIs(1));
  EXPECT_EQ(pending()[0].action.outcome.verdict, Verdict::Expired);
  ASSERT_THAT(store.write_backs().applied(pending()[0], Written{}, stamp(8 * kDay)), IsOk());
  EXPECT_EQ(state("a-1"), State::Queued) << "the next round is not over";
}

TEST_F(WriteBacksTest, InviteAPersonAgainOnceForAllApplications) {
  accept({listed("a-2", "a@example.org")});
  invite("a-1");
  expire("a-1");

  plan({}, Reinvite::Yes);
  plan({}, Reinvite::Yes);

  EXPECT_EQ(engagement("a-1").key, engagement("a-2").key);
  EXPECT_EQ(engagement("a-2").round, 2);
  EXPECT_EQ(store.engagements().queues().value().at(0).persons, 1);
}

TEST_F(WriteBacksTest, InviteAgainWhoWasInvitedAgainMeanwhileByJoiningThem) {
  accept({listed("a-2", "a@example.org")});
  invite("a-1");
  expire("a-1");
  plan({}, Reinvite::Yes);
  settle(IntentKind::Invite, {.engagement = engagement("a-1").key,
                              .answer = Answer::Invited,
                              .token = InviteToken("round-2")});

  plan({}, Reinvite::Yes);

  EXPECT_EQ(state("a-2"), State::Invited);
  EXPECT_EQ(engagement("a-2").round, 2);
}

TEST_F(WriteBacksTest, OfTheNextRoundAreOnesOfTheirOwn) {
  invite("a-1");
  expire("a-1");
  plan({note("first", "px:1")}, Reinvite::Yes);
  ASSERT_THAT(store.write_backs().applied(pending().at(0), Written{}, stamp(8 * kDay)), IsOk());
  settle(IntentKind::Invite, {.engagement = engagement("a-1").key,
                              .answer = Answer::Invited,
                              .token = InviteToken("round-2")});
  results("screen", {result_of("round-2", "", false)});

  plan({note("second", "px:2")});

  ASSERT_THAT(pending(), SizeIs(1));
  EXPECT_EQ(pending()[0].action.value, "second");
  EXPECT_EQ(pending()[0].action.outcome.verdict, Verdict::Failed);
  ASSERT_THAT(store.write_backs().applied(pending()[0], Written{}, stamp(9 * kDay)), IsOk());
  EXPECT_EQ(state("a-1"), State::WrittenBack);
}

TEST_F(WriteBacksTest, LeftAloneForAPersonAreDoneAndSayWhy) {
  complete("a-1", true);
  plan({note()});

  ASSERT_THAT(store.write_backs().applied(
                  pending().at(0), {Written::How::LeftAlone, "was moved by a person"}, stamp(3h)),
              IsOk());

  EXPECT_EQ(state("a-1"), State::WrittenBack);
  EXPECT_EQ(story("a-1").write_backs.at(0).state, "left_alone");
}

TEST_F(WriteBacksTest, KnowTheStageThatTheyWerePlannedIn) {
  complete("a-1", true);
  plan({note()});
  accept({gone("a-1", "a-1@example.org")});

  const PendingWrite write = pending().at(0);

  EXPECT_EQ(write.action.expected_stage, "Technical Test");
  EXPECT_FALSE(write.in_stage);
}

TEST_F(WriteBacksTest, OfAnInvitationThatWasThereBeforeAreToBeLookedFor) {
  accept({listed("a-1", "mia@example.org")});
  settle(IntentKind::BulkInvite, Settlement{.engagement = engagement("a-1").key,
                                            .answer = Answer::Invited,
                                            .token = InviteToken("token-a-1"),
                                            .origin = Origin::Before});
  SessionResult row;
  row.token = InviteToken("token-a-1");
  row.passed = true;
  results("screen", {row});
  plan({note()});

  EXPECT_EQ(pending().at(0).origin, Origin::Before);
}

}  // namespace
}  // namespace praxisync::store
