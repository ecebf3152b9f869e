#include <gmock/gmock.h>

#include <set>

#include "support/result_matchers.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using praxisync::testing_support::IsOk;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using namespace testing_support;

std::string person(int number) { return "p" + std::to_string(number) + "@example.com"; }

void invite_people(Peer& peer, int first, int last) {
  for (int i = first; i <= last; ++i) peer.invite(person(i));
}

Options by_page() {
  Options options = roomy();
  options.pagination = Pagination::Page;
  return options;
}

/// Every row's address, page after page by `next`, with `between` done after each page.
template <typename Between>
std::vector<std::string> walk(Peer& peer, std::string path, Between between) {
  std::vector<std::string> seen;
  while (true) {
    const Reply reply = peer.get(path);
    for (std::string& email : reply.column("/results", "email")) seen.push_back(std::move(email));
    between();
    path = reply.at("/next");
    if (path == "null") return seen;
  }
}

TEST(Cursors, LeadThroughTheWholeListOnce) {
  Peer peer(roomy());
  invite_people(peer, 1, 25);

  const auto seen = walk(peer, "invites/?page_size=10", [] {});

  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 25U);
  EXPECT_EQ(seen.front(), person(25));
  EXPECT_EQ(seen.back(), person(1));
}

TEST(Cursors, NameAnotherHostAndNeedDecoding) {
  Peer peer(roomy());
  invite_people(peer, 1, 3);

  const Reply reply = peer.get("invites/?page_size=2");

  EXPECT_THAT(reply.at("/next"),
              StartsWith("https://app.praxicraft.io/api/v1/public/invites/?cursor="));
  EXPECT_THAT(reply.at("/next"), HasSubstr("&page_size=2"));
  EXPECT_EQ(reply.at("/previous"), "null");
  EXPECT_EQ(reply.at("/count"), "(none)");
}

TEST(Cursors, AreNotMovedByNewRows) {
  Peer peer(roomy());
  invite_people(peer, 1, 25);
  int next = 26;

  const auto seen = walk(peer, "invites/?page_size=10", [&] { peer.invite(person(next++)); });

  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 25U);
}

TEST(Cursors, AreNotMovedByRowsThatGo) {
  Peer peer(roomy());
  invite_people(peer, 1, 9);
  const Reply first = peer.get("invites/?page_size=3");

  peer.remove("invites/" + peer.sandbox.token_of(person(7), kBackend) + "/");
  peer.remove("invites/" + peer.sandbox.token_of(person(9), kBackend) + "/");

  EXPECT_THAT(peer.get(first.at("/next")).column("/results", "email"),
              ElementsAre(person(6), person(5), person(4)));
}

TEST(Cursors, LeadBackToo) {
  Peer peer(roomy());
  invite_people(peer, 1, 5);
  const Reply first = peer.get("invites/?page_size=2");
  const Reply second = peer.get(first.at("/next"));
  const Reply third = peer.get(second.at("/next"));
  EXPECT_THAT(third.column("/results", "email"), ElementsAre(person(1)));

  const Reply back = peer.get(third.at("/previous"));

  EXPECT_THAT(back.column("/results", "email"), ElementsAre(person(3), person(2)));
  EXPECT_EQ(back.at("/next"), second.at("/next"));
  EXPECT_THAT(peer.get(back.at("/previous")).column("/results", "email"),
              ElementsAre(person(5), person(4)));
}

TEST(Cursors, WorkInAListThatIsOldestFirst) {
  Peer peer(roomy());

  const Reply first = peer.get("assessments/deep/cases/?page_size=3");
  const Reply second = peer.get(first.at("/next"));

  EXPECT_THAT(first.column("/results", "order"), ElementsAre("0", "1", "2"));
  EXPECT_THAT(second.column("/results", "order"), ElementsAre("3"));
  EXPECT_EQ(second.at("/next"), "null");
  EXPECT_THAT(peer.get(second.at("/previous")).column("/results", "order"),
              ElementsAre("0", "1", "2"));
}

TEST(Cursors, ThatAreBadOrOfAnotherListAreRefused) {
  Peer peer(roomy());
  invite_people(peer, 1, 3);
  const std::string next = peer.get("invites/?page_size=2").at("/next");
  const std::string cursor =
      next.substr(next.find("cursor="), next.find('&') - next.find("cursor="));

  for (const std::string& query :
       {std::string("cursor=zzz"), std::string("cursor=bm9wZQ%3D%3D"), std::string("cursor=%00"),
        cursor.substr(0, cursor.size() - 8)}) {
    const Reply reply = peer.get("invites/?" + query);
    EXPECT_EQ(reply.status, 404) << query;
    EXPECT_EQ(reply.message(), "Invalid cursor") << query;
  }
  EXPECT_EQ(peer.get("invites/?" + cursor).status, 200);
  EXPECT_EQ(peer.get("assessments/?" + cursor).status, 404);
}

TEST(Pages, CountAndNumber) {
  Peer peer(by_page());
  invite_people(peer, 1, 5);

  const Reply first = peer.get("invites/?page_size=2");
  const Reply third = peer.get("invites/?page_size=2&page=3");

  EXPECT_EQ(first.at("/count"), "5");
  EXPECT_EQ(first.at("/next"),
            "https://app.praxicraft.io/api/v1/public/invites/?page=2&page_size=2");
  EXPECT_EQ(first.at("/previous"), "null");
  EXPECT_THAT(third.column("/results", "email"), ElementsAre(person(1)));
  EXPECT_EQ(third.at("/next"), "null");
  EXPECT_EQ(third.at("/previous"),
            "https://app.praxicraft.io/api/v1/public/invites/?page=2&page_size=2");
  EXPECT_EQ(peer.get("invites/?page_size=2&page=2").at("/previous"),
            "https://app.praxicraft.io/api/v1/public/invites/?page_size=2");
}

TEST(Pages, ShowRowsTwiceWhenNewOnesPushThem) {
  Peer peer(by_page());
  invite_people(peer, 1, 4);
  const Reply first = peer.get("invites/?page_size=2");
  EXPECT_THAT(first.column("/results", "email"), ElementsAre(person(4), person(3)));

  peer.invite(person(5));

  EXPECT_THAT(peer.get("invites/?page_size=2&page=2").column("/results", "email"),
              ElementsAre(person(3), person(2)));
}

TEST(Pages, MissRowsWhenOthersGo) {
  Peer peer(by_page());
  invite_people(peer, 1, 4);
  const std::string token = peer.sandbox.token_of(person(4), kBackend);

  peer.remove("invites/" + token + "/");

  EXPECT_THAT(peer.get("invites/?page_size=2&page=2").column("/results", "email"),
              ElementsAre(person(1)));
}

TEST(Pages, BeyondTheLastAreRefused) {
  Peer peer(by_page());
  invite_people(peer, 1, 2);

  EXPECT_EQ(peer.get("invites/?page=1").status, 200);
  for (const char* page : {"2", "0", "-1", "x", ""}) {
    EXPECT_EQ(peer.get("invites/?page=" + std::string(page)).message(), "Invalid page.") << page;
  }
  EXPECT_EQ(Peer(by_page()).get("invites/").status, 200);
}

TEST(PageSize, IsTwentyUnlessGivenAndAHundredAtMost) {
  Peer peer(roomy());
  invite_people(peer, 1, 120);

  EXPECT_EQ(peer.get("invites/").size("/results"), 20U);
  EXPECT_EQ(peer.get("invites/?page_size=7").size("/results"), 7U);
  EXPECT_EQ(peer.get("invites/?page_size=1000").size("/results"), 100U);
  for (const char* garbage : {"0", "-3", "ten", "5x", "", "99999999999999999999"}) {
    EXPECT_EQ(peer.get("invites/?page_size=" + std::string(garbage)).size("/results"), 20U)
        << garbage;
  }
}

TEST(Results, StayWhereTheyWereUnderACursorWhileNewOnesArrive) {
  Peer peer(roomy());
  invite_people(peer, 1, 6);
  for (int i = 1; i <= 4; ++i) ASSERT_THAT(peer.sandbox.finish(person(i), kBackend, 80), IsOk());
  const Reply first = peer.get("assessments/senior-backend-screen/results/?page_size=2");
  ASSERT_THAT(peer.sandbox.finish(person(5), kBackend, 80), IsOk());

  const Reply second = peer.get(first.at("/next"));

  EXPECT_THAT(second.column("/results", "candidate_email"), ElementsAre(person(2), person(1)));
}

TEST(Results, KeepTheirLinksInTheOlderDocumentsWhileThereAreMorePages) {
  Options options = by_page();
  options.documents = Documents::Old;
  Peer peer(options);
  invite_people(peer, 1, 3);
  for (int i = 1; i <= 3; ++i) ASSERT_THAT(peer.sandbox.finish(person(i), kBackend, 80), IsOk());

  const Reply pages = peer.get("assessments/senior-backend-screen/results/?page_size=2");
  const Reply whole = peer.get("assessments/senior-backend-screen/results/");

  EXPECT_THAT(pages.at("/next"), HasSubstr("page=2"));
  EXPECT_EQ(whole.at("/count"), "3");
  EXPECT_EQ(whole.at("/next"), "(none)");
}

TEST(Assessments, KeepTheirFiltersFromPageToPage) {
  Peer peer(roomy());

  const Reply first = peer.get("assessments/?search=screen&page_size=1");
  const Reply second = peer.get(first.at("/next"));

  EXPECT_THAT(second.column("/results", "slug"), ElementsAre("initial"));
  EXPECT_EQ(second.at("/next"), "null");
}

}  // namespace
}  // namespace praxisync::sandbox
