#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

void export_two(Workplace& place) {
  place.exports({{.name = "ada"}, {.name = "gus", .job = kGraduate}});
}

TEST(Doctor, FindsEverythingInOrderAndChangesNothing) {
  Workplace place;
  export_two(place);

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("key of Acme Corp"), HasSubstr("quota: 500 invitations left"),
                    HasSubstr("assessment senior-backend-screen: active"),
                    HasSubstr("pipeline grad-2025: 3 stages"),
                    HasSubstr("route backend: takes 1 applications"),
                    HasSubstr("route graduate: takes 1 applications")));
  EXPECT_THAT(ended.out, AllOf(Not(HasSubstr("warning")), Not(HasSubstr("FAILED"))));
  EXPECT_EQ(place.writes(), 0);
  EXPECT_FALSE(std::filesystem::exists(place.folder / "praxisync.db"));
  EXPECT_THAT(place.run({"sync"}), ExitsWith(0));
  EXPECT_THAT(place.run({"doctor"}), ExitsWith(0));
}

TEST(Doctor, ShowsWhereAnAssessmentIsMisspelt) {
  Workplace place;
  export_two(place);
  place.edit_config("assessment = \"senior-backend-screen\"",
                    "assessment = \"senior-backend-scren\"");

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("FAILED   assessment senior-backend-scren: praxisync.toml:13:"),
                    HasSubstr("did you mean senior-backend-screen?")));
}

TEST(Doctor, ShowsWhereAPipelineIsMisspeltOrAnAssessmentIsArchived) {
  Workplace place;
  export_two(place);
  place.edit_config("pipeline = \"grad-2025\"", "pipeline = \"grad-2024\"");
  place.edit_config("assessment = \"senior-backend-screen\"", "assessment = \"frontend-2023\"");

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(2));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("did you mean grad-2025?"),
                               HasSubstr("assessment frontend-2023: is archived")));
}

TEST(Doctor, ShowsWhichStageOccursWhereARouteTakesNobody) {
  Workplace place;
  export_two(place);
  place.edit_config("stage = \"Technical Test\"", "stage = \"Tecnical Test\"");

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(
      ended.out,
      AllOf(HasSubstr("warning  route backend: praxisync.toml:13:"),
            HasSubstr("no stage \"Tecnical Test\" occurs; did you mean \"Technical Test\"?")));
}

TEST(Doctor, TellsARefusedKey) {
  Workplace place;
  export_two(place);
  place.key = "ct_live_revoked_key_000";

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(5));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("FAILED   Assess API"), HasSubstr("Developer > API Keys"),
                               HasSubstr("route backend: takes 1 applications")));
}

TEST(Doctor, NamesTheScopeThatTheKeyLacks) {
  Workplace place;
  export_two(place);
  place.key = "ct_live_key_without_results";
  place.server().between_requests([&](sandbox::AssessSandbox& sandbox) {
    sandbox.add_key(place.key, {"assessments:read", "invitations:read", "invitations:write"});
  });

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(5));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("FAILED   scope candidates:read"),
                               HasSubstr("give the key the scope candidates:read"),
                               HasSubstr("ok       scope invitations:read")));
}

TEST(Doctor, SaysThatNobodyAnswers) {
  Workplace place;
  export_two(place);
  place.server().stop();

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(1));
  EXPECT_THAT(ended.out, AllOf(HasSubstr("FAILED   Assess API"), HasSubstr("base_url")));
}

TEST(Doctor, WarnsOfADatabaseThatOthersCanRead) {
  Workplace place;
  export_two(place);
  place.run({"sync"});
  std::filesystem::permissions(place.folder / "praxisync.db", std::filesystem::perms{0644});

  const Ended ended = place.run({"doctor"});

  EXPECT_THAT(ended, ExitsWith(0));
  EXPECT_THAT(ended.out, HasSubstr("warning  database"));
}

}  // namespace
}  // namespace praxisync::testing_support
