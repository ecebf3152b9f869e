#include "sandbox/ats/hiring_server.h"

#include <gmock/gmock.h>
#include <httplib.h>

#include "sandbox/demo_people.h"
#include "support/result_matchers.h"
#include "unit/sandbox/ats/small_peer.h"

namespace praxisync::sandbox::ats {
namespace {

using praxisync::testing_support::IsOk;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::SmallPeer;

class ServedHiring : public testing::Test {
 protected:
  ServedHiring() { EXPECT_THAT(server_.start(), IsOk()); }
  bool renamed() {
    return server_.between_requests(
        [](Peer& peer) { return peer.world().plans()[0].stages[1].name == "Recruiter Call"; });
  }

  DrivenClock clock_{Timestamp{Milliseconds{1'767'600'000'000}}};
  const PlayedAts ats_{.type = "small",
                       .make = [](const Clock& clock) -> std::unique_ptr<Peer> {
                         return std::make_unique<SmallPeer>(
                             clock, std::vector<std::string>{"https://api.one.example"});
                       },
                       .addresses = {{"base_url", "/v1"}},
                       .credentials = {}};
  HiringServer server_{ats_, clock_};
};

TEST_F(ServedHiring, ARequestSeesWhatRecruitersDidMeanwhile) {
  clock_.advance(std::chrono::days{5});
  EXPECT_FALSE(renamed());

  httplib::Client client("127.0.0.1", server_.port());
  EXPECT_EQ(client.Get("/v1/jobs")->status, 200);

  EXPECT_TRUE(renamed());
  EXPECT_THAT(server_.work(), IsEmpty());
}

TEST_F(ServedHiring, TellsWhatRecruitersDid) {
  EXPECT_EQ(server_.ever_due(), kDemoRouted);
  clock_.advance(std::chrono::days{5});

  EXPECT_THAT(server_.work(), SizeIs(9));

  EXPECT_EQ(server_.ever_due(), kDemoRouted + 5);
  EXPECT_THAT(server_.connector(), HasSubstr("base_url = \"" + server_.origin() + "/v1\"\n"));
}

TEST_F(ServedHiring, NobodyIsContactedWhereTheOtherSideKnowsNobody) {
  clock_.advance(std::chrono::days{5});
  server_.work();
  const AssessSandbox nobody(clock_, {});

  const Books books = server_.balance(nobody);

  // Moved on 2, rejected 1, anonymised 1, deleted 1.
  EXPECT_EQ(books.due, kDemoRouted + 5 - 5);
  EXPECT_EQ(books.missed, books.due);
  EXPECT_FALSE(books.as_promised());
}

}  // namespace
}  // namespace praxisync::sandbox::ats
