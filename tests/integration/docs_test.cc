// The commands in the pages of docs/ and in the README, run in order as somebody would who follows
// them.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "integration/workplace.h"

namespace praxisync::testing_support {
namespace {

using testing::SizeIs;

std::string page(const std::string& name) {
  std::ifstream file(std::string(PRAXISYNC_SOURCE) + "/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The words of a line as a shell would part them; it knows single quotes and comments.
Arguments words_of(const std::string& line) {
  Arguments words;
  std::string word;
  bool quoted = false, begun = false;
  for (const char c : line + " ") {
    if (c == '\'') {
      quoted = !quoted;
      begun = true;
    } else if (c == ' ' && !quoted) {
      if (begun) words.push_back(std::exchange(word, {}));
      begun = false;
    } else if (c == '#' && !begun) {
      break;
    } else {
      word += c;
      begun = true;
    }
  }
  return words;
}

/// The commands of praxisync in the page's shell blocks that begin with `first`.
std::vector<Arguments> commands_in(const std::string& text, const std::string& first) {
  std::vector<Arguments> commands;
  std::istringstream lines(text);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (line.starts_with("```")) inside = line == "```sh";
    if (!inside || !line.starts_with("praxisync " + first)) continue;
    Arguments words = words_of(line);
    words.erase(words.begin());
    commands.push_back(std::move(words));
  }
  return commands;
}

/// Whoever follows the pages, with an export whose columns are called otherwise.
class Reader {
 public:
  Reader() {
    std::filesystem::remove(place.folder / "praxisync.toml");
    place.folder.write("export.csv", fmt::format("Application ID,Candidate Email,Job,Stage\n"
                                                 "1,ada@example.com,{},Technical Test\n",
                                                 kBackend));
  }

  void follows(const Arguments& words) {
    const Ended ended = place.run(words, {{"PRAXISYNC_BASE_URL", place.server().origin()}});
    EXPECT_THAT(ended, ExitsWith(0)) << fmt::format("{}", fmt::join(words, " "));
  }

  Workplace place;
};

TEST(Pages, OfSettingUpSayWhatWorks) {
  Reader reader;
  const auto commands = commands_in(page("docs/setup.md"), "");
  ASSERT_THAT(commands, SizeIs(4));

  for (const Arguments& words : commands) reader.follows(words);

  EXPECT_EQ(reader.place.invitations()["ada@example.com senior-backend-screen"], 1);
}

TEST(Pages, OfFleetsSayWhatWorks) {
  Reader reader;
  std::filesystem::create_directory(reader.place.folder / "organisations");
  for (const std::string name : {"acme", "globex", "initech"}) {
    reader.follows({"init", "--no-input", "--ats", "file", "--set", "path=export.csv", "--set",
                    "columns.email=Candidate Email", "--config",
                    "organisations/" + name + ".toml"});
    std::string config = reader.place.folder.read("organisations/" + name + ".toml");
    const std::string unset = "# [state]\n# path = \"praxisync.db\"";
    const auto at = config.find(unset);
    ASSERT_NE(at, std::string::npos);
    config.replace(at, unset.size(), "[state]\npath = \"" + name + ".db\"");
    reader.place.folder.write("organisations/" + name + ".toml", config);
  }
  const auto commands = commands_in(page("docs/fleets.md"), "");
  ASSERT_THAT(commands, SizeIs(5));

  for (const Arguments& words : commands) reader.follows(words);
}

TEST(Pages, OfTheFrontSayWhatWorks) {
  Reader reader;
  const auto commands = commands_in(page("README.md"), "init");
  ASSERT_THAT(commands, SizeIs(1));

  for (const Arguments& words : commands) reader.follows(words);
}

}  // namespace
}  // namespace praxisync::testing_support
