#include "cli/replaced_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/result_matchers.h"
#include "support/scratch_folder.h"

namespace praxisync::cli {
namespace {

using testing_support::FailsSaying;
using testing_support::IsOk;
using testing_support::ScratchFolder;

int files_in(const ScratchFolder& folder) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    files += entry.exists() ? 1 : 0;
  return files;
}

TEST(ReplacedFile, IsWholeAndOfItsModeWhateverTheUmask) {
  const ScratchFolder folder;
  folder.write("metrics.prom", "what was there, and longer");
  const mode_t umask = ::umask(S_IRWXG | S_IRWXO);

  const Result<void> written = replace_file((folder / "metrics.prom").string(), "a 1\n", 0644);

  ::umask(umask);
  EXPECT_THAT(written, IsOk());
  EXPECT_EQ(folder.read("metrics.prom"), "a 1\n");
  EXPECT_EQ(std::filesystem::status(folder / "metrics.prom").permissions(),
            std::filesystem::perms{0644});
  EXPECT_EQ(files_in(folder), 1);
}

TEST(ReplacedFile, LeavesEverythingAsItWasWhereItCannotBeWritten) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder / "taken");

  EXPECT_THAT(replace_file((folder / "no/such/folder").string(), "a", 0600),
              FailsSaying("no/such/folder cannot be written: No such file or directory"));
  EXPECT_THAT(replace_file((folder / "taken").string(), "a", 0600), FailsSaying("Is a directory"));

  EXPECT_EQ(files_in(folder), 1);
}

}  // namespace
}  // namespace praxisync::cli
