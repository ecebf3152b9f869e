/// What every connector must do when it reads. One INSTANTIATE line each, at the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/connectors/ats.h"
#include "domain/random.h"
#include "support/result_matchers.h"

namespace praxisync::testing_support {
namespace {

using namespace std::chrono_literals;
using sandbox::Fault;
using testing::HasSubstr;
using testing::Not;

constexpr int kMostPages = 10'000;

class ReadingContract : public testing::TestWithParam<std::string> {
 protected:
  /// One pull of a new process.
  Result<ApplicationPage> page() { return ats->connect()->pull(cursor); }

  /// From page to page until there is no more, each by a new process.
  void pull() {
    for (int pages = 0; pages < kMostPages; ++pages) {
      const Result<ApplicationPage> next = page();
      ASSERT_THAT(next, IsOk());
      mirror.take(*next);
      cursor = next->next;
      if (!next->more) return;
    }
    FAIL() << "the pull does not end";
  }

  void expect_truth() { EXPECT_EQ(mirror.people(), people_in(*ats)); }

  std::unique_ptr<Ats> ats = make_ats(GetParam());
  Mirror mirror;
  Cursor cursor;
};

TEST_P(ReadingContract, EverybodyInTheRoutedStageComesWithNameAndAddress) {
  ats->crowd(60);

  pull();

  ASSERT_EQ(people_in(*ats).size(), 60U);
  expect_truth();
  EXPECT_EQ(mirror.set_aside, 0);
}

TEST_P(ReadingContract, AKilledPullGoesOnAtThePageThatWasNotStored) {
  ats->crowd(40);
  for (int pages = 0; pages < kMostPages; ++pages) {
    const Result<ApplicationPage> lost = page();
    ASSERT_THAT(lost, IsOk());
    const Result<ApplicationPage> again = page();
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->applications, lost->applications);
    EXPECT_EQ(again->sweep, lost->sweep);
    mirror.take(*again);
    cursor = again->next;
    if (!again->more) break;
  }

  expect_truth();
}

TEST_P(ReadingContract, NobodyInTheStageIsAnAnswerToo) {
  pull();

  expect_truth();
}

TEST_P(ReadingContract, WhoMovesAtTheVeryInstantOfAPullIsFoundByTheNext) {
  ats->crowd(20);
  pull();
  ats->crowd(9, 100);

  pull();

  expect_truth();
}

TEST_P(ReadingContract, ManyChangesAtOneInstantAreAllFound) {
  ats->crowd(50);
  pull();
  ats->clock.advance(1h);
  for (const auto& [id, person] : people_in(*ats)) ats->world().move(id, ats->stage("Onsite"));
  ats->crowd(30, 200);
  ats->clock.advance(15min);

  pull();

  expect_truth();
}

TEST_P(ReadingContract, ANewProcessMayStartFromNothingAtAnyTime) {
  ats->crowd(30);
  pull();
  cursor = Cursor();
  Mirror fresh;
  std::swap(mirror, fresh);

  pull();

  expect_truth();
}

TEST_P(ReadingContract, AnExpiredCursorBeginsAnewAndInfersNoDepartures) {
  ats->crowd(40);
  pull();
  const auto everybody = mirror.people();
  ats->clock.advance(25h);  // a sweep is due
  const Result<ApplicationPage> first = page();
  ASSERT_THAT(first, IsOk());
  mirror.take(*first);
  EXPECT_EQ(mirror.people(), everybody);
  std::string lost = first->next.text();
  if (const std::size_t at = lost.find("&page="); at != std::string::npos)
    lost.replace(at, lost.find('&', at + 1) - at, "&page=0.expired");
  cursor = Cursor(lost);

  for (int pages = 0; pages < kMostPages; ++pages) {
    const Result<ApplicationPage> next = page();
    ASSERT_THAT(next, IsOk());
    if (pages == 0) {
      EXPECT_NE(next->sweep, Sweep::Ends);
    }
    mirror.take(*next);
    EXPECT_EQ(mirror.people(), everybody);
    cursor = next->next;
    if (!next->more) break;
  }

  expect_truth();
}

TEST_P(ReadingContract, NamesInAnyScriptAndWithControlCharactersDoNoHarm) {
  ats->hire("Zoë", "Ångström-Müller", "zoe@example.org");
  ats->hire("小明", "王", "wang@example.org");
  ats->hire("Robert\"); DROP TABLE", "O'Neil <b>", "bobby@example.org");
  if (GetParam() != "file") ats->hire("Eve\r\n\x1B[31m", "\u202EMallory", "eve@example.org");

  pull();

  std::vector<std::string> names;
  for (const auto& [id, application] : mirror.there) {
    names.push_back(application.name);
    for (const char c : application.name) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << id;
    EXPECT_THAT(application.name, Not(HasSubstr("\u202E")));
  }
  EXPECT_THAT(names, testing::IsSupersetOf(
                         {"Zoë Ångström-Müller", "小明 王", "Robert\"); DROP TABLE O'Neil <b>"}));
}

TEST_P(ReadingContract, LongIdsLoseNoDigit) {
  ats->crowd(25);

  pull();

  for (const auto& [id, application] : mirror.there) {
    EXPECT_NE(ats->world().application(id), nullptr) << id;
    EXPECT_NE(ats->world().person(application.candidate.text()), nullptr);
  }
  EXPECT_EQ(mirror.there.size(), 25U);
}

TEST_P(ReadingContract, WhoHasNoAddressComesWithoutOne) {
  ats->hire("Nora", "Nomail", "");

  pull();

  ASSERT_EQ(mirror.there.size(), 1U);
  EXPECT_EQ(mirror.there.begin()->second.email, "");
}

/// Recruiters do what they do, pulls come in between, and a sweep at the end has it all right.
TEST_P(ReadingContract, WhateverRecruitersDoTheReaderComesRight) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    ats = make_ats(GetParam());
    mirror = {};
    cursor = {};
    SeededRandom random(seed);
    ats->crowd(30);
    for (int round = 0; round < 25; ++round) {
      auto& world = ats->world();
      const auto people = people_in(*ats);
      if (people.size() > 4) {
        auto chosen = people.begin();
        std::advance(chosen, static_cast<std::ptrdiff_t>(random.below(people.size())));
        const std::string id = chosen->first;
        const std::string person = world.application(id)->person;
        switch (random.below(9)) {
          case 0:
            world.move(id, ats->stage("Onsite"));
            break;
          case 1:
            world.reject(id, world.reasons().front().id);
            break;
          case 2:
            world.hire(id);
            break;
          case 3:
            world.rename(person, "New", "Name" + std::to_string(round));
            break;
          case 4:
            world.change_emails(person, {"new" + std::to_string(round) + "@example.org"});
            break;
          case 5:
            world.merge(person, world.application(people.begin()->first)->person == person
                                    ? world.application(people.rbegin()->first)->person
                                    : world.application(people.begin()->first)->person);
            break;
          case 6:
            world.anonymise(person);
            break;
          case 7:
            world.remove_person(person);
            break;
          default:
            world.remove_application(id);
            break;
        }
      }
      ats->crowd(static_cast<int>(random.below(3)), 1000 + round * 10);
      ats->clock.advance(Milliseconds{static_cast<Milliseconds::rep>(random.below(3'600'000))});
      pull();
    }
    ats->clock.advance(25h);

    pull();

    expect_truth();
  }
}

INSTANTIATE_TEST_SUITE_P(Ats, ReadingContract,
                         testing::Values("ashby", "file", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

/// What every connector over HTTP must stand besides.
class NetworkContract : public ReadingContract {
 protected:
  void strike(Fault fault) { ats->faults()->add(std::move(fault)); }

  /// As pull(), but errors are allowed, noted and tried again by a new process.
  void pull_through(int most_errors) {
    for (int pages = 0; pages < kMostPages; ++pages) {
      const Result<ApplicationPage> next = page();
      if (!next) {
        errors.push_back(next.error());
        ASSERT_LE(static_cast<int>(errors.size()), most_errors) << next.error().what;
        ats->clock.advance(1h);
        --pages;
        continue;
      }
      mirror.take(*next);
      cursor = next->next;
      if (!next->more) return;
    }
    FAIL() << "the pull does not end";
  }

  void expect_no_secret_in(const std::string& text) {
    for (const std::string& secret : ats->secrets()) EXPECT_THAT(text, Not(HasSubstr(secret)));
  }

  std::vector<Error> errors;
};

TEST_P(NetworkContract, ARenamedStageIsNoDepartureForAnybody) {
  ats->crowd(12);
  pull();
  const auto everybody = mirror.people();
  ats->world().rename_stage(ats->stage(kStage), "Coding Test");
  for (const Milliseconds wait : {Milliseconds{15min}, Milliseconds{25h}}) {
    ats->clock.advance(wait);
    for (const auto& [id, person] : everybody)
      ats->world().change_emails(ats->world().application(id)->person, {"new@example.org"});

    for (int pages = 0; pages < kMostPages; ++pages) {
      const Result<ApplicationPage> next = page();
      if (!next) break;  // an ATS that is asked for stages by name may say that there is none
      mirror.take(*next);
      cursor = next->next;
      if (!next->more) break;
    }

    EXPECT_EQ(mirror.there.size(), everybody.size());
  }
}

/// More values than any page has, in a list that is well formed.
std::string oversized() {
  std::string list = "[0";
  for (int i = 0; i < 300'000; ++i) list += ",0";
  return list + "]";
}

struct Answer {
  std::string name, body;
};

TEST_P(NetworkContract, JunkInsteadOfAnyAnswerIsAnErrorAndNeverAnEmptyList) {
  const std::vector<Answer> answers{{"html", "<!doctype html><html><body>Sign in</body></html>"},
                                    {"empty", ""},
                                    {"null", "null"},
                                    {"number", "17"},
                                    {"text", "\"ok\""},
                                    {"error", R"({"error": "down for maintenance"})"},
                                    {"cut", R"({"success": true, "data": [{"id": "1)"},
                                    {"bytes", "\xFF\xFE\x00\x01"},
                                    {"deep", std::string(100'000, '[')},
                                    {"nan", R"([NaN])"},
                                    {"oversized", oversized()}};
  for (const Answer& answer : answers) {
    int struck = 0;
    for (int request = 0; request < 200; ++request) {
      SCOPED_TRACE(testing::Message() << answer.name << " at request " << request);
      ats = make_ats(GetParam());
      mirror = {};
      cursor = {};
      errors.clear();
      ats->crowd(8);
      pull();
      const auto everybody = mirror.people();
      ats->clock.advance(25h);
      strike({.kind = Fault::Kind::Status,
              .skip = request,
              .times = 1,
              .status = 200,
              .headers = {{"Content-Type", "application/json"}},
              .body = answer.body});

      pull_through(1);

      EXPECT_EQ(mirror.people(), everybody);
      expect_truth();
      for (const Error& error : errors) expect_no_secret_in(error.what);
      if (ats->faults()->waiting() > 0) break;
      ++struck;
    }
    EXPECT_GE(struck, 2) << answer.name;
  }
}

TEST_P(NetworkContract, ALostOrBrokenAnswerToAnyRequestIsReadAgain) {
  const std::vector<Fault> faults{
      {.kind = Fault::Kind::DropBefore},
      {.kind = Fault::Kind::DropAfterApplying},
      {.kind = Fault::Kind::Truncate, .bytes = 3},
      {.kind = Fault::Kind::Delay, .delay = 50s},
      {.kind = Fault::Kind::Status, .status = 500},
      {.kind = Fault::Kind::Status, .status = 503, .headers = {{"Retry-After", "3"}}},
      {.kind = Fault::Kind::Status, .status = 429, .headers = {{"Retry-After", "3"}}},
      {.kind = Fault::Kind::Status, .status = 429}};
  for (std::size_t kind = 0; kind < faults.size(); ++kind) {
    int struck = 0;
    for (int request = 0; request < 200; ++request) {
      SCOPED_TRACE(testing::Message() << "fault " << kind << " at request " << request);
      ats = make_ats(GetParam());
      mirror = {};
      cursor = {};
      ats->crowd(20);
      Fault fault = faults[kind];
      fault.skip = request;
      strike(fault);

      pull();

      expect_truth();
      if (ats->faults()->waiting() > 0) break;
      ++struck;
    }
    EXPECT_GE(struck, 2);
  }
}

TEST_P(NetworkContract, A429IsObeyed) {
  ats->crowd(5);
  strike({.kind = Fault::Kind::Status, .status = 429, .headers = {{"Retry-After", "17"}}});
  const Timestamp began = ats->clock.now();

  pull();

  EXPECT_GE(ats->clock.now() - began, 17s);
  expect_truth();
}

TEST_P(NetworkContract, A429ForLongEndsThePullInOrder) {
  ats->crowd(5);
  strike({.kind = Fault::Kind::Status,
          .times = 100,
          .status = 429,
          .headers = {{"Retry-After", "3600"}}});
  const int before = ats->requests();

  const Result<ApplicationPage> refused = page();

  ASSERT_THAT(refused, FailsWith(ErrorKind::Throttled));
  EXPECT_GE(*refused.error().retry_at - ats->clock.now(), 3599s);
  EXPECT_LE(ats->requests() - before, 2);
  ats->faults()->clear();
  pull();
  expect_truth();
}

TEST_P(NetworkContract, ACredentialThatIsRefusedOnceIsTriedOnceMore) {
  ats->crowd(5);
  strike({.kind = Fault::Kind::Status, .status = 401});

  pull();

  expect_truth();
}

TEST_P(NetworkContract, ACredentialThatIsRefusedForEverIsNotHammered) {
  ats->crowd(5);
  strike({.kind = Fault::Kind::Status, .times = 1000, .status = 401});
  const auto connector = ats->connect();
  const int before = ats->requests();

  for (int i = 0; i < 10; ++i) {
    const Result<ApplicationPage> refused = connector->pull(Cursor());
    ASSERT_THAT(refused, FailsWith(ErrorKind::Unauthorized));
    expect_no_secret_in(refused.error().what);
  }

  EXPECT_LE(ats->requests() - before, 4);
}

TEST_P(NetworkContract, AForbiddenListIsNotAnEmptyOne) {
  ats->crowd(5);
  pull();
  const auto everybody = mirror.people();
  ats->clock.advance(25h);
  strike(
      {.kind = Fault::Kind::Status, .times = 1000, .status = 403, .body = R"({"message": "no"})"});

  const Result<ApplicationPage> refused = page();

  EXPECT_THAT(refused, FailsWith(ErrorKind::Unauthorized));
  ats->faults()->clear();
  pull();
  EXPECT_EQ(mirror.people(), everybody);
}

TEST_P(NetworkContract, AStormOf5xxIsNotFed) {
  ats->crowd(5);
  strike({.kind = Fault::Kind::Status, .times = 100'000, .status = 503});
  const auto connector = ats->connect();
  const int before = ats->requests();

  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(connector->pull(Cursor()), FailsWith(ErrorKind::Transient));
  }

  EXPECT_LE(ats->requests() - before, 20 + 10 + 20 + 10);
}

TEST_P(NetworkContract, ARedirectIsNotFollowed) {
  ats->crowd(5);
  for (const int status : {301, 302, 307, 308}) {
    strike({.kind = Fault::Kind::Status,
            .status = status,
            .headers = {{"Location", "https://evil.example/?key=1"}}});
    const int before = ats->requests();

    const Result<ApplicationPage> refused = page();

    EXPECT_THAT(refused, FailsWith(ErrorKind::Malformed)) << status;
    EXPECT_LE(ats->requests() - before, 2);
  }
  pull();
  expect_truth();
}

INSTANTIATE_TEST_SUITE_P(Ats, NetworkContract, testing::Values("ashby", "greenhouse", "lever"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace praxisync::testing_support
