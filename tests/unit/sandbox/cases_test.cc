#include <gmock/gmock.h>

#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using testing::ElementsAre;
using namespace testing_support;

constexpr const char* kCase =
    R"({"title":"Sorting","description":"d","question":"### Sort","case_type":"coding"})";

TEST(Cases, LiveFromCreationToDeletion) {
  Peer peer;

  const Reply created = peer.post("cases/create/", kCase);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(created.at("/title"), "Sorting");
  const std::string path = "cases/" + created.at("/id") + "/";

  EXPECT_EQ(peer.get(path).at("/question"), "### Sort");
  EXPECT_EQ(peer.get(path).at("/case_type"), "coding");
  EXPECT_EQ(peer.get(path).at("/options"), "null");

  EXPECT_EQ(peer.patch(path, R"({"title":"Searching"})").at("/title"), "Searching");
  EXPECT_EQ(peer.get(path).at("/question"), "### Sort");

  EXPECT_EQ(peer.remove(path).status, 204);
  EXPECT_EQ(peer.get(path).status, 404);
  EXPECT_EQ(peer.patch(path, "{}").status, 404);
  EXPECT_EQ(peer.remove(path).status, 404);
  EXPECT_EQ(peer.get("cases/").size("/results"), 0U);
}

TEST(Cases, AreListedNewestFirst) {
  Peer peer;
  peer.post("cases/create/", kCase);
  peer.post("cases/create/",
            R"({"title":"Joins","description":"d","question":"q","case_type":"sql"})");

  EXPECT_THAT(peer.get("cases/").column("/results", "title"), ElementsAre("Joins", "Sorting"));
}

TEST(Cases, NeedEveryRequiredField) {
  Peer peer;

  const Reply missing =
      peer.post("cases/create/", R"({"title":"T","question":"q","case_type":"sql"})");
  EXPECT_EQ(missing.status, 400);
  EXPECT_EQ(missing.code(), "VALIDATION_ERROR");
  EXPECT_EQ(missing.message(), "description is required");
  EXPECT_EQ(peer.post("cases/create/",
                      R"({"title":" ","description":"d","question":"q","case_type":"sql"})")
                .status,
            400);
  EXPECT_EQ(peer.post("cases/create/",
                      R"({"title":1,"description":"d","question":"q","case_type":"sql"})")
                .status,
            400);
  EXPECT_EQ(peer.post("cases/create/",
                      R"({"title":"T","description":"d","question":"q","case_type":"essay"})")
                .status,
            400);
  EXPECT_TRUE(peer.sandbox.world().cases.empty());
}

TEST(Cases, RefuseAPatchThatBlanksAField) {
  Peer peer;
  const std::string path = "cases/" + peer.post("cases/create/", kCase).at("/id") + "/";

  EXPECT_EQ(peer.patch(path, R"({"title":""})").status, 400);
  EXPECT_EQ(peer.patch(path, R"({"question":null})").status, 400);
  EXPECT_EQ(peer.patch(path, "{}").status, 200);
  EXPECT_EQ(peer.get(path).at("/title"), "Sorting");
}

TEST(Cases, ShowFewerFieldsInTheOlderDocuments) {
  Options options;
  options.documents = Documents::Old;
  Peer peer(options);
  const std::string id = peer.post("cases/create/", kCase).at("/id");

  EXPECT_EQ(peer.get("cases/").at("/results/0/question"), "(none)");
  EXPECT_EQ(peer.get("cases/").at("/results/0/difficulty"), "medium");
  EXPECT_EQ(peer.get("cases/" + id + "/").at("/created_at"), "(none)");
  EXPECT_EQ(peer.get("cases/" + id + "/").at("/question"), "### Sort");
}

}  // namespace
}  // namespace praxisync::sandbox
