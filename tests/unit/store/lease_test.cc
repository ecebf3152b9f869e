#include "store/lease.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class LeaseTest : public testing::Test {
 protected:
  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
};

TEST_F(LeaseTest, IsRefusedAtOnceWhileItIsHeld) {
  const Result<Lease> first = Lease::take(path);
  ASSERT_THAT(first, IsOk());

  const Result<Lease> second = Lease::take(path);

  ASSERT_THAT(second, FailsWith(ErrorKind::Exhausted));
  EXPECT_THAT(second.error().what, HasSubstr("process " + std::to_string(::getpid())));
}

TEST_F(LeaseTest, IsFreeAfterItsHolderHasGone) {
  { ASSERT_THAT(Lease::take(path), IsOk()); }

  EXPECT_THAT(Lease::take(path), IsOk());
}

TEST_F(LeaseTest, IsHeldByWhomItWasMovedTo) {
  Result<Lease> first = Lease::take(path);
  ASSERT_THAT(first, IsOk());
  {
    const Lease moved = *std::move(first);
    EXPECT_THAT(Lease::take(path), FailsWith(ErrorKind::Exhausted));
  }

  EXPECT_THAT(Lease::take(path), IsOk());
}

TEST_F(LeaseTest, IsOfOneDatabaseAlone) {
  const Result<Lease> first = Lease::take(path);

  EXPECT_THAT(first, IsOk());
  EXPECT_THAT(Lease::take(folder / "other.db"), IsOk());
}

TEST_F(LeaseTest, IsFreeAfterItsHolderWasKilled) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const Result<Lease> held = Lease::take(path);
    if (held) ::raise(SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the child had no lease";

  EXPECT_THAT(Lease::take(path), IsOk());
}

TEST_F(LeaseTest, HasALockFileForItsOwnerAlone) {
  const Result<Lease> lease = Lease::take(path);
  ASSERT_THAT(lease, IsOk());

  struct stat found {};
  ASSERT_EQ(::stat((path.string() + ".lock").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
  EXPECT_EQ(folder.read("praxisync.db.lock"), std::to_string(::getpid()) + "\n");
}

TEST_F(LeaseTest, NeedsAFolderThatIsThere) {
  EXPECT_THAT(Lease::take(folder / "missing/praxisync.db"), FailsWith(ErrorKind::Fatal));
}

class Epoch : public LeaseTest {
 protected:
  Store older = Store::open(path).value();
  Store newer = Store::open(path).value();
};

TEST_F(Epoch, LetsItsHolderWrite) {
  ASSERT_THAT(older.begin_epoch("host-1", kNow), IsOk());

  EXPECT_THAT(older.runs().begin(kNow), IsOk());
}

TEST_F(Epoch, StopsWhoeverHadItBefore) {
  ASSERT_THAT(older.begin_epoch("host-1", kNow), IsOk());
  const RunKey run = older.runs().begin(kNow).value();
  ASSERT_THAT(newer.begin_epoch("host-2", kNow + 1h), IsOk());

  const Result<void> late = older.runs().finish(run, "done", 0, "", kNow + 2h);

  ASSERT_THAT(late, FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(late.error().what, HasSubstr("taken over"));
  EXPECT_EQ(newer.runs().find(run).value()->finished_at, std::nullopt);
  EXPECT_THAT(newer.runs().finish(run, "done", 0, "", kNow + 2h), IsOk());
}

TEST_F(Epoch, IsNotTakenBackByWhoeverLostIt) {
  ASSERT_THAT(older.begin_epoch("host-1", kNow), IsOk());
  ASSERT_THAT(newer.begin_epoch("host-2", kNow), IsOk());

  EXPECT_THAT(older.begin_epoch("host-1", kNow), FailsWith(ErrorKind::Fatal));
  EXPECT_THAT(newer.runs().begin(kNow), IsOk());
}

TEST_F(Epoch, LeavesReadingToEverybody) {
  ASSERT_THAT(older.begin_epoch("host-1", kNow), IsOk());
  ASSERT_THAT(newer.begin_epoch("host-2", kNow), IsOk());
  ASSERT_THAT(newer.runs().begin(kNow), IsOk());

  EXPECT_THAT(older.runs().latest(10).value(), SizeIs(1));
}

}  // namespace
}  // namespace praxisync::store
