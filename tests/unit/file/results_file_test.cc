#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "connectors/file/open_file.h"
#include "unit/file/file_world.h"

namespace praxisync::file {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

const std::string kHeader =
    "marker,application_id,candidate_id,email,route,outcome,action,value,score_percentage,passed,"
    "report_url,at\n";

WriteBack note(const std::string& marker, const std::string& text = "Passed with 85 %") {
  return {.marker = marker,
          .application = ApplicationId("a1"),
          .candidate = CandidateId("c1"),
          .email = "ada@example.org",
          .route = RouteName("backend"),
          .outcome = {.verdict = Verdict::Passed,
                      .score_percentage = 85,
                      .report_url = "https://praxicraft.example/r/1"},
          .kind = ActionKind::Note,
          .value = text,
          .expected_stage = "Test",
          .at = *parse_timestamp("2026-11-21T08:15:00Z")};
}

std::string note_row(const std::string& marker, const std::string& text = "Passed with 85 %") {
  return marker + ",a1,c1,ada@example.org,backend,passed,note," + text +
         ",85,true,https://praxicraft.example/r/1,2026-11-21T08:15:00Z\n";
}

class ResultsFileTest : public FileTest {
 protected:
  void SetUp() override { connector = make(settings("export.csv")); }

  std::string results() const { return folder.read("results.csv"); }
  bool landed(const std::string& marker) {
    const Result<bool> found = make(settings("export.csv"))->landed(note(marker));
    EXPECT_THAT(found, IsOk());
    return found && *found;
  }

  std::unique_ptr<connector::Connector> connector;
};

TEST_F(ResultsFileTest, HoldsOneRowAnAction) {
  WriteBack field = note("px:f");
  field.kind = ActionKind::Field;
  field.field = "Score";
  field.value = "85";
  WriteBack move = note("px:m");
  move.kind = ActionKind::Move;
  move.value = "Onsite";
  move.outcome = {.verdict = Verdict::Failed, .score_percentage = 72.5};
  WriteBack expired = note("px:e");
  expired.kind = ActionKind::Tag;
  expired.value = "assessment-expired";
  expired.outcome = {.verdict = Verdict::Expired};

  for (const WriteBack& action : {note("px:n"), field, move, expired})
    EXPECT_THAT(connector->write(action), IsOk());

  EXPECT_EQ(
      results(),
      kHeader + note_row("px:n") +
          "px:f,a1,c1,ada@example.org,backend,passed,field,Score=85,85,true,"
          "https://praxicraft.example/r/1,2026-11-21T08:15:00Z\n"
          "px:m,a1,c1,ada@example.org,backend,failed,move,Onsite,72.5,false,,2026-11-21T08:15:00Z\n"
          "px:e,a1,c1,ada@example.org,backend,expired,tag,assessment-expired,,,,2026-11-21T08:15:"
          "00Z\n");
}

TEST_F(ResultsFileTest, IsForItsOwnerAlone) {
  ASSERT_THAT(connector->write(note("px:1")), IsOk());

  struct stat status {};
  ASSERT_EQ(::stat((folder / "results.csv").c_str(), &status), 0);

  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ResultsFileTest, DisarmsFormulas) {
  WriteBack action = note("px:1", "=HYPERLINK(\"http://x\")");
  action.email = "+ada@example.org";
  action.application = ApplicationId("-5");
  action.candidate = CandidateId("@c");

  ASSERT_THAT(connector->write(action), IsOk());

  EXPECT_THAT(
      results(),
      HasSubstr(
          "px:1,'-5,'@c,'+ada@example.org,backend,passed,note,\"'=HYPERLINK(\"\"http://x\"\")\","));
}

TEST_F(ResultsFileTest, SaysWhatHasLanded) {
  EXPECT_FALSE(landed("px:1"));
  ASSERT_THAT(connector->write(note("px:1", "two\nlines, \"quoted\"")), IsOk());
  ASSERT_THAT(connector->write(note("px:2", "px:3")), IsOk());

  EXPECT_TRUE(landed("px:1"));
  EXPECT_TRUE(landed("px:2"));
  EXPECT_FALSE(landed("px:3"));
  EXPECT_FALSE(landed("px:"));
}

TEST_F(ResultsFileTest, MendsARowThatACrashCutShortWhereverItWas) {
  const std::string kept = kHeader + note_row("px:1");
  const std::string row = note_row("px:2", "\"two\nlines, \"\"quoted\"\"\"");
  for (std::size_t left = 0; left < row.size() - 1; ++left) {
    SCOPED_TRACE(testing::Message() << left << " bytes of the row were written");
    folder.write("results.csv", kept + row.substr(0, left));
    EXPECT_FALSE(landed("px:2"));

    ASSERT_THAT(make(settings("export.csv"))->write(note("px:2", "two\nlines, \"quoted\"")),
                IsOk());

    EXPECT_EQ(results(), kept + row);
  }
}

TEST_F(ResultsFileTest, MendsAHeaderThatACrashCutShort) {
  for (std::size_t left = 0; left < kHeader.size() - 1; ++left) {
    SCOPED_TRACE(testing::Message() << left << " bytes of the header were written");
    folder.write("results.csv", kHeader.substr(0, left));
    EXPECT_FALSE(landed("px:1"));

    ASSERT_THAT(make(settings("export.csv"))->write(note("px:1")), IsOk());

    EXPECT_EQ(results(), kHeader + note_row("px:1"));
  }
}

TEST_F(ResultsFileTest, KeepsALastRowThatAnEditorSavedWithoutItsNewline) {
  std::string saved = kHeader + note_row("px:1");
  saved.pop_back();
  folder.write("results.csv", saved);
  EXPECT_TRUE(landed("px:1"));

  ASSERT_THAT(connector->write(note("px:2")), IsOk());

  EXPECT_EQ(results(), kHeader + note_row("px:1") + note_row("px:2"));
}

TEST_F(ResultsFileTest, NeverTouchesWhatAPersonWrote) {
  const std::string edited =
      kHeader + "px:1,\"an open quote\n" + note_row("px:2") + "done until here";
  folder.write("results.csv", edited);

  ASSERT_THAT(connector->write(note("px:3")), IsOk());

  EXPECT_EQ(results(), edited + "\n" + note_row("px:3"));
  EXPECT_TRUE(landed("px:2"));
  EXPECT_TRUE(landed("px:3"));
}

TEST_F(ResultsFileTest, GoesOnInTheFormInWhichASpreadsheetSavedIt) {
  std::string saved = "\xEF\xBB\xBF" + kHeader +
                      "px:1,a1,c1,ada@example.org,r,passed,note,x,85,TRUE,,21.11.2026 08:15\n";
  std::replace(saved.begin(), saved.end(), ',', ';');
  folder.write("results.csv", saved);
  EXPECT_TRUE(landed("px:1"));

  ASSERT_THAT(connector->write(note("px:2")), IsOk());

  EXPECT_THAT(results(), StartsWith(saved + "px:2;a1;c1;"));
  EXPECT_TRUE(landed("px:2"));
}

TEST_F(ResultsFileTest, AddsNoRowThatAnOpenQuoteWouldTakeIn) {
  for (const std::string& behind : {std::string(), note_row("px:1")}) {
    const std::string before = kHeader + "\"see above\n" + behind;
    folder.write("results.csv", before);

    const auto written = connector->write(note("px:2", "\",Passed"));

    EXPECT_THAT(written, FailsWith(ErrorKind::Transient));
    EXPECT_THAT(written, FailsSaying("line 2 leaves a quote open; close it"));
    EXPECT_EQ(results(), before);
    ASSERT_THAT(connector->write(note("px:3")), IsOk());
    EXPECT_TRUE(landed("px:3"));
  }
}

TEST_F(ResultsFileTest, SeesAnOpenQuoteThatTheCutShortRowHadClosed) {
  const std::string before = kHeader + "\"see above\n";
  folder.write("results.csv", before + "px:1,a1,c1,ada@example.org,r,passed,note,\"vas");

  const auto written = connector->write(note("px:2", "\",Passed"));

  EXPECT_THAT(written, FailsSaying("line 2 leaves a quote open; close it"));
  EXPECT_EQ(results(), before);
  ASSERT_THAT(connector->write(note("px:3")), IsOk());
  EXPECT_TRUE(landed("px:3"));
}

TEST_F(ResultsFileTest, SpoilsNoFileOfAnotherKind) {
  folder.write("results.csv", "date,amount\n2026-11-21,5\n");

  EXPECT_THAT(connector->write(note("px:1")), FailsWith(ErrorKind::Transient));
  EXPECT_THAT(connector->landed(note("px:1")),
              FailsSaying("results.csv does not start as a results file"));
  EXPECT_EQ(results(), "date,amount\n2026-11-21,5\n");
}

TEST_F(ResultsFileTest, FollowsTheFileWhenItWasMovedAway) {
  ASSERT_THAT(connector->write(note("px:1")), IsOk());
  std::filesystem::rename(folder / "results.csv", folder / "imported.txt");

  ASSERT_THAT(connector->write(note("px:2")), IsOk());

  EXPECT_EQ(results(), kHeader + note_row("px:2"));
  EXPECT_EQ(folder.read("imported.txt"), kHeader + note_row("px:1"));
}

TEST_F(ResultsFileTest, IsSharedByTwoWriters) {
  const std::unique_ptr<connector::Connector> other = make(settings("other.csv"));

  for (const std::string round : {"1", "2"}) {
    EXPECT_THAT(connector->write(note("px:a" + round)), IsOk());
    EXPECT_THAT(other->write(note("px:b" + round)), IsOk());
  }

  EXPECT_EQ(results(), kHeader + note_row("px:a1") + note_row("px:b1") + note_row("px:a2") +
                           note_row("px:b2"));
}

TEST_F(ResultsFileTest, GivesUpAfterAWhileOnAFileThatSomebodyElseLocks) {
  ASSERT_THAT(connector->write(note("px:1")), IsOk());
  const Descriptor held(::open((folder / "results.csv").c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
  const Timestamp before = clock.now();

  const Result<Written> written = connector->write(note("px:2"));

  EXPECT_THAT(written, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(written, FailsSaying("locked by another program"));
  EXPECT_EQ(clock.now() - before, Milliseconds(5000));
  EXPECT_EQ(results(), kHeader + note_row("px:1"));
}

/// Lets no file of this process grow beyond some bytes, as a full disk would.
class FullDisk {
 public:
  explicit FullDisk(std::size_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }

 private:
  void (*signal_)(int);
  rlimit before_{};
};

TEST_F(ResultsFileTest, LeavesNoPartOfARowOnAFullDisk) {
  ASSERT_THAT(connector->write(note("px:1")), IsOk());
  const std::string before = results();
  for (const std::size_t room : {0U, 1U, 40U}) {
    Result<Written> written = Written{};
    {
      const FullDisk disk(before.size() + room);
      written = connector->write(note("px:2"));
    }

    EXPECT_THAT(written, FailsWith(ErrorKind::Transient));
    EXPECT_EQ(results(), before);
  }

  EXPECT_THAT(connector->write(note("px:2")), IsOk());
  EXPECT_EQ(results(), before + note_row("px:2"));
}

TEST_F(ResultsFileTest, SaysWhyItCannotBeOpened) {
  connector::Settings with = settings("export.csv");
  with.set("results", (folder / "missing" / "results.csv").string());

  const Result<Written> written = make(with)->write(note("px:1"));

  EXPECT_THAT(written, FailsWith(ErrorKind::Transient));
  EXPECT_THAT(written,
              FailsSaying("results.csv: cannot be opened for writing: No such file or directory"));
}

TEST_F(ResultsFileTest, RefusesAValueThatNoCellCanHold) {
  EXPECT_THAT(connector->write(note("px:1", std::string(32'768, 'x'))),
              FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(connector->write(note("px:2", std::string(32'767, '"'))), IsOk());
  EXPECT_TRUE(landed("px:2"));
}

TEST_F(ResultsFileTest, CanReadBackWhateverItWrites) {
  ASSERT_THAT(connector->write(note("px:1", std::string("\0 \xFF \x1B\r", 7))), IsOk());

  EXPECT_TRUE(landed("px:1"));
}

TEST_F(ResultsFileTest, LiesInTheFolderThatIsReadAndIsNotReadItself) {
  folder.write("a.csv", export_of(1, 2));
  const std::unique_ptr<connector::Connector> whole_folder = make(settings(""));

  ASSERT_THAT(whole_folder->write(note("px:1")), IsOk());

  EXPECT_EQ(results(), kHeader + note_row("px:1"));
  const Result<ApplicationPage> page = whole_folder->pull(Cursor());
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->applications.size(), 2U);
}

}  // namespace
}  // namespace praxisync::file
