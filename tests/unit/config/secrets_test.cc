#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "unit/config/sample.h"

namespace praxisync::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kCanary = "pxk_live_canary_4be1";

std::vector<std::string> everything_said(const Loaded& loaded) {
  std::vector<std::string> lines = shown(loaded.problems);
  for (const std::string& line : shown(loaded.warnings)) lines.push_back(line);
  return lines;
}

Loaded read_file_secret(const std::filesystem::path& path) {
  return read_sample(sample_with(3, "api_key = { file = \"" + path.string() + "\" }"));
}

TEST(Secrets, ComeFromTheEnvironment) {
  const Loaded loaded = read_sample(sample());

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->assess.api_key.reveal(), "key-canary-7d1f");
  EXPECT_THAT(loaded.config->secrets,
              ElementsAre(ApiKey("key-canary-7d1f"), ApiKey("token-canary-93ab")));
}

TEST(Secrets, ComeFromAFileLessOneLineBreak) {
  const ScratchFolder folder;
  for (const std::string end : {"", "\n", "\r\n"}) {
    const auto file = folder.write("key", kCanary + end);
    std::filesystem::permissions(file, std::filesystem::perms{0600});

    const Loaded loaded = read_file_secret(file);

    ASSERT_TRUE(loaded.config.has_value());
    EXPECT_EQ(loaded.config->assess.api_key.reveal(), kCanary);
    EXPECT_THAT(shown(loaded.warnings), IsEmpty());
  }
}

TEST(Secrets, InAFileThatOthersCanReadGetAWarning) {
  const ScratchFolder folder;
  const auto file = folder.write("key", kCanary);
  std::filesystem::permissions(file, std::filesystem::perms{0640});

  const Loaded loaded = read_file_secret(file);

  EXPECT_TRUE(loaded.config.has_value());
  EXPECT_THAT(shown(loaded.warnings),
              ElementsAre("praxisync.toml:3:11: others than its owner can read the secret's file; "
                          "chmod 600 it"));
}

TEST(Secrets, InAFileOfAnotherOwnerAreForTheGroupButNotForEverybody) {
  const ScratchFolder folder;
  const auto file = folder.write("key", kCanary);
  if (::chown(file.c_str(), 10001, 10001) != 0) GTEST_SKIP() << "only root can give files away";

  std::filesystem::permissions(file, std::filesystem::perms{0440});
  EXPECT_THAT(shown(read_file_secret(file).warnings), IsEmpty());
  std::filesystem::permissions(file, std::filesystem::perms{0444});
  EXPECT_THAT(shown(read_file_secret(file).warnings),
              ElementsAre("praxisync.toml:3:11: others than its owner can read the secret's file; "
                          "chmod 640 it"));
}

TEST(Secrets, ComeFromTheFileThatTheVariableWithFileNames) {
  const ScratchFolder folder;
  const auto file = folder.write("key", std::string(kCanary) + "\n");
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  Environment environment = sample_environment();
  environment.erase("KEY");
  environment["KEY_FILE"] = file;

  const Loaded from_file = read_sample(sample(), environment);
  environment["KEY"] = "the-one-that-is-set";
  const Loaded from_variable = read_sample(sample(), environment);

  ASSERT_TRUE(from_file.config.has_value());
  EXPECT_EQ(from_file.config->assess.api_key.reveal(), kCanary);
  ASSERT_TRUE(from_variable.config.has_value());
  EXPECT_EQ(from_variable.config->assess.api_key.reveal(), "the-one-that-is-set");
}

TEST(Secrets, InAFileThatAVariableNamesAndThatIsNotThereAreNamedByTheVariable) {
  Environment environment = sample_environment();
  environment.erase("KEY");
  environment["KEY_FILE"] = "/no/such/canary";

  const Loaded loaded = read_sample(sample(), environment);

  EXPECT_THAT(shown(loaded.problems),
              ElementsAre("praxisync.toml:3:11: the file that KEY_FILE names cannot be read: No "
                          "such file or directory; give the path of a file that holds the secret "
                          "and nothing else"));
}

TEST(Secrets, AreTakenFromTheFolderOfTheConfig) {
  const ScratchFolder folder;
  folder.write("key", kCanary);
  const auto file = folder.write("praxisync.toml", sample_with(3, "api_key = { file = \"key\" }"));

  const Loaded loaded = load(file, sample_specs(), sample_environment());

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->assess.api_key.reveal(), kCanary);
}

TEST(Secrets, AreTakenFromWhatSystemdHasLoaded) {
  const ScratchFolder folder;
  std::filesystem::permissions(folder.write("praxicraft", std::string(kCanary) + "\n"),
                               std::filesystem::perms{0400});
  Environment environment = sample_environment();
  environment["CREDENTIALS_DIRECTORY"] = folder.path().string();

  const Loaded loaded =
      read_sample(sample_with(3, "api_key = { credential = \"praxicraft\" }"), environment);

  ASSERT_TRUE(loaded.config.has_value());
  EXPECT_EQ(loaded.config->assess.api_key.reveal(), kCanary);
  EXPECT_THAT(shown(loaded.warnings), IsEmpty());
}

/// What stands under `api_key`, with SECRET in the environment, and what is said of it.
struct RefusalCase {
  std::string name, value, secret, want;
};
void PrintTo(const RefusalCase& row, std::ostream* out) { *out << row.name; }

class RefusedSecret : public testing::TestWithParam<RefusalCase> {};

TEST_P(RefusedSecret, IsNamedAndNeverShown) {
  Environment environment = sample_environment();
  environment["SECRET"] = GetParam().secret;

  const Loaded loaded = read_sample(sample_with(3, "api_key = " + GetParam().value), environment);

  EXPECT_THAT(shown(loaded.problems), ElementsAre("praxisync.toml:3:" + GetParam().want));
  EXPECT_THAT(everything_said(loaded), Each(Not(testing::HasSubstr("canary"))));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedSecret,
    testing::Values(
        RefusalCase{
            "WrittenDown", "\"pxk_live_canary\"", "",
            "11: a secret is never written into the config; use api_key = { env = \"NAME\" } "
            "or api_key = { file = \"/path\" }"},
        RefusalCase{
            "WrittenAsANumber", "12345", "",
            "11: a secret is never written into the config; use api_key = { env = \"NAME\" } "
            "or api_key = { file = \"/path\" }"},
        RefusalCase{"WrittenWithoutQuotes", "tcanary", "",
                    "12: not valid TOML: boolean: expected 'true', saw other text; text is written "
                    "in double quotes"},
        RefusalCase{"InTheNamesPlace", "{ env = \"pxk_live_canary\" }", "",
                    "11: the environment variable named here is not set; give the variable's name, "
                    "not the secret"},
        RefusalCase{
            "InThePathsPlace", "{ file = \"pxk_live_canary\" }", "",
            "11: the secret's file cannot be read: No such file or directory; give the path "
            "of a file that holds the secret and nothing else"},
        RefusalCase{"UnsetVariable", "{ env = \"PRAXICRAFT_API_KEY\" }", "",
                    "11: the environment variable PRAXICRAFT_API_KEY is not set; set it, or "
                    "PRAXICRAFT_API_KEY_FILE to the path of a file that holds the secret"},
        RefusalCase{
            "EmptyVariable", "{ env = \"SECRET\" }", "",
            "11: the environment variable SECRET is empty; it must be the secret and nothing "
            "else"},
        RefusalCase{"LineBreakInside", "{ env = \"SECRET\" }", "canary\r\nX-Evil: 1",
                    "11: the environment variable SECRET holds a line break or another control "
                    "character; it must be the secret and nothing else"},
        RefusalCase{"NulInside", "{ env = \"SECRET\" }", std::string("canary\0canary", 13),
                    "11: the environment variable SECRET holds a line break or another control "
                    "character; it must be the secret and nothing else"},
        RefusalCase{"SpaceAtTheEnd", "{ env = \"SECRET\" }", "canary ",
                    "11: the environment variable SECRET has a space at an end; it must be the "
                    "secret and nothing else"},
        RefusalCase{"TooLong", "{ env = \"SECRET\" }", std::string(16 * 1024 + 1, 'x'),
                    "11: the environment variable SECRET is longer than 16 KiB; it must be the "
                    "secret and nothing else"},
        RefusalCase{"Folder", "{ file = \"/\" }", "",
                    "11: the secret's file cannot be read: Is a directory; give the path of a file "
                    "that holds the secret and nothing else"},
        RefusalCase{
            "TwoSources", "{ env = \"KEY\", file = \"/x\" }", "",
            "11: \"api_key\" needs exactly one of \"env\", \"file\" and \"credential\"; use "
            "api_key = { env = \"NAME\" } or api_key = { file = \"/path\" }"},
        RefusalCase{"CredentialOutsideOfSystemd", "{ credential = \"praxicraft\" }", "",
                    "11: there are no credentials here: CREDENTIALS_DIRECTORY is not set; have "
                    "systemd start it, with LoadCredential= in the unit, or use env or file"},
        RefusalCase{"CredentialWithAPath", "{ credential = \"../shadow-canary\" }", "",
                    "11: a credential's name is no path; give the name that stands after "
                    "LoadCredential= in the unit"}),
    [](const auto& row) { return row.param.name; });

TEST(Secrets, InAnEmptyFileAreRefused) {
  const ScratchFolder folder;
  const auto file = folder.write("key", "\n");

  const Loaded loaded = read_file_secret(file);

  EXPECT_THAT(shown(loaded.problems),
              ElementsAre("praxisync.toml:3:11: the secret's file is empty; it must be the secret "
                          "and nothing else"));
}

TEST(Secrets, InAnOverrideThatCannotBeUsedAreNotShown) {
  Environment environment = sample_environment();
  environment["PRAXISYNC_ASSESS__API_KEY"] = "canary\ncanary";

  const Loaded loaded = read_sample(sample(), environment);

  EXPECT_THAT(shown(loaded.problems),
              ElementsAre("environment variable PRAXISYNC_ASSESS__API_KEY: the secret holds a line "
                          "break or another control character; it must be the secret and nothing "
                          "else"));
}

TEST(Secrets, InABaseUrlAreNotShown) {
  const Loaded loaded =
      read_sample(sample_with(2, "base_url = \"https://user:canary@praxicraft.com/?key=canary\""));

  ASSERT_EQ(loaded.problems.size(), 1u);
  EXPECT_THAT(everything_said(loaded), Each(Not(testing::HasSubstr("canary"))));
}

}  // namespace
}  // namespace praxisync::config
