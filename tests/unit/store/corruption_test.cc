// A damaged database is refused and kept byte for byte: what can be saved from it, people save.
#include "domain/random.h"
#include "unit/store/store_fixture.h"

namespace praxisync::store {
namespace {

using testing::HasSubstr;

constexpr std::size_t kPageSize = 4096;

class Corruption : public testing::Test {
 protected:
  void SetUp() override {
    {
      Result<Store> store = Store::open(path);
      ASSERT_THAT(store, IsOk());
      ASSERT_THAT(store->runs().begin(kNow), IsOk());
    }
    whole = folder.read("praxisync.db");
    ASSERT_GT(whole.size(), 10 * kPageSize);
    ASSERT_EQ(whole.size() % kPageSize, 0U);
  }

  void expect_refused(const std::string& damaged) const {
    folder.write("praxisync.db", damaged);

    const Result<Store> store = Store::open(path);

    ASSERT_THAT(store, FailsWith(ErrorKind::Fatal));
    EXPECT_THAT(store.error().what, HasSubstr("kept as it is"));
    EXPECT_THAT(store.error().what, HasSubstr("backup"));
    EXPECT_TRUE(folder.read("praxisync.db") == damaged);
  }

  ScratchFolder folder;
  std::filesystem::path path = folder / "praxisync.db";
  std::string whole;
};

TEST_F(Corruption, IsFoundInTheHeadOfEveryPage) {
  for (std::size_t page = 1; page < whole.size() / kPageSize; ++page) {
    SCOPED_TRACE(testing::Message() << "page " << page + 1);
    std::string damaged = whole;
    damaged[page * kPageSize] = static_cast<char>(~damaged[page * kPageSize]);

    expect_refused(damaged);
  }
}

TEST_F(Corruption, IsFoundInTheHeadOfTheSchema) {
  std::string damaged = whole;
  damaged[100] = '\x55';

  expect_refused(damaged);
}

TEST_F(Corruption, IsFoundWhereAPageIsOverwritten) {
  std::string damaged = whole;
  SeededRandom random(5);
  for (std::size_t i = 3 * kPageSize; i < 4 * kPageSize; ++i) {
    damaged[i] = static_cast<char>(random.below(256));
  }

  expect_refused(damaged);
}

TEST_F(Corruption, IsFoundInAFileThatWasCutShort) {
  for (const std::size_t size :
       {whole.size() - kPageSize, whole.size() / 2, kPageSize + 1, kPageSize}) {
    SCOPED_TRACE(testing::Message() << size << " bytes left");
    expect_refused(whole.substr(0, size));
  }
}

TEST_F(Corruption, IsFoundInAFileOfWhichHardlyAnythingIsLeft) {
  for (const std::size_t size : {15U, 99U, 511U}) {
    SCOPED_TRACE(testing::Message() << size << " bytes left");
    expect_refused(whole.substr(0, size));
  }
}

TEST_F(Corruption, IsAnyFileThatIsNoDatabase) {
  expect_refused("application_id,email\n1,a@example.org\n");
  expect_refused(std::string(20'000, 'x'));
}

TEST_F(Corruption, IsRefusedToReadersWhereItShowsAtOnce) {
  for (const std::string& damaged : {whole.substr(0, whole.size() / 2), std::string(20'000, 'x')}) {
    folder.write("praxisync.db", damaged);

    EXPECT_THAT(Store::open_for_reading(path), FailsWith(ErrorKind::Fatal));
    EXPECT_TRUE(folder.read("praxisync.db") == damaged);
  }
}

TEST_F(Corruption, IsNotSeenWhereThereIsNone) {
  folder.write("praxisync.db", whole);

  EXPECT_THAT(Store::open(path), IsOk());
}

}  // namespace
}  // namespace praxisync::store
