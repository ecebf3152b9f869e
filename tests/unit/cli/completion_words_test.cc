#include "cli/completion_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/sample_commands.h"

namespace praxisync::cli {
namespace {

using testing::ElementsAre;

TEST(CompletionWords, AGroupIsOneFirstWordWithItsSecondWords) {
  const std::vector<CommandSpec> commands{sync_command(),
                                          {.name = "state check", .summary = "integrity"},
                                          {.name = "state backup", .summary = "a copy"}};

  const std::vector<FirstWord> words = first_words(commands);

  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].alone, &commands[0]);
  EXPECT_EQ(words[1].word, "state");
  EXPECT_EQ(words[1].alone, nullptr);
  EXPECT_EQ(words[1].summary, "check, backup");
  EXPECT_THAT(words[1].followed, ElementsAre(&commands[1], &commands[2]));
  EXPECT_EQ(second_word(commands[2]), "backup");
}

TEST(CompletionWords, ACommandThatIsAGroupTooKeepsItsOwnLine) {
  const std::vector<CommandSpec> commands{{.name = "state check", .summary = "integrity"},
                                          {.name = "state", .summary = "of it all"}};

  const std::vector<FirstWord> words = first_words(commands);

  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].alone, &commands[1]);
  EXPECT_EQ(words[0].summary, "of it all");
}

TEST(CompletionWords, WhatIsOfferedFollowsTheNameAndTheChoices) {
  EXPECT_EQ(offer_for("FORM", {"table", "json"}), Offer::Words);
  EXPECT_EQ(offer_for("FILE", {}), Offer::Files);
  EXPECT_EQ(offer_for("FOLDER", {}), Offer::Folders);
  EXPECT_EQ(offer_for("NAME", {}), Offer::Nothing);
}

TEST(CompletionWords, AQuoteInAWordEndsNothing) {
  EXPECT_EQ(quoted("it's", R"('\'')"), R"('it'\''s')");
}

}  // namespace
}  // namespace praxisync::cli
