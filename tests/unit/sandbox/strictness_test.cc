#include <gmock/gmock.h>

#include "sandbox/address.h"
#include "unit/sandbox/peer.h"

namespace praxisync::sandbox {
namespace {

using namespace testing_support;

TEST(Keys, MustBeKnownAndGivenAsABearerOnce) {
  Peer peer;
  http::Request request = peer.request(http::Method::Get, "org/");

  for (const char* value :
       {"Bearer ct_live_other", "Bearer ", "bearer ct_live_test", "ct_live_test",
        "Bearer  ct_live_test", "Bearer ct_live_test ", "Basic ct_live_test"}) {
    request.headers = {{"Authorization", value}};
    const Reply reply = peer.send(request);
    EXPECT_EQ(reply.status, 401) << value;
    EXPECT_EQ(reply.body, R"({"error":{"message":"Invalid API key.","code":"INVALID_API_KEY"}})")
        << value;
  }
  request.headers = {};
  EXPECT_EQ(peer.send(request).status, 401);
  request.headers = {{"Authorization", "Bearer ct_live_test"},
                     {"authorization", "Bearer ct_live_test"}};
  EXPECT_EQ(peer.send(request).status, 401);
  request.headers = {{"AUTHORIZATION", "Bearer ct_live_test"}};
  EXPECT_EQ(peer.send(request).status, 200);
  EXPECT_EQ(peer.sandbox.requests().unauthorized, 9);
}

struct ScopeCase {
  std::string name;
  http::Method method;
  std::string path;
  std::string scope;
};
void PrintTo(const ScopeCase& row, std::ostream* out) { *out << row.name; }

class Scopes : public testing::TestWithParam<ScopeCase> {};

TEST_P(Scopes, AreAskedForByName) {
  Options options;
  std::vector<std::string> others = all_scopes();
  std::erase(others, GetParam().scope);
  options.keys = {{"ct_live_lacking", others}, {"ct_live_having", {GetParam().scope}}};
  Peer lacking(options, "ct_live_lacking");
  Peer having(options, "ct_live_having");

  const Reply refused = lacking.send(lacking.request(GetParam().method, GetParam().path));
  const Reply allowed = having.send(having.request(GetParam().method, GetParam().path));

  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "PERMISSION_DENIED");
  EXPECT_THAT(refused.message(), testing::HasSubstr(GetParam().scope));
  EXPECT_NE(allowed.status, 403);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Scopes,
    testing::Values(
        ScopeCase{"ListAssessments", http::Method::Get, "assessments/", "assessments:read"},
        ScopeCase{"GetAssessment", http::Method::Get, "assessments/deep/", "assessments:read"},
        ScopeCase{"ListTasks", http::Method::Get, "assessments/deep/cases/", "assessments:read"},
        ScopeCase{"Invite", http::Method::Post, "assessments/deep/invites/", "invitations:write"},
        ScopeCase{"Bulk", http::Method::Post, "assessments/deep/invites/bulk/",
                  "invitations:write"},
        ScopeCase{"ListResults", http::Method::Get, "assessments/deep/results/", "candidates:read"},
        ScopeCase{"ListInvites", http::Method::Get, "invites/", "invitations:read"},
        ScopeCase{"GetInvite", http::Method::Get, "invites/x/", "invitations:read"},
        ScopeCase{"Remind", http::Method::Post, "invites/x/remind/", "invitations:write"},
        ScopeCase{"Cancel", http::Method::Delete, "invites/x/", "invitations:write"},
        ScopeCase{"GetResult", http::Method::Get, "invites/x/result/", "candidates:read"},
        ScopeCase{"ListCases", http::Method::Get, "cases/", "cases:read"},
        ScopeCase{"CreateCase", http::Method::Post, "cases/create/", "cases:write"},
        ScopeCase{"GetCase", http::Method::Get, "cases/x/", "cases:read"},
        ScopeCase{"PatchCase", http::Method::Patch, "cases/x/", "cases:write"},
        ScopeCase{"DeleteCase", http::Method::Delete, "cases/x/", "cases:write"}),
    [](const auto& row) { return row.param.name; });

TEST(Scopes, AreNotAskedForByPipelinesWebhooksAndTheOrganisation) {
  Options options;
  options.keys = {{"ct_live_bare", {}}};
  Peer peer(options, "ct_live_bare");

  for (const char* path :
       {"pipelines/", "pipelines/grad/", "webhooks/", "org/", "org/team/", "org/stats/"}) {
    EXPECT_EQ(peer.get(path).status, 200) << path;
  }
  EXPECT_NE(peer.enroll("jane@example.com"), "(none)");
}

TEST(Paths, MustEndInASlash) {
  Peer peer;

  for (const char* path :
       {"org", "assessments", "assessments/deep", "invites", "pipelines/grad/enroll"}) {
    EXPECT_EQ(peer.get(path).status, 404) << path;
  }
}

TEST(Paths, ThatAreUnknownAreNotFound) {
  Peer peer;

  for (const char* path :
       {"", "nope/", "org//", "org/x/", "assessments//", "assessments/a/b/c/d/",
        "https://praxicraft.com/", "https://praxicraft.com/api/v2/public/org/"}) {
    const Reply reply = peer.get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.code(), "NOT_FOUND") << path;
  }
}

TEST(Paths, NameTheMethodsThatTheyTake) {
  Peer peer;

  const Reply reply = peer.patch("invites/x/", "{}");

  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.code(), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(reply.header("Allow"), "GET, DELETE");
  EXPECT_EQ(peer.get("cases/create/").status, 405);
  EXPECT_EQ(peer.get(kInvites).status, 405);
  EXPECT_EQ(peer.remove("org/").status, 405);
}

TEST(Bodies, MustBeCalledJson) {
  Peer peer;
  http::Request request =
      peer.request(http::Method::Post, kInvites, R"({"email":"a@example.com"})");

  for (const char* type :
       {"text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"}) {
    request.headers.back() = {"Content-Type", type};
    EXPECT_EQ(peer.send(request).status, 415) << type;
  }
  request.headers.back() = {"content-type", "Application/JSON; charset=utf-8"};
  EXPECT_EQ(peer.send(request).status, 201);
}

TEST(Bodies, MustBeJsonObjects) {
  Peer peer;

  EXPECT_EQ(peer.post(kInvites, "{\"email\":").code(), "PARSE_ERROR");
  EXPECT_EQ(peer.post(kInvites, "{\"email\":\"\xff@example.com\"}").code(), "PARSE_ERROR");
  EXPECT_EQ(peer.post(kInvites, "[]").code(), "VALIDATION_ERROR");
  EXPECT_EQ(peer.post(kInvites, "\"a@example.com\"").code(), "VALIDATION_ERROR");
  EXPECT_EQ(peer.post(kInvites).code(), "MISSING_EMAIL");
}

TEST(Bodies, MayHaveAMebibyte) {
  Peer peer;
  const std::string head = R"({"email":"a@example.com","note":")";

  const std::string fits = head + std::string(kMaxBody - head.size() - 2, 'x') + "\"}";

  EXPECT_EQ(peer.post(kInvites, fits).status, 201);
  EXPECT_EQ(peer.post(kInvites, fits + " ").status, 413);
}

TEST(Bodies, NeedTextsWhereTextsBelong) {
  Peer peer;

  EXPECT_EQ(peer.post(kInvites, R"({"name":"A"})").body,
            R"({"error":{"message":"email is required","code":"MISSING_EMAIL"}})");
  EXPECT_EQ(peer.post(kInvites, R"({"email":null})").code(), "MISSING_EMAIL");
  EXPECT_EQ(peer.post(kInvites, R"({"email":"  "})").code(), "MISSING_EMAIL");
  EXPECT_EQ(peer.post(kInvites, R"({"email":["a@example.com"]})").code(), "VALIDATION_ERROR");
  EXPECT_EQ(peer.post(kInvites, R"({"email":"nobody"})").code(), "VALIDATION_ERROR");
  EXPECT_EQ(peer.post(kInvites, R"({"email":"a@example.com","name":1})").message(),
            "name must be a string.");
  EXPECT_EQ(peer.post(kInvites, R"({"email":"a@example.com","role":{}})").message(),
            "role must be a string.");
  EXPECT_EQ(peer.post(kInvites, R"({"email":"a@example.com","send_email":"true"})").status, 400);
  EXPECT_EQ(
      peer.post(kInvites, R"({"email":"a@example.com","name":")" + std::string(256, 'x') + "\"}")
          .status,
      400);
  EXPECT_TRUE(peer.sandbox.world().invitations.empty());
  EXPECT_EQ(
      peer.post(kInvites, R"({"email":"a@example.com","name":null,"role":"","extra":[1]})").status,
      201);
}

TEST(Address, IsReadAsTheRealServiceWould) {
  for (const char* good : {"a@b.co", "jane.doe+tag@example.com", "o'neil@mail.example.co.uk",
                           "x@xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_address(good)) << good;
  }
  for (const char* bad : {"", "@", "a@", "@b.co", "a@b", "a b@c.de", "a..b@c.de", ".a@c.de",
                          "a.@c.de", "a@-c.de", "a@c-.de", "a@c..de", "a@c.d", "a@c.de.",
                          "a@1.2.3.44", "a@b@c.de", "a,b@c.de", "j\xc3\xb6@c.de"}) {
    EXPECT_FALSE(is_address(bad)) << bad;
  }
  EXPECT_FALSE(is_address(std::string(250, 'a') + "@b.co"));
}

}  // namespace
}  // namespace praxisync::sandbox
