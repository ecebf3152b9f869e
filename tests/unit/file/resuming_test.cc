#include <fcntl.h>
#include <sys/stat.h>

#include "csv/csv_writer.h"
#include "connectors/file/position.h"
#include "domain/random.h"
#include "unit/file/file_world.h"

namespace praxisync::file {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::FailsSaying;
using testing_support::IsOk;

class Resuming : public FileTest {
 protected:
  connector::Settings paged(const std::string& path, std::size_t page_size) const {
    connector::Settings with = settings(path);
    with.set("page_size", std::to_string(page_size));
    return with;
  }

  /// Sets the time of change, as if the file had been written some seconds after 2026 began.
  void touch(const std::string& name, int seconds) const {
    const timespec at{.tv_sec = 1'767'225'600 + seconds, .tv_nsec = 0};
    const timespec times[2] = {at, at};
    ASSERT_EQ(::utimensat(AT_FDCWD, (folder / name).c_str(), times, 0), 0);
  }

  /// The first page of `page_size`, and no more.
  ApplicationPage first_page(const connector::Settings& with) {
    Result<ApplicationPage> page = make(with)->pull(Cursor());
    EXPECT_THAT(page, IsOk());
    return page ? *std::move(page) : ApplicationPage{};
  }
};

TEST_F(Resuming, GivesTheSameListForEveryPageSize) {
  std::string text = export_of(1, 30) + "bad row\n\n" + rows_of(31, 9) +
                     "40,\"p@b.c\",\"two\r\nlines\",J,S\r\n" + "41,\"open,J,S\n" + rows_of(42, 3);
  folder.write("export.csv", text);
  const Pulled whole = pulled(settings("export.csv"));
  ASSERT_THAT(whole.applications, SizeIs(43));
  ASSERT_THAT(whole.set_aside, SizeIs(2));

  for (std::size_t page_size = 1; page_size <= 47; ++page_size) {
    SCOPED_TRACE(testing::Message() << "page size " << page_size);
    const Pulled all = pulled(paged("export.csv", page_size));

    EXPECT_EQ(all.applications, whole.applications);
    EXPECT_EQ(all.set_aside, whole.set_aside);
    EXPECT_EQ(all.next, whole.next);
  }
}

TEST_F(Resuming, GivesTheSameListWhateverTheRowsHold) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRandom random(seed);
    const char separator = std::string_view(",;\t")[random.below(3)];
    const std::string line_end = std::vector<std::string>{"\n", "\r\n", "\r"}[random.below(3)];
    const std::vector<std::string> pieces = {"x", "\"", "\n", ",", ";", "\t", "é", "\r\n", "y z"};
    std::vector<std::string> names;
    std::string text =
        csv::csv_row(std::vector<std::string>{"application_id", "email", "name", "job", "stage"},
                separator, line_end);
    for (std::uint64_t row = 0; row < 5 + random.below(30); ++row) {
      std::string name = "<";
      for (std::uint64_t i = random.below(6); i > 0; --i)
        name += pieces[random.below(pieces.size())];
      names.push_back(name += ">");
      text += csv::csv_row(std::vector<std::string>{std::to_string(row), "a@b.c", name, "J", "S"},
                      separator, line_end);
    }
    folder.write("export.csv", text);

    const Pulled all = pulled(paged("export.csv", 1 + random.below(7)));

    ASSERT_THAT(all.applications, SizeIs(names.size()));
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(all.applications[i].name, names[i]);
    EXPECT_THAT(all.set_aside, IsEmpty());
  }
}

TEST_F(Resuming, MarksTheFirstAndTheLastPageOfASweep) {
  folder.write("export.csv", export_of(1, 9));

  EXPECT_THAT(pulled(paged("export.csv", 3)).sweeps,
              ElementsAre(Sweep::Starts, Sweep::Continues, Sweep::Ends));
  EXPECT_THAT(pulled(paged("export.csv", 9)).sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Resuming, AsksTheSamePageAgainWithoutEffect) {
  folder.write("export.csv", export_of(1, 9));
  const std::unique_ptr<connector::Connector> connector = make(paged("export.csv", 4));
  const Result<ApplicationPage> first = connector->pull(Cursor());
  ASSERT_THAT(first, IsOk());

  const Result<ApplicationPage> once = connector->pull(first->next);
  const Result<ApplicationPage> again = connector->pull(first->next);

  ASSERT_THAT(once, IsOk());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(once->applications, again->applications);
  EXPECT_EQ(once->next, again->next);
}

TEST_F(Resuming, FindsNothingNewInAnUnchangedFile) {
  folder.write("export.csv", export_of(1, 9));
  const Pulled all = pulled(settings("export.csv"));

  const Pulled again = pulled(settings("export.csv"), all.next);

  EXPECT_THAT(again.applications, IsEmpty());
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Incremental));
  EXPECT_EQ(again.next, all.next);
}

TEST_F(Resuming, FindsNothingNewInAFileWrittenAnewWithTheSameText) {
  folder.write("export.csv", export_of(1, 9));
  const Pulled all = pulled(settings("export.csv"));
  std::filesystem::remove(folder / "export.csv");
  folder.write("other.txt", "takes the place on the disk");
  folder.write("export.csv", export_of(1, 9));
  touch("export.csv", 1);

  const Pulled again = pulled(settings("export.csv"), all.next);

  EXPECT_THAT(again.applications, IsEmpty());
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Incremental));
  EXPECT_EQ(pulled(settings("export.csv"), again.next).next, again.next);
}

TEST_F(Resuming, ReadsOnlyWhatWasAppended) {
  folder.write("export.csv", export_of(1, 5));
  const Pulled all = pulled(settings("export.csv"));
  folder.append("export.csv", rows_of(6, 5));

  const Pulled more = pulled(paged("export.csv", 2), all.next);

  EXPECT_THAT(more.ids(), ElementsAre("6", "7", "8", "9", "10"));
  EXPECT_THAT(more.sweeps, Each(Sweep::Incremental));
  EXPECT_THAT(pulled(settings("export.csv"), more.next).applications, IsEmpty());
}

TEST_F(Resuming, ReadsALastRowAgainThatWasWrittenToItsEndLater) {
  folder.write("export.csv", export_of(1, 2) + "3,p3@example.org,Person 3,Engineer,Te");
  const Pulled all = pulled(settings("export.csv"));
  folder.append("export.csv", "st\n" + rows_of(4, 1));

  const Pulled more = pulled(settings("export.csv"), all.next);

  ASSERT_THAT(more.ids(), ElementsAre("3", "4"));
  EXPECT_EQ(more.applications[0].stage, "Test");
  EXPECT_THAT(more.sweeps, ElementsAre(Sweep::Incremental));
}

TEST_F(Resuming, StartsANewSweepWhenTheFileIsReplaced) {
  folder.write("export.csv", export_of(1, 5));
  const Pulled all = pulled(settings("export.csv"));
  folder.write("new.csv", export_of(3, 9));
  std::filesystem::rename(folder / "new.csv", folder / "export.csv");

  const Pulled again = pulled(settings("export.csv"), all.next);

  EXPECT_THAT(again.applications, SizeIs(9));
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Resuming, StartsANewSweepWhenTheFileWasEditedInItsMiddle) {
  std::string text = export_of(1, 5);
  folder.write("export.csv", text);
  touch("export.csv", 1);
  const Pulled all = pulled(settings("export.csv"));
  text.replace(text.find("Person 3"), 8, "Person X");
  folder.write("export.csv", text + rows_of(6, 1));
  touch("export.csv", 2);

  const Pulled again = pulled(settings("export.csv"), all.next);

  EXPECT_THAT(again.ids(), ElementsAre("1", "2", "3", "4", "5", "6"));
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Resuming, StartsANewSweepWhenTheFileGotShorter) {
  folder.write("export.csv", export_of(1, 5));
  const Pulled all = pulled(settings("export.csv"));
  folder.write("export.csv", export_of(1, 4));

  const Pulled again = pulled(settings("export.csv"), all.next);

  EXPECT_THAT(again.ids(), ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Resuming, StartsANewSweepWhenTheFileIsReplacedHalfway) {
  folder.write("export.csv", export_of(1, 9));
  const ApplicationPage first = first_page(paged("export.csv", 4));
  folder.write("export.csv", export_of(11, 9));
  touch("export.csv", 7);

  const Pulled again = pulled(paged("export.csv", 4), first.next);

  EXPECT_THAT(again.applications, SizeIs(9));
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Starts, Sweep::Continues, Sweep::Ends));
}

TEST_F(Resuming, GoesOnWithASweepWhenTheFileGrowsHalfway) {
  folder.write("export.csv", export_of(1, 6));
  const ApplicationPage first = first_page(paged("export.csv", 4));
  folder.append("export.csv", rows_of(7, 2));

  const Pulled rest = pulled(paged("export.csv", 4), first.next);

  EXPECT_THAT(rest.ids(), ElementsAre("5", "6", "7", "8"));
  EXPECT_THAT(rest.sweeps, ElementsAre(Sweep::Ends));
}

TEST_F(Resuming, StartsANewSweepWhenTheColumnsAreReadOtherwise) {
  folder.write("export.csv", export_of(1, 5));
  const Pulled all = pulled(settings("export.csv"));
  connector::Settings with = settings("export.csv");
  with.set_entry("columns", "job", "name");

  const Pulled again = pulled(with, all.next);

  EXPECT_THAT(again.applications, SizeIs(5));
  EXPECT_THAT(again.sweeps, ElementsAre(Sweep::Whole));
}

TEST_F(Resuming, StartsANewSweepFromACursorThatItDoesNotKnow) {
  folder.write("export.csv", export_of(1, 2));

  for (const std::string text : {"v2;sweep", "nonsense", "v1;done;;;;;;;;;;;", "{\"offset\": 7}"}) {
    EXPECT_THAT(pulled(settings("export.csv"), Cursor(text)).applications, SizeIs(2)) << text;
  }
}

TEST_F(Resuming, ReadsAFolderInTheOrderOfItsNames) {
  folder.write("b.csv", export_of(20, 3));
  folder.write("a.CSV", export_of(10, 3));
  folder.write("c.jsonl", R"({"application_id":"30","email":"a@b.c","job":"J","stage":"S"})"
                          "\n");
  folder.write("readme.txt", "not an export");
  folder.write(".hidden.csv", "neither this");
  folder.write("results.csv", "marker,application_id\n");
  std::filesystem::create_directory(folder / "folder.csv");

  for (std::size_t page_size = 1; page_size <= 8; ++page_size) {
    const Pulled all = pulled(paged("", page_size));

    EXPECT_THAT(all.ids(), ElementsAre("10", "11", "12", "20", "21", "22", "30")) << page_size;
  }
}

TEST_F(Resuming, StartsANewSweepWhenAFolderChanges) {
  folder.write("a.csv", export_of(10, 3));
  folder.write("b.csv", export_of(20, 3));
  Cursor cursor = pulled(settings("")).next;

  const auto ids_after = [&] {
    const Pulled all = pulled(settings(""), cursor);
    cursor = all.next;
    return all.sweeps == std::vector{Sweep::Whole} ? all.applications.size() : 0;
  };

  folder.write("c.csv", export_of(30, 1));
  EXPECT_EQ(ids_after(), 7U);
  folder.append("a.csv", rows_of(13, 1));
  EXPECT_EQ(ids_after(), 8U);
  std::filesystem::remove(folder / "b.csv");
  EXPECT_EQ(ids_after(), 5U);
  std::filesystem::remove(folder / "c.csv");
  EXPECT_EQ(ids_after(), 4U);
}

TEST_F(Resuming, ReadsOnlyWhatWasAppendedToTheLastFileOfAFolder) {
  folder.write("a.csv", export_of(10, 3));
  folder.write("b.csv", export_of(20, 3));
  const Pulled all = pulled(settings(""));
  folder.append("b.csv", rows_of(23, 1));

  const Pulled more = pulled(settings(""), all.next);

  EXPECT_THAT(more.ids(), ElementsAre("23"));
  EXPECT_THAT(more.sweeps, ElementsAre(Sweep::Incremental));
}

TEST_F(Resuming, GivesWhatStandsBeforeABadFileAndThenTheError) {
  folder.write("a.csv", export_of(10, 3));
  folder.write("b.csv", "nothing,of,use\n");
  const std::unique_ptr<connector::Connector> connector = make(settings(""));

  const Result<ApplicationPage> first = connector->pull(Cursor());

  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(first->applications, SizeIs(3));
  EXPECT_TRUE(first->more);
  EXPECT_EQ(first->sweep, Sweep::Starts);
  EXPECT_THAT(connector->pull(first->next), FailsSaying("b.csv:1: no column"));
}

TEST_F(Resuming, TakesAFileThatVanishedAfterwardsForAnError) {
  folder.write("export.csv", export_of(1, 9));
  const ApplicationPage first = first_page(paged("export.csv", 4));
  std::filesystem::remove(folder / "export.csv");

  EXPECT_THAT(pull_all(settings("export.csv"), first.next), FailsSaying("cannot open export.csv"));
}

TEST(Position, SurvivesItsTextForm) {
  const Position position{.phase = Phase::Tail,
                          .layout = 0xfedcba9876543210U,
                          .earlier = 1,
                          .file = "Bewerber; 100% (März).csv",
                          .stamp = {.inode = 7, .size = 1'000'000'000'000, .modified_ns = -5},
                          .mark = {.offset = 12, .line = 3, .digest = Digest(0xffffffffffffffffU)},
                          .seen = 15,
                          .seen_digest = Digest(9)};

  const Cursor cursor = position.cursor();

  EXPECT_EQ(Position::parse(cursor), position);
  EXPECT_EQ(cursor.text().find(' '), std::string::npos);
}

TEST(Position, RefusesAnythingElse) {
  const std::string good = Position{.file = "a.csv", .stamp = {}, .mark = {}}.cursor().text();
  ASSERT_TRUE(Position::parse(Cursor(good)).has_value());

  for (const std::string& text :
       {good + ";", good.substr(0, good.rfind(';')), "v0" + good.substr(2), good + "x",
        std::string(), std::string(13, ';')}) {
    EXPECT_EQ(Position::parse(Cursor(text)), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace praxisync::file
