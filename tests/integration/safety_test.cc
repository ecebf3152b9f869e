// What keeps the program from contacting the wrong people: exit codes 7, 2 and 3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::_;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

TEST(Safety, HoldsAStageThatSuddenlyListsTenTimesAsMany) {
  Workplace place;
  place.exports(crowd("ada", 4));
  ASSERT_THAT(place.run({"sync"}), ExitsWith(0));
  place.exports(crowd("ada", 60));

  const Ended held = place.run({"sync"});
  const Ended plan = place.run({"plan"});
  const Ended status = place.run({"status"});

  EXPECT_THAT(held, ExitsWith(7));
  EXPECT_THAT(held.out, AllOf(HasSubstr("route backend: its stage lists 60 people where it had 4"),
                              HasSubstr("praxisync sync --confirm 56")));
  EXPECT_THAT(place.invitations(), SizeIs(4));
  EXPECT_THAT(plan.out, AllOf(HasSubstr("people to contact: 56"),
                              HasSubstr("held: the stage of route backend lists 60 people"),
                              HasSubstr("praxisync sync --confirm 56")));
  EXPECT_THAT(status.out, HasSubstr("! backend: 56 held"));
  EXPECT_THAT(place.run({"sync", "--confirm", "55"}), ExitsWith(7));
  EXPECT_THAT(place.invitations(), SizeIs(4));
  EXPECT_THAT(place.run({"sync", "--confirm", "56"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(60), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"status"}).out, Not(HasSubstr("held")));
}

TEST(Safety, RefusesTheKeyOfAnotherOrganisation) {
  Workplace place;
  place.exports(crowd("ada", 2));
  ASSERT_THAT(place.run({"sync"}), ExitsWith(0));
  const std::string first = place.key;
  place.key = "ct_live_key_of_globex_000";
  place.exports(crowd("ada", 3));
  place.fault({.kind = sandbox::Fault::Kind::Status,
               .path = "/org/",
               .times = 3,
               .status = 200,
               .headers = {{"Content-Type", "application/json"}},
               .body = R"({"name": "Globex", "slug": "globex", "plan": "growth"})"});
  place.server().between_requests(
      [&](sandbox::AssessSandbox& sandbox) { sandbox.add_key(place.key); });
  const int requests = place.requests();

  const Ended sync = place.run({"sync"});
  const int asked = place.requests() - requests;
  const Ended plan = place.run({"plan"});
  const Ended doctor = place.run({"doctor"});

  EXPECT_THAT(sync, ExitsWith(2));
  EXPECT_THAT(sync.out,
              AllOf(HasSubstr("belongs to the organisation acme-corp, the API key to globex"),
                    HasSubstr("another [state] path"), Not(HasSubstr(place.key))));
  EXPECT_LE(asked, 1);
  EXPECT_THAT(place.invitations(), SizeIs(2));
  EXPECT_THAT(plan, ExitsWith(2));
  EXPECT_THAT(doctor, ExitsWith(2));
  EXPECT_THAT(doctor.out, HasSubstr("FAILED   database: the database belongs to the organisation"));
  place.key = first;
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), SizeIs(3));
}

TEST(Safety, ContactsNobodyWhoseDomainIsNotAllowed) {
  Workplace place;
  place.edit_config("[safety]", "[safety]\nallow_domains = [\"other.example\"]");
  place.exports(crowd("ada", 2));

  const Ended first = place.run({"sync"});

  EXPECT_THAT(first, ExitsWith(3));
  EXPECT_THAT(first.out, HasSubstr("the address's domain is not allowed by [safety] (x2)"));
  EXPECT_EQ(place.writes(), 0);
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  place.edit_config("other.example", "*.com");
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), SizeIs(2));
}

TEST(Safety, DoesNotCallARunGreenWhoseSourceListsNobodyAnyMore) {
  Workplace place;
  place.exports(crowd("ada", 3));
  ASSERT_THAT(place.run({"sync"}), ExitsWith(0));
  place.exports({});

  const Ended ended = place.run({"sync"});

  EXPECT_THAT(ended, ExitsWith(7));
  EXPECT_THAT(ended.out, HasSubstr("lists nobody any more, where it had 3"));
}

}  // namespace
}  // namespace praxisync::testing_support
