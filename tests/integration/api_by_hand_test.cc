// The Assess API by hand: every command from `org show` to `cases delete`, as table and as JSON.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "domain/webhook_signature.h"
#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using Json = nlohmann::json;
using testing::AllOf;
using testing::ContainsRegex;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

Json json_of(const Workplace& place, Arguments arguments) {
  arguments.insert(arguments.end(), {"--output", "json"});
  const Ended ended = place.run(arguments);
  EXPECT_THAT(ended, ExitsWith(0));
  Json json = Json::parse(ended.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << ended.out;
  return json;
}

std::string table_of(const Workplace& place, const Arguments& arguments) {
  const Ended ended = place.run(arguments);
  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.err, IsEmpty());
  return ended.out;
}

Ended with_input(const Workplace& place, const Arguments& arguments, const std::string& input,
                 Prints prints = Prints::IntoFiles) {
  Process::Start start = place.start(arguments);
  start.input = input;
  start.prints = prints;
  return Process(start).wait();
}

void invite(const Workplace& place, const std::string& name) {
  EXPECT_THAT(
      place.run({"invites", "create", kScreen, "--email", address_of(name), "--name", name}),
      ExitsWith(0));
}

TEST(ByHand, ShowsTheOrganisation) {
  Workplace place;

  EXPECT_THAT(table_of(place, {"org", "show"}), AllOf(HasSubstr("name                 Acme Corp\n"),
                                                      HasSubstr("plan                 growth\n"),
                                                      HasSubstr("left                 500\n")));
  EXPECT_EQ(json_of(place, {"org", "show"}).at("invites_remaining"), 500);
  EXPECT_THAT(table_of(place, {"org", "team"}), AllOf(StartsWith("name"), HasSubstr("owner")));
  EXPECT_TRUE(json_of(place, {"org", "team"}).at(0).contains("role"));
  EXPECT_THAT(table_of(place, {"org", "stats"}), HasSubstr("active assessments      5\n"));
  EXPECT_EQ(json_of(place, {"org", "stats"}).at("active_assessments"), 5);
}

TEST(ByHand, ListsAndShowsAssessments) {
  Workplace place;

  EXPECT_THAT(table_of(place, {"assessments", "list"}),
              AllOf(HasSubstr("senior-backend-screen"), Not(HasSubstr("frontend-2023"))));
  EXPECT_EQ(json_of(place, {"assessments", "list", "--search", "SCREEN"}).size(), 3U);
  EXPECT_EQ(json_of(place, {"assessments", "list", "--status", "archived"}).at(0).at("slug"),
            "frontend-2023");
  EXPECT_EQ(table_of(place, {"assessments", "list", "--search", "nothing like it"}), "none\n");
  EXPECT_EQ(json_of(place, {"assessments", "list", "--search", "nothing like it"}), Json::array());
  EXPECT_THAT(table_of(place, {"assessments", "show", kScreen}),
              HasSubstr("title          Senior Backend Engineer Screen\n"));
  EXPECT_TRUE(json_of(place, {"assessments", "show", kScreen}).contains("copy_paste_disabled"))
      << "fields that praxisync does not know are there as well";
  EXPECT_THAT(table_of(place, {"assessments", "tasks", kScreen}), HasSubstr("Query Optimization"));
  EXPECT_EQ(json_of(place, {"assessments", "tasks", kScreen}).size(), 3U);
}

TEST(ByHand, SaysWhichSlugWasMeant) {
  Workplace place;

  for (const Arguments& arguments :
       {Arguments{"assessments", "show", "senior-backend-scren"},
        Arguments{"assessments", "tasks", "senior-backend-scren"},
        Arguments{"results", "list", "senior-backend-scren"},
        Arguments{"invites", "create", "senior-backend-scren", "--email", "ada@example.com"}}) {
    const Ended ended = place.run(arguments);
    EXPECT_THAT(ended, ExitsWith(1));
    EXPECT_THAT(ended.err, HasSubstr("did you mean senior-backend-screen?"));
  }
  EXPECT_THAT(place.run({"pipelines", "show", "grad-2024"}).err,
              HasSubstr("did you mean grad-2025?"));
}

TEST(ByHand, InvitesRemindsAndCancels) {
  Workplace place;
  const Arguments ada{"invites", "create", kScreen, "--email", "ada@example.com", "--role", "Dev"};

  EXPECT_THAT(table_of(place, ada), HasSubstr("result      invited\n"));
  EXPECT_THAT(table_of(place, ada), HasSubstr("result      already invited\n"));
  const std::string token = place.tokens().at(0);
  EXPECT_EQ(json_of(place, ada).at("invite_token"), token);
  EXPECT_THAT(table_of(place, {"invites", "show", "ADA@example.com"}),
              AllOf(HasSubstr("role        Dev\n"), HasSubstr("reminded    -\n")));
  EXPECT_EQ(json_of(place, {"invites", "show", token}).at("status"), "pending");

  EXPECT_EQ(table_of(place, {"invites", "remind", "ada@example.com"}), "reminded\n");
  EXPECT_TRUE(json_of(place, {"invites", "remind", token}).contains("message"));
  EXPECT_TRUE(json_of(place, {"invites", "show", token}).at("reminded_at").is_string());

  EXPECT_EQ(with_input(place, {"invites", "cancel", "-", "--yes"}, token + "\n").out,
            "cancelled\n");
  const Ended gone = place.run({"invites", "show", token});
  EXPECT_THAT(gone, ExitsWith(1));
  EXPECT_THAT(gone.err, AllOf(HasSubstr("404"), Not(HasSubstr(token))));
}

TEST(ByHand, MasksTokensInTablesUntilTheyAreAskedFor) {
  Workplace place;
  invite(place, "ada");
  place.everybody_finishes();
  const std::string token = place.tokens().at(0);

  for (const Arguments& arguments :
       {Arguments{"invites", "list"}, Arguments{"invites", "show", token},
        Arguments{"results", "list", kScreen},
        Arguments{"invites", "create", kScreen, "--email", "ada@example.com"}}) {
    EXPECT_THAT(table_of(place, arguments),
                AllOf(HasSubstr(token.substr(0, 8) + "…"), Not(HasSubstr(token))));
    Arguments whole = arguments;
    whole.emplace_back("--show-secrets");
    EXPECT_THAT(table_of(place, whole), HasSubstr(token));
  }
}

TEST(ByHand, AsksWhichInvitationOfAnAddressIsMeant) {
  Workplace place;
  invite(place, "ada");
  place.run({"invites", "create", kFirstStage, "--email", "ada@example.com"});

  const Ended ended = place.run({"invites", "show", "ada@example.com"});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.err, HasSubstr("initial-screen, senior-backend-screen"));
  EXPECT_THAT(place.run({"invites", "show", "ada@example.com", "--assessment", kFirstStage}).out,
              HasSubstr("assessment  initial-screen\n"));
  EXPECT_THAT(place.run({"invites", "show", "bob@example.com"}), ExitsWith(1));
}

TEST(ByHand, ShowsResults) {
  Workplace place;
  invite(place, "ada");
  EXPECT_THAT(place.run({"results", "show", "ada@example.com"}), ExitsWith(1));
  place.everybody_finishes(90);

  EXPECT_THAT(table_of(place, {"results", "list", kScreen}),
              AllOf(HasSubstr("ada@example.com"), HasSubstr("yes")));
  EXPECT_EQ(json_of(place, {"results", "list", kScreen}).at(0).at("passed"), true);
  EXPECT_THAT(table_of(place, {"results", "show", "ada@example.com"}),
              AllOf(HasSubstr("passed      yes (from 70 %)"), HasSubstr("ETL Pipeline")));
  EXPECT_EQ(json_of(place, {"results", "show", place.tokens().at(0)}).at("cases").size(), 3U);
}

TEST(ByHand, EnrollsInAPipeline) {
  Workplace place;

  EXPECT_THAT(table_of(place, {"pipelines", "list"}), HasSubstr("grad-2025"));
  EXPECT_EQ(json_of(place, {"pipelines", "list"}).at(0).at("stage_count"), 3);
  EXPECT_THAT(table_of(place, {"pipelines", "show", "grad-2025"}), HasSubstr("tech-deep-dive"));
  EXPECT_EQ(json_of(place, {"pipelines", "show", "grad-2025"}).at("stages").size(), 3U);

  const Json made = json_of(
      place, {"pipelines", "enroll", "grad-2025", "--email", "gus@example.com", "--name", "Gus"});
  const std::string id = made.at("enrollment_id");
  EXPECT_THAT(table_of(place, {"pipelines", "enroll", "grad-2025", "--email", "eve@example.com"}),
              HasSubstr("status      active\n"));
  place.everybody_finishes(95);
  EXPECT_THAT(table_of(place, {"pipelines", "enrollment", id}),
              AllOf(HasSubstr("stage             1\n"), HasSubstr("score of stage 0  95\n")));
  EXPECT_EQ(json_of(place, {"pipelines", "enrollment", id}).at("current_stage"), 1);
}

TEST(ByHand, CreatesChangesAndDeletesTasks) {
  Workplace place;
  place.folder.write("question.md", "### Quicksort\n\nSort \"in place\".\n");
  const Arguments create{"cases",  "create", "--title", "Sorting",    "--description",
                         "30 min", "--type", "coding",  "--question", "question.md"};

  const std::string id = json_of(place, create).at("id");
  EXPECT_THAT(table_of(place, create), StartsWith("created "));
  EXPECT_EQ(json_of(place, {"cases", "show", id}).at("question").get<std::string>(),
            "### Quicksort\n\nSort \"in place\".");
  EXPECT_EQ(with_input(place, {"cases", "update", id, "--question", "-", "--title", "Faster"},
                       "Sort **fast**.\n")
                .out,
            "updated " + id + "  Faster\n");
  EXPECT_THAT(table_of(place, {"cases", "show", id}), EndsWith("\n\nSort **fast**.\n"));
  EXPECT_EQ(json_of(place, {"cases", "list"}).size(), 2U);
  EXPECT_THAT(table_of(place, {"cases", "list"}), HasSubstr("Faster"));

  EXPECT_EQ(table_of(place, {"cases", "delete", id, "--yes"}), "deleted\n");
  EXPECT_EQ(json_of(place, {"cases", "list"}).size(), 1U);
  EXPECT_THAT(place.run({"cases", "update", id}), ExitsWith(2));
  EXPECT_THAT(place.run({"cases", "create", "--title", "x"}).err,
              HasSubstr("--description is needed"));
}

TEST(ByHand, AsksBeforeWhatCannotBeTakenBack) {
  Workplace place;
  invite(place, "ada");
  const Arguments cancel{"invites", "cancel", "ada@example.com"};

  const Ended unasked = place.run(cancel);
  EXPECT_THAT(unasked, ExitsWith(2));
  EXPECT_THAT(unasked.err, HasSubstr("--yes"));
  const Ended no = with_input(place, cancel, "n\n", Prints::OnATerminal);
  EXPECT_THAT(no, ExitsWith(1));
  EXPECT_THAT(no.out, HasSubstr("Cancel the invitation of ada@example.com? [y/N]"));
  EXPECT_EQ(json_of(place, {"invites", "list"}).size(), 1U);

  EXPECT_THAT(with_input(place, cancel, "y\n", Prints::OnATerminal), ExitsWith(0));

  EXPECT_EQ(json_of(place, {"invites", "list"}).size(), 0U);
  EXPECT_THAT(place.run({"cases", "delete", "some-id"}), ExitsWith(2));
}

TEST(ByHand, ShowsTimesRelativeToNowOnATerminalAlone) {
  Workplace place;
  invite(place, "ada");
  place.advance(std::chrono::hours{3});

  EXPECT_THAT(
      with_input(place, {"invites", "show", "ada@example.com"}, "", Prints::OnATerminal).out,
      AllOf(HasSubstr("created     3 h ago"), HasSubstr("expires     in 6 d")));
  EXPECT_THAT(table_of(place, {"invites", "show", "ada@example.com"}),
              AllOf(HasSubstr("created     20"), Not(HasSubstr("ago"))));
}

TEST(ByHand, StreamsListsAndSaysWhenThereIsMore) {
  Workplace place;
  std::string people = "email\n";
  for (int i = 0; i < 230; ++i) people += address_of("p" + std::to_string(i)) + "\n";
  ASSERT_THAT(with_input(place, {"invites", "bulk", kScreen}, people), ExitsWith(0));

  const auto rows = [](const Ended& ended) { return std::ranges::count(ended.out, '\n'); };
  EXPECT_EQ(rows(place.run({"invites", "list", "--all", "--output", "ndjson"})), 230);
  const Ended some = place.run({"invites", "list", "--limit", "7", "-o", "ndjson"});
  EXPECT_EQ(rows(some), 7);
  EXPECT_THAT(some.err, HasSubstr("more than these 7"));
  EXPECT_TRUE(Json::parse(some.out.substr(0, some.out.find('\n'))).contains("invite_token"));
  EXPECT_THAT(place.run({"invites", "list"}).out,
              EndsWith("… there are more than these 20: --all, or --limit N\n"));
  EXPECT_EQ(json_of(place, {"invites", "list", "--limit", "150"}).size(), 150U);
  EXPECT_THAT(place.run({"invites", "list", "--limit", "230"}).out, Not(HasSubstr("more than")));
  EXPECT_THAT(place.run({"invites", "list", "--limit", "0"}), ExitsWith(2));
  EXPECT_THAT(place.run({"invites", "list", "--limit", "5", "--all"}), ExitsWith(2));
}

TEST(ByHand, ToldARefusedKeyAMissingScopeAndALimitApart) {
  Workplace place;
  place.server().between_requests([&](sandbox::AssessSandbox& sandbox) {
    sandbox.add_key("ct_live_only_assessments", {"assessments:read"});
  });
  EXPECT_THAT(place.run({"org", "show"}, {{"PRAXICRAFT_API_KEY", "ct_live_revoked"}}),
              ExitsWith(5));
  const Ended scope =
      place.run({"invites", "list"}, {{"PRAXICRAFT_API_KEY", "ct_live_only_assessments"}});
  EXPECT_THAT(scope, ExitsWith(5));
  EXPECT_THAT(scope.err, HasSubstr("invitations:read"));
  place.fault({.kind = sandbox::Fault::Kind::Status,
               .path = "/org/",
               .status = 429,
               .headers = {{"Retry-After", "1800"}}});
  const Ended limit = place.run({"org", "show"});
  EXPECT_THAT(limit, ExitsWith(4));
  EXPECT_THAT(limit.err, HasSubstr("try again from 20"));
}

TEST(ByHand, WorksBesideADatabaseThatCannotBeOpenedAndSaysSo) {
  Workplace place;
  place.folder.write("praxisync.db", "not a database, but long enough to be looked at as one");

  const Ended ended = place.run({"org", "show"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, HasSubstr("Acme"));
  EXPECT_THAT(ended.err, HasSubstr("not counted in the ledger"));
  EXPECT_THAT(place.run({"doctor"}).out, HasSubstr("database"));
}

TEST(ByHand, DebitsTheLedgerThatRunsKeep) {
  Workplace place;
  place.run({"sync"});
  const auto left = [&] {
    return json_of(place, {"status"}).at("budget").at("reads").at("left").get<int>();
  };
  const int before = left();

  place.run({"org", "show"});

  EXPECT_EQ(left(), before - 1);
}

TEST(Webhooks, SecretGoesToANewFileThatOthersCannotRead) {
  Workplace place;
  const Arguments create{"webhooks", "create",          "--url", "https://api.acme.example/hook",
                         "--event",  "candidate.passed"};
  Arguments into_file = create;
  into_file.insert(into_file.end(), {"--secret-file", "hook.secret"});

  const Ended made = place.run(into_file);

  EXPECT_THAT(made, ExitsWith(0));
  const std::string secret = place.folder.read("hook.secret");
  EXPECT_THAT(secret, MatchesRegex("whsec_[0-9a-f]+\n"));
  EXPECT_THAT(made.out + made.err, Not(HasSubstr("whsec_")));
  EXPECT_EQ(std::filesystem::status(place.folder / "hook.secret").permissions(),
            std::filesystem::perms{0600});

  EXPECT_THAT(place.run(into_file), ExitsWith(2)) << "no secret is written over";
  EXPECT_EQ(place.folder.read("hook.secret"), secret);
  EXPECT_EQ(json_of(place, {"webhooks", "list"}).size(), 1U);
  EXPECT_THAT(place.run(create).out, HasSubstr("whsec_"));
  EXPECT_THAT(json_of(place, create).at("signing_secret"), StartsWith("whsec_"));
  EXPECT_THAT(table_of(place, {"webhooks", "list"}), HasSubstr("candidate.passed"));
}

TEST(Webhooks, TestSaysWhetherTheEndpointTookIt) {
  Workplace place;
  const std::string id = json_of(place, {"webhooks", "create", "--url", "https://api.acme.example/",
                                         "--event", "candidate.passed"})
                             .at("id");

  const Ended taken = place.run({"webhooks", "test", id});

  EXPECT_THAT(taken, ExitsWith(0));
  EXPECT_THAT(taken.out, ContainsRegex("endpoint's status +200\nverified +yes"));

  place.webhooks.status = 500;
  EXPECT_THAT(place.run({"webhooks", "test", id}), ExitsWith(1));
}

TEST(Webhooks, AFileForASecretThatNeverCameIsTakenAway) {
  Workplace place;
  place.fault({.kind = sandbox::Fault::Kind::Status, .path = "/webhooks/", .status = 400});

  EXPECT_THAT(place.run({"webhooks", "create", "--url", "https://api.acme.example/hook", "--event",
                         "candidate.passed", "--secret-file", "hook.secret"}),
              ExitsWith(1));

  EXPECT_FALSE(std::filesystem::exists(place.folder / "hook.secret"));
}

TEST(Webhooks, MistakesAreExplained) {
  Workplace place;
  EXPECT_THAT(place.run({"webhooks", "create", "--url", "http://api.acme.example/hook"}),
              ExitsWith(2));
  const Ended event = place.run({"webhooks", "create", "--url", "https://api.acme.example/hook",
                                 "--event", "candidate.pased"});
  EXPECT_THAT(event, ExitsWith(2));
  EXPECT_THAT(event.err, HasSubstr("did you mean candidate.passed?"));
  EXPECT_THAT(place.run({"webhooks", "test", "no-such-id"}), ExitsWith(1));
}

TEST(Webhooks, VerifySaysWhichOfSeveralSecretsFits) {
  Workplace place;
  const std::string body = "{\"event\": \"webhook.test\"}\r\n";
  const std::string signature =
      webhook_signature(body, WebhookSecret("whsec_new")).text();
  place.folder.write("old", "whsec_old\n");
  place.folder.write("new", "whsec_new\n");
  place.folder.write("body", body);
  const Arguments verify{"webhooks",      "verify", "--secret-file", "old",
                         "--secret-file", "new",    "--signature",   signature};
  Arguments of_file = verify;
  of_file.emplace_back("body");

  EXPECT_EQ(place.run(of_file).out, "fits the secret of new\n");
  EXPECT_THAT(with_input(place, verify, body), ExitsWith(0));
  EXPECT_THAT(with_input(place, verify, "{\"event\": \"webhook.test\"}\n"), ExitsWith(1))
      << "every byte counts";
  EXPECT_EQ(json_of(place, of_file), Json({{"fits", true}, {"secret", "new"}}));
  EXPECT_THAT(
      place.run({"webhooks", "verify", "--secret-file", "old", "--signature", signature, "body"}),
      ExitsWith(1));
  EXPECT_EQ(
      place
          .run({"webhooks", "verify", "--secret-env", "HOOK", "--signature", signature, "body"},
               {{"HOOK", "whsec_new"}})
          .out,
      "fits the secret of HOOK\n");
  EXPECT_THAT(place.run({"webhooks", "verify", "--signature", signature, "body"}), ExitsWith(2));
  EXPECT_THAT(
      place.run({"webhooks", "verify", "--secret-file", "new", "--signature", "12", "body"}),
      ExitsWith(2));
  EXPECT_EQ(place.requests(), 0);
}

}  // namespace
}  // namespace praxisync::testing_support
