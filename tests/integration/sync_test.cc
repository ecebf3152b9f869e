// A whole sync, and what it does when something is wrong: exit codes 0, 1, 3, 5 and 7.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using sandbox::Endpoint;
using sandbox::Fault;
using testing::_;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

constexpr Milliseconds kDay = std::chrono::hours{24};

/// A database of a run that has invited somebody.
std::string used_database(Workplace& place) {
  place.exports(crowd("ada", 3));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  return place.folder.read("praxisync.db");
}

TEST(Sync, InvitesEnrollsCollectsAndWritesBackUntilNothingIsLeft) {
  Workplace place;
  auto people = crowd("ada", 3);
  people.push_back({.name = "gus", .job = kGraduate});
  people.push_back({.name = "eve", .job = kBackend, .stage = "Phone Screen"});
  place.exports(people);

  const Ended first = place.run({"sync"});
  EXPECT_THAT(first, ExitsWith(0));
  EXPECT_THAT(first.out, AllOf(HasSubstr("done"), HasSubstr("invited"), HasSubstr("enrolled")));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(4), Each(Pair(_, 1))));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(1), Each(Pair(_, 1))));
  for (int stage = 0; stage < 4; ++stage) {
    place.advance(kDay);
    place.everybody_finishes();
    EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  }
  EXPECT_THAT(place.results(), AllOf(SizeIs(8), Each(Pair(_, 1))));

  const int requests = place.requests();
  const std::string results = place.folder.read("results.csv");
  const Ended idle = place.run({"sync"});
  EXPECT_THAT(idle, ExitsWith(0));
  EXPECT_THAT(idle.out, HasSubstr("nothing new"));
  EXPECT_EQ(place.requests(), requests);
  EXPECT_EQ(place.folder.read("results.csv"), results);
}

TEST(Sync, FailsWhereTheServerDoesAndTheNextRunGoesOn) {
  Workplace place;
  place.exports(crowd("ada", 5));
  place.fault({.kind = Fault::Kind::Status, .times = 1000, .status = 503});

  const Ended storm = place.run({"sync"});
  EXPECT_THAT(storm, ExitsWith(1));
  EXPECT_THAT(storm.out, AllOf(HasSubstr("failed"), HasSubstr("HTTP 503 from 127.0.0.1"),
                               HasSubstr("5 queued")));
  place.server().between_requests(
      [](sandbox::AssessSandbox& sandbox) { sandbox.faults().clear(); });
  EXPECT_THAT(place.invitations(), IsEmpty());

  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
}

TEST(Sync, RepeatsABulkInvitationWhoseAnswerWasLost) {
  for (const auto kind :
       {Fault::Kind::StatusAfterApplying, Fault::Kind::DropAfterApplying, Fault::Kind::Truncate}) {
    SCOPED_TRACE(sandbox::to_string(kind));
    Workplace place;
    place.exports(crowd("ada", 5));
    place.fault({.kind = kind, .method = http::Method::Post, .status = 502, .bytes = 20});

    EXPECT_THAT(place.run({"sync"}), ExitsWith(0));

    EXPECT_EQ(place.calls(Endpoint::BulkInvite), 2);
    EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
    EXPECT_THAT(place.run({"status"}).out,
                HasSubstr("5 waiting for candidates, 0 to write back, 0 blocked, 0 to settle"));
  }
}

TEST(Sync, SettlesAnEnrollmentWhoseAnswerWasDropped) {
  Workplace place;
  place.exports(crowd("gus", 3, kGraduate));
  place.fault({.kind = Fault::Kind::DropAfterApplying, .path = "/enroll/", .skip = 1});

  EXPECT_THAT(place.run({"sync"}), ExitsWith(1));
  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(3), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));

  EXPECT_THAT(place.enrollments(), AllOf(SizeIs(3), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"status"}).out,
              HasSubstr("3 waiting for candidates, 0 to write back, 0 blocked, 0 to settle"));
}

struct Damage {
  std::string name;
  void (*apply)(std::string& database);
  std::string said;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedDatabase : public testing::TestWithParam<Damage> {};

TEST_P(DamagedDatabase, IsRefusedAndKeptByteForByte) {
  Workplace place;
  std::string database = used_database(place);
  GetParam().apply(database);
  place.folder.write("praxisync.db", database);
  const int requests = place.requests();

  for (const char* command : {"sync", "status", "plan"}) {
    SCOPED_TRACE(command);
    const Ended ended = place.run({command});

    EXPECT_THAT(ended, ExitsWith(1));
    EXPECT_THAT(ended.err, AllOf(HasSubstr("praxisync.db"), HasSubstr(GetParam().said)));
    EXPECT_THAT(ended.out, IsEmpty());
    EXPECT_TRUE(place.folder.read("praxisync.db") == database);
  }
  EXPECT_EQ(place.requests(), requests);
}

// Where things are in a database file: https://www.sqlite.org/fileformat.html, 'The Database
// Header'.
constexpr std::size_t kUserVersion = 60, kApplicationId = 68, kPage = 4096;

INSTANTIATE_TEST_SUITE_P(
    Table, DamagedDatabase,
    testing::Values(Damage{"NoDatabaseAtAll", [](std::string& bytes) { bytes.assign(20'000, 'x'); },
                           "kept as it is"},
                    Damage{"PagesOverwritten",
                           [](std::string& bytes) {
                             for (std::size_t at = kPage; at + kPage <= bytes.size(); at += kPage) {
                               bytes.replace(at, 64, std::string(64, '\xff'));
                             }
                           },
                           "kept as it is"},
                    Damage{"CutShort", [](std::string& bytes) { bytes.resize(3 * kPage); },
                           "kept as it is"},
                    Damage{"NewerSchema",
                           [](std::string& bytes) {
                             bytes.replace(kUserVersion, 4, {'\0', '\0', '\x27', '\x0f'});
                           },
                           "schema version 9999"},
                    Damage{"AnotherProgram",
                           [](std::string& bytes) {
                             bytes.replace(kApplicationId, 4, {'a', 'b', 'c', 'd'});
                           },
                           "of another program"}),
    [](const auto& row) { return row.param.name; });

TEST(Sync, ReportsABadRowAndACandidateWithoutAddressOnce) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.folder.append("export.csv", "app-broken,cand-broken\r\n");
  place.folder.append(
      "export.csv",
      "app-mute,cand-mute,,Mute,Senior Backend Engineer,Technical Test,2026-01-05T09:00:00Z\r\n");

  const Ended first = place.run({"sync"});
  EXPECT_THAT(first, ExitsWith(3));
  EXPECT_THAT(first.out, AllOf(HasSubstr("export.csv:5"), HasSubstr("blocked"),
                               HasSubstr("records set aside")));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(3), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  const Ended status = place.run({"status"});
  EXPECT_THAT(status.out,
              AllOf(HasSubstr("1 blocked"), HasSubstr("1 records of the ATS could not be read")));
}

TEST(Sync, GoesOnWhenACandidateWithoutAddressHasLeft) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.folder.append("export.csv",
                      "app-mute,cand-mute,,Mute,Senior Backend Engineer,Technical Test,\r\n");
  EXPECT_THAT(place.run({"sync"}), ExitsWith(3));
  place.exports(crowd("ada", 3));
  place.advance(kDay);
  place.everybody_finishes();

  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));

  EXPECT_THAT(place.results(), SizeIs(6));
}

TEST(Sync, BlocksTheOneAddressThatTheApiRefuses) {
  Workplace place;
  place.exports(crowd("ada", 4));
  place.folder.append("export.csv",
                      "app-odd,cand-odd,odd@nodot,Odd,Senior Backend Engineer,Technical Test,\r\n");

  const Ended first = place.run({"sync"});

  EXPECT_THAT(first, ExitsWith(3));
  EXPECT_THAT(first.out,
              AllOf(HasSubstr("invite to senior-backend-screen"), Not(HasSubstr("odd@nodot"))));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(4), Each(Pair(_, 1))));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
}

TEST(Sync, StopsWhereTheKeyIsRefused) {
  Workplace place;
  place.exports(crowd("ada", 3));
  place.key = "ct_live_revoked_key_000";

  const Ended ended = place.run({"sync"});

  EXPECT_THAT(ended, ExitsWith(5));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("unauthorized"), HasSubstr("HTTP 401"), HasSubstr("3 queued")));
  EXPECT_EQ(place.requests(), 1) << "a refused key is not tried again";
  place.key = sandbox::kDemoKey;
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), SizeIs(3));
}

TEST(Sync, IsHeldByTheSafetyLimitUntilThatManyAreConfirmed) {
  Workplace place;
  place.edit_config("max_invites_per_run = 500", "max_invites_per_run = 3");
  auto people = crowd("ada", 3);
  people.push_back({.name = "gus", .job = kGraduate});
  people.push_back({.name = "hal", .job = kGraduate});
  place.exports(people);

  const Ended held = place.run({"sync"});
  EXPECT_THAT(held, ExitsWith(7));
  EXPECT_THAT(held.out, AllOf(HasSubstr("5 people would be contacted, 3 are allowed"),
                              HasSubstr("--confirm 5")));
  EXPECT_THAT(place.run({"sync", "--confirm", "4"}), ExitsWith(7));
  EXPECT_EQ(place.writes(), 0);

  EXPECT_THAT(place.run({"sync", "--confirm", "5"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(5), Each(Pair(_, 1))));
  EXPECT_THAT(place.enrollments(), SizeIs(2));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
}

struct Paging {
  std::string name;
  sandbox::Pagination pagination;
  sandbox::Documents documents;
};
void PrintTo(const Paging& paging, std::ostream* out) { *out << paging.name; }

class BothPaginations : public testing::TestWithParam<Paging> {};

/// More people than two pages hold. `next` names another host, where nobody answers.
TEST_P(BothPaginations, AreReadToTheirEnd) {
  constexpr int kPeople = 230;
  Workplace place({.pagination = GetParam().pagination, .documents = GetParam().documents});
  // One row a person: what is tried here is the reading.
  place.edit_config("on_passed = { note = true, tag = \"assessment-passed\" }",
                    "on_passed = { tag = \"assessment-passed\" }");
  place.exports(crowd("ada", kPeople));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.invitations(), AllOf(SizeIs(kPeople), Each(Pair(_, 1))));
  place.advance(kDay);
  place.everybody_finishes();

  const Ended ended = place.run({"sync"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_GE(place.calls(Endpoint::ListResults), 3);
  EXPECT_THAT(place.results(), AllOf(SizeIs(kPeople), Each(Pair(_, 1))));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BothPaginations,
    testing::Values(Paging{"Cursor", sandbox::Pagination::Cursor, sandbox::Documents::New},
                    Paging{"Page", sandbox::Pagination::Page, sandbox::Documents::Old}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync::testing_support
