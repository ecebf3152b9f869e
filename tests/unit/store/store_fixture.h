/// A store on a scratch file, with short words for what arrives in it: one connector, people in the
/// stage of the route "backend" unless a test says otherwise.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "store/store.h"
#include "support/result_matchers.h"
#include "support/scratch_folder.h"

namespace praxisync::store {

using namespace std::chrono_literals;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;
using testing_support::ScratchFolder;

inline constexpr Timestamp kNow =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::March / 2};
inline constexpr Milliseconds kDay = 24h;
inline const ConnectorName kGh{"gh"};
inline const Target kScreen{TargetKind::Assessment, "screen"};
inline const Target kGrad{TargetKind::Pipeline, "grad"};

/// An application with the routes that take it.
struct Listed {
  Application application;
  std::vector<Candidacy> candidacies;
};

inline Candidacy to_screen(const std::string& route = "backend") {
  return Candidacy{RouteName(route), kScreen, SendEmail::Yes, "Backend Engineer"};
}
inline Candidacy to_grad(const std::string& route = "graduates") {
  return Candidacy{RouteName(route), kGrad, SendEmail::Yes, "Graduate"};
}

inline Listed listed(const std::string& id, const std::string& email,
                     std::vector<Candidacy> candidacies = {to_screen()}) {
  return Listed{Application{.id = ApplicationId(id),
                            .candidate = CandidateId("person-" + id),
                            .email = email,
                            .name = "Name of " + id,
                            .job = "Backend Engineer",
                            .stage = "Technical Test"},
                std::move(candidacies)};
}

/// As before, but in a stage that no route takes.
inline Listed gone(const std::string& id, const std::string& email) {
  Listed left = listed(id, email, {});
  left.application.stage = "Onsite";
  return left;
}

struct Page {
  Sweep sweep = Sweep::Incremental;
  std::vector<SetAside> set_aside{};
  std::string next = "cursor";
  ConnectorName connector = kGh;
  std::vector<Departure> left{};
  std::vector<std::string> swept_stages{};
};

class StoreTest : public testing::Test {
 protected:
  Stamp stamp(Milliseconds after = 0ms) const { return Stamp{run, kNow + after}; }

  PageCounts accept(const std::vector<Listed>& people, const Page& page = {}) {
    ApplicationPage pulled;
    pulled.set_aside = page.set_aside;
    pulled.left = page.left;
    pulled.swept_stages = page.swept_stages;
    pulled.next = Cursor(page.next);
    pulled.sweep = page.sweep;
    pulled.more = page.sweep == Sweep::Starts || page.sweep == Sweep::Continues;
    std::vector<Arrival> arrivals;
    for (const Listed& person : people) {
      pulled.applications.push_back(person.application);
      arrivals.push_back(Arrival{&person.application, person.candidacies});
    }
    Result<PageCounts> counts =
        store.applications().accept_page(page.connector, pulled, arrivals, "routes-1", stamp());
    EXPECT_THAT(counts, IsOk());
    return counts ? *std::move(counts) : PageCounts{};
  }

  Story story(const std::string& application, const std::string& route = "backend") {
    Result<std::vector<Story>> stories = store.view().explain(application);
    EXPECT_THAT(stories, IsOk());
    for (Story& found : stories.value()) {
      if (found.application.text() == application && found.route.text() == route) {
        return std::move(found);
      }
    }
    ADD_FAILURE() << "no screening of " << application << " under " << route;
    return Story{};
  }
  State state(const std::string& application, const std::string& route = "backend") {
    return story(application, route).state;
  }
  Engagement engagement(const std::string& application, const std::string& route = "backend") {
    return story(application, route).engagement.value_or(Engagement{});
  }

  /// Opens an intent for one engagement and settles it.
  SettledCounts settle(IntentKind kind, Settlement settlement, Milliseconds after = 0ms) {
    const Result<IntentKey> intent = store.intents().open(kind, "screen", {settlement.engagement},
                                                          "{}", kNow + after, stamp(after));
    EXPECT_THAT(intent, IsOk());
    const Result<SettledCounts> counts =
        store.intents().settle(*intent, {std::move(settlement)}, stamp(after));
    EXPECT_THAT(counts, IsOk());
    return counts ? *counts : SettledCounts{};
  }

  /// Invites whoever stands behind that application; the token is "token-" and its id.
  void invite(const std::string& application, Milliseconds after = 0ms) {
    settle(IntentKind::BulkInvite,
           Settlement{.engagement = engagement(application).key,
                      .answer = Answer::Invited,
                      .token = InviteToken("token-" + application)},
           after);
  }
  void cancel(const std::string& application) {
    settle(IntentKind::Cancel,
           Settlement{.engagement = engagement(application).key, .answer = Answer::Cancelled});
  }
  void enroll(const std::string& application) {
    settle(IntentKind::Enroll, Settlement{.engagement = engagement(application, "graduates").key,
                                          .answer = Answer::Enrolled,
                                          .enrollment = EnrollmentId("enrollment-" + application)});
  }

  CollectCounts results(const std::string& assessment, const std::vector<SessionResult>& rows,
                        Milliseconds after = 1h) {
    const auto counts =
        store.engagements().record_results(assessment, rows, Checkpoint{}, stamp(after));
    EXPECT_THAT(counts, IsOk());
    return counts ? *counts : CollectCounts{};
  }
  CollectCounts sightings(const std::vector<InviteSighting>& rows, Milliseconds after = 1h) {
    const auto counts = store.engagements().record_sightings(rows, stamp(after));
    EXPECT_THAT(counts, IsOk());
    return counts ? *counts : CollectCounts{};
  }
  /// Invites the person of that application, who passes or fails with 80 %.
  void complete(const std::string& application, std::optional<bool> passed) {
    invite(application);
    SessionResult row;
    row.token = InviteToken("token-" + application);
    row.passed = passed;
    row.outcome.score_percentage = 80;
    results("screen", {row});
  }
  void expire(const std::string& application) {
    InviteSighting row;
    row.assessment = "screen";
    row.token = engagement(application).token;
    row.state = State::Expired;
    sightings({row}, 7 * kDay);
  }

  /// The first column of the first row, read by a connection of its own.
  std::string raw(const std::string& sql) const {
    SQLite::Database connection(path.string(), SQLite::OPEN_READWRITE);
    return connection.execAndGet(sql).getString();
  }

  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
  Store store = Store::open(path).value();
  RunKey run = store.runs().begin(kNow).value();
};

inline SessionResult result_of(const std::string& token, const std::string& email,
                               std::optional<bool> passed) {
  SessionResult row;
  row.token = InviteToken(token);
  row.email_key = email;
  row.passed = passed;
  return row;
}

inline InviteSighting sighting_of(const std::string& token, const std::string& email,
                                  std::optional<State> state) {
  InviteSighting row;
  row.assessment = "screen";
  row.token = InviteToken(token);
  row.email_key = email;
  row.state = state;
  return row;
}

}  // namespace praxisync::store
