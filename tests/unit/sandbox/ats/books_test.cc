#include "sandbox/ats/books.h"

#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox::ats {
namespace {

namespace assess_side = sandbox::testing_support;

class BooksOfBothSides : public testing::Test {
 protected:
  BooksOfBothSides() {
    const std::string job = world_.add_job(
        "Backend Engineer", world_.add_plan("Engineering", {"Technical Test", "Onsite"}));
    for (const char* name : {"ada", "bob"}) {
      const std::string address = std::string(name) + "@example.com";
      const std::string person = world_.add_person(name, "Doe", {address});
      due_.push_back({.application = world_.apply(person, job, "Technical Test"),
                      .target = assess_side::kBackend,
                      .people = {person},
                      .addresses = {address}});
    }
    onsite_ = world_.stage_id(job, "Onsite");
  }
  Books books() { return balance(due_, world_, assess_.sandbox); }
  void note(std::size_t who, const std::string& text) {
    world_.write_note({.application = due_[who].application, .text = text});
  }

  assess_side::Peer assess_{assess_side::roomy()};
  Recruiting world_{assess_.clock, IdStyle::Numbers};
  std::vector<Due> due_;
  std::string onsite_;
};

TEST_F(BooksOfBothSides, BalanceWhereEachIsContactedAndNotedOnce) {
  EXPECT_EQ(books().missed, 2);
  EXPECT_EQ(books().without_note, 2);

  assess_.invite("ada@example.com");
  assess_.invite("bob@example.com");
  note(0, "82/100");
  world_.write_note({.person = due_[1].people[0], .text = "40/100"});
  world_.write_tag("", due_[0].people[0], "passed");
  world_.write_move(due_[0].application, onsite_);

  const Books all = books();
  EXPECT_TRUE(all.as_promised());
  EXPECT_EQ(all.due, 2);
  EXPECT_EQ(all.contacted, 2);
  EXPECT_EQ(all.notes, 2);
  EXPECT_EQ(all.tags, 1);
  EXPECT_EQ(all.moves, 1);
}

TEST_F(BooksOfBothSides, AnotherTargetIsNoContact) {
  assess_.invite("ada@example.com", "initial");

  EXPECT_EQ(books().contacted, 0);
}

TEST_F(BooksOfBothSides, ASecondContactAtANewAddressIsOneTooMany) {
  assess_.invite("ada@example.com");
  assess_.invite("new.ada@example.com");
  EXPECT_EQ(books().twice, 0);

  due_[0].addresses.push_back("new.ada@example.com");

  EXPECT_EQ(books().twice, 1);
  EXPECT_FALSE(books().as_promised());
}

TEST_F(BooksOfBothSides, TheSameNoteAgainIsADouble) {
  note(0, "82/100");
  note(1, "82/100");
  EXPECT_EQ(books().written_twice, 0);

  note(0, "82/100");

  EXPECT_EQ(books().written_twice, 1);
}

TEST_F(BooksOfBothSides, ARecruitersDecisionIsOverruledByALaterMoveOnly) {
  world_.write_move(due_[0].application, onsite_);
  assess_.clock.advance(std::chrono::hours{1});
  due_[0].taken = assess_.clock.now();
  EXPECT_EQ(books().overruled, 0);
  EXPECT_EQ(books().due, 1);

  world_.write_move(due_[0].application, onsite_);

  EXPECT_EQ(books().overruled, 1);
}

}  // namespace
}  // namespace praxisync::sandbox::ats
