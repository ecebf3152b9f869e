#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "contract/whole_api.h"
#include "support/result_matchers.h"
#include "support/world.h"

namespace praxisync::testing_support {
namespace {

using http::Method;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;

struct Dialect {
  std::string name;
  sandbox::Options options;
};
void PrintTo(const Dialect& dialect, std::ostream* out) { *out << dialect.name; }

/// Cursors belong to the newer documents; page numbers are met with either.
std::vector<Dialect> dialects() {
  using namespace sandbox;
  const auto plan = [](Plan its) {
    Options options;
    options.plan = its;
    return options;
  };
  std::vector<Dialect> all{{"NewWithCursors", plan(Plan::Growth)},
                           {"NewWithMissingFields", plan(Plan::Enterprise)},
                           {"NewWithPages", plan(Plan::Growth)},
                           {"OldWithPages", plan(Plan::Enterprise)},
                           {"OldWithMissingFields", plan(Plan::Growth)}};
  all[1].options.optional_fields = OptionalFields::Missing;
  all[1].options.enroll_again = EnrollAgain::Same;
  all[2].options.pagination = Pagination::Page;
  all[2].options.skip_spelling = SkipSpelling::Space;
  all[3].options.pagination = Pagination::Page;
  all[3].options.documents = Documents::Old;
  all[3].options.email_case = EmailCase::Lowered;
  all[4].options = all[3].options;
  all[4].options.plan = Plan::Growth;
  all[4].options.optional_fields = OptionalFields::Missing;
  all[4].options.skip_spelling = SkipSpelling::Space;
  return all;
}

class EveryDialect : public testing::TestWithParam<Dialect> {};

TEST_P(EveryDialect, EveryRequestOfTheClientAndEveryAnswerOfTheSandboxConforms) {
  Rig rig(roomy(GetParam().options));

  use_everything(rig);

  EXPECT_THAT(rig.contract.violations(), IsEmpty());
}

TEST_P(EveryDialect, TheWholeJobConforms) {
  World world(GetParam().options);
  ContractTransport contract(world.transport, the_contract());
  http::OriginGate gate = keyed(contract);
  world.wire = &gate;
  world.routes[0].on_passed.actions.push_back({ActionKind::Link, ""});
  for (int i = 0; i < 12; ++i) {
    world.person("b" + std::to_string(i), "Backend Engineer");
    world.person("g" + std::to_string(i), "Graduate Program");
  }

  ASSERT_TRUE(world.run_to_the_end());

  EXPECT_THAT(contract.violations(), IsEmpty());
  EXPECT_GT(contract.sent(), 20);
}

INSTANTIATE_TEST_SUITE_P(Table, EveryDialect, testing::ValuesIn(dialects()),
                         [](const auto& row) { return row.param.name; });

TEST(Contract, EveryOperationOfTheDocumentIsExercisedByTheClient) {
  Rig rig;

  use_everything(rig);

  EXPECT_THAT(rig.contract.succeeded(), UnorderedElementsAreArray(the_contract().operations()));
}

TEST(Contract, TheSandboxHasTheRoutesOfTheDocumentAndNoOthers) {
  std::vector<std::string> routes;
  for (const sandbox::KnownRoute& route : sandbox::known_routes())
    routes.push_back(std::string(http::to_string(route.method)) + " " + std::string(route.pattern));
  std::vector<std::string> documented = the_contract().operations();
  for (std::string& name : documented) {
    for (const char* parameter : {":slug", ":token", ":id"}) {
      const std::size_t place = name.find(parameter);
      if (place != std::string::npos) name.replace(place, std::string(parameter).size(), ":");
    }
  }

  EXPECT_THAT(routes, UnorderedElementsAreArray(documented));
}

// What follows shows that the judge can say no.

/// Gives out what `change` makes of the answer.
class Tampering final : public http::Transport {
 public:
  Tampering(http::Transport& next, std::function<void(http::Response&)> change)
      : next_(next), change_(std::move(change)) {}

  Result<http::Response> send(const http::Request& request) override {
    Result<http::Response> answer = next_.send(request);
    if (answer) change_(*answer);
    return answer;
  }

 private:
  http::Transport& next_;
  std::function<void(http::Response&)> change_;
};

struct Tampered {
  std::string name;
  std::string path;
  std::string from, to;  ///< in the answer's body
  std::string complaint;
};
void PrintTo(const Tampered& row, std::ostream* out) { *out << row.name; }

class TamperedAnswer : public testing::TestWithParam<Tampered> {};

TEST_P(TamperedAnswer, IsCaught) {
  Rig rig;
  ASSERT_THAT(rig.client.list_assessments({}), IsOk());
  Tampering tampering(rig.transport, [](http::Response& answer) {
    const std::size_t place = answer.body.find(GetParam().from);
    ASSERT_NE(place, std::string::npos) << answer.body.substr(0, 300);
    answer.body.replace(place, GetParam().from.size(), GetParam().to);
  });
  ContractTransport contract(tampering, the_contract());
  http::OriginGate gate = keyed(contract);

  EXPECT_TRUE(gate.send({.url = kApi + GetParam().path}).has_value());

  EXPECT_THAT(rig.contract.violations(), IsEmpty());
  EXPECT_THAT(contract.violations(), Contains(HasSubstr(GetParam().complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, TamperedAnswer,
    testing::Values(
        Tampered{"RequiredFieldGone", "assessments/", "\"slug\":", "\"slag\":", "'slug'"},
        Tampered{"WrongType", "assessments/", "\"case_count\":3", "\"case_count\":\"3\"",
                 "case_count"},
        Tampered{"UnknownEnumerator", "assessments/", "\"active\"", "\"asleep\"", "status"},
        Tampered{"NullWhereNoneMayBe", "org/", "\"invites_used\":0", "\"invites_used\":null",
                 "invites_used"},
        Tampered{"NoLinksAndNoCount", "assessments/", "\"next\":", "\"nxt\":", "anyOf"},
        Tampered{"ADateThatIsNone", "assessments/senior-backend-screen/", "\"created_at\":\"2",
                 "\"created_at\":\"x", "created_at"},
        Tampered{"NotJson", "org/", "{", "<html>", "not JSON"},
        Tampered{"ErrorWithoutMessage", "assessments/nowhere/",
                 "\"message\":", "\"text\":", "'message'"}),
    [](const auto& row) { return row.param.name; });

TEST(TamperedHeaders, AreCaught) {
  Rig rig;
  Tampering tampering(rig.transport, [](http::Response& answer) {
    answer.headers = {{"Content-Type", "text/html"}, {"X-RateLimit-Remaining", "some"}};
  });
  ContractTransport contract(tampering, the_contract());
  http::OriginGate gate = keyed(contract);

  EXPECT_TRUE(gate.send({.url = std::string(kApi) + "org/"}).has_value());

  EXPECT_THAT(contract.violations(), Contains(HasSubstr("not called JSON")));
  EXPECT_THAT(contract.violations(), Contains(HasSubstr("X-RateLimit-Remaining")));
}

TEST(TamperedStatus, IsCaught) {
  Rig rig;
  Tampering tampering(rig.transport, [](http::Response& answer) { answer.status = 202; });
  ContractTransport contract(tampering, the_contract());
  http::OriginGate gate = keyed(contract);

  EXPECT_TRUE(gate.send({.url = std::string(kApi) + "org/"}).has_value());

  EXPECT_THAT(contract.violations(), Contains(HasSubstr("answer 202: status is not documented")));
}

struct WrongRequest {
  std::string name;
  Method method;
  std::string url;
  std::string body;
  std::string complaint;
};
void PrintTo(const WrongRequest& row, std::ostream* out) { *out << row.name; }

class Request : public testing::TestWithParam<WrongRequest> {};

TEST_P(Request, ThatTheDocumentDoesNotKnowIsCaught) {
  http::Request request{.method = GetParam().method, .url = GetParam().url};
  request.headers = {{"Authorization", std::string("Bearer ") + kApiKey},
                     {"Content-Type", "application/json"}};
  request.body = GetParam().body;

  EXPECT_THAT(the_contract().check_request(request), Contains(HasSubstr(GetParam().complaint)));
}

const std::string kBase = kApi;
const std::string kInvite = kBase + "assessments/x/invites/";

INSTANTIATE_TEST_SUITE_P(
    Table, Request,
    testing::Values(
        WrongRequest{"NoSuchPath", Method::Get, kBase + "candidates/", "", "no such operation"},
        WrongRequest{"NoSlashAtTheEnd", Method::Get, kBase + "org", "", "no such operation"},
        WrongRequest{"NoSuchMethod", Method::Delete, kBase + "org/", "", "no such operation"},
        WrongRequest{"AnEmptySegment", Method::Get, kBase + "invites//", "", "no such operation"},
        WrongRequest{"AnotherHost", Method::Get, "https://app.praxicraft.io/api/v1/public/org/", "",
                     "another host"},
        WrongRequest{"UnknownParameter", Method::Get, kBase + "invites/?status=pending", "",
                     "status: no such query parameter"},
        WrongRequest{"ParameterOutOfRange", Method::Get, kBase + "invites/?page_size=101", "",
                     "page_size"},
        WrongRequest{"ParameterOfAnotherType", Method::Get, kBase + "invites/?page=two", "",
                     "page"},
        WrongRequest{"ParameterTwice", Method::Get, kBase + "invites/?page=1&page=2", "",
                     "page: given twice"},
        WrongRequest{"UnknownStatus", Method::Get, kBase + "assessments/?status=asleep", "",
                     "status"},
        WrongRequest{"BodyWhereThereIsNone", Method::Get, kBase + "org/", "{}",
                     "a body where there is none"},
        WrongRequest{"RequiredFieldMissing", Method::Post, kInvite, R"({"name":"Ada"})", "'email'"},
        WrongRequest{"FieldOfAnotherType", Method::Post, kInvite,
                     R"({"email":"a@b.example","send_email":"yes"})", "send_email"},
        WrongRequest{"UnknownField", Method::Post, kInvite,
                     R"({"email":"a@b.example","phone":"1"})", "phone"},
        WrongRequest{"NotJson", Method::Post, kInvite, "email=a@b.example", "not JSON"}),
    [](const auto& row) { return row.param.name; });

TEST(Request, WithoutAKeyOrWithoutItsContentTypeIsCaught) {
  const http::Request request{
      .method = Method::Post, .url = kInvite, .body = R"({"email":"a@b.example"})"};

  const auto found = the_contract().check_request(request);

  EXPECT_THAT(found, Contains(HasSubstr("no API key")));
  EXPECT_THAT(found, Contains(HasSubstr("not called JSON")));
}

/// A receiver that holds each delivery against the document.
class Receiver final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request& request) override {
    ++received;
    const auto found = the_contract().check_event(request.headers, request.body);
    violations.insert(violations.end(), found.begin(), found.end());
    return http::Response{204, {}, {}};
  }

  int received = 0;
  std::vector<std::string> violations;
};

TEST_P(EveryDialect, EveryEventThatTheSandboxDeliversConforms) {
  Rig rig(roomy(GetParam().options));
  const std::vector<std::string> every{
      "assessment.started",  "assessment.completed", "candidate.passed", "candidate.failed",
      "candidate.violation", "invitation.expired",   "webhook.test"};
  Receiver receiver;
  const auto hook = rig.client.create_webhook({"https://hooks.example.com/in", every});
  ASSERT_THAT(hook, IsOk());
  EXPECT_THAT(rig.client.test_webhook(hook->id), IsOk());

  use_everything(rig);
  rig.sandbox.deliver_due(receiver);

  EXPECT_GT(receiver.received, 250) << "started and finished, of a hundred and more";
  EXPECT_THAT(receiver.violations, IsEmpty());
}

TEST(Event, OfTheDocumentsFormConformsAndAnyOtherIsCaught) {
  const std::vector<http::Header> headers{{"Content-Type", "application/json"},
                                          {"X-Praxicraft-Signature", std::string(64, 'a')}};
  const std::string body =
      R"({"event":"candidate.passed","created_at":"2026-01-05T09:00:00Z","data":{"session_id":"s",)"
      R"("assessment_slug":"x","candidate_email":"a@b.example","score":1,"passed":true}})";

  EXPECT_THAT(the_contract().check_event(headers, body), IsEmpty());
  EXPECT_THAT(the_contract().check_event({headers[0]}, body), Contains(HasSubstr("missing")));
  EXPECT_THAT(the_contract().check_event(headers, R"({"event":"candidate.slept","data":[]})"),
              SizeIs(testing::Ge(2U)));
}

}  // namespace
}  // namespace praxisync::testing_support
