#include "cli/bulk_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "support/result_matchers.h"
#include "unit/csv/text_bytes.h"

namespace praxisync::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// "LINE email/name/role", or "LINE! fault".
std::vector<std::string> rows_of(const std::string& text) {
  csv::TextBytes bytes(text, 3);
  const auto input = open_bulk_input(bytes);
  if (!input) return {"refused: " + input.error().what};
  std::vector<std::string> rows;
  for (;;) {
    const Result<std::optional<BulkRow>> row = (*input)->next();
    if (!row || !*row) return rows;
    const assess::Candidate& who = (*row)->candidate;
    const std::string line = std::to_string((*row)->line);
    rows.push_back((*row)->fault.empty() ? line + " " + who.email + "/" + who.name + "/" + who.role
                                         : line + "! " + (*row)->fault);
  }
}

TEST(BulkInput, ReadsCsvWhateverTheOrderOfItsColumns) {
  EXPECT_THAT(rows_of("Role,id,EMAIL,Name\r\nDev,1,ada@example.com,\"Lovelace, Ada\"\r\n"),
              ElementsAre("2 ada@example.com/Lovelace, Ada/Dev"));
  EXPECT_THAT(rows_of("\xEF\xBB\xBF"
                      "email;name\nada@example.com;Ada"),
              ElementsAre("2 ada@example.com/Ada/"));
}

TEST(BulkInput, ReadsJsonLines) {
  EXPECT_THAT(rows_of("{\"email\":\"ada@example.com\",\"role\":\"Dev\"}\n\n"
                      "{\"email\":\"bob@example.com\",\"name\":null,\"id\":7}\n"),
              ElementsAre("1 ada@example.com//Dev", "3 bob@example.com//"));
}

TEST(BulkInput, SetsAsideWhoCannotBeInvitedAndGoesOn) {
  EXPECT_THAT(
      rows_of("email,name\n,Nobody\nnot an address,X\nada@example.com,Ada\n"),
      ElementsAre("2! no e-mail address", testing::StartsWith("3! "), "4 ada@example.com/Ada/"));
  EXPECT_THAT(rows_of("{\"email\":7}\n{\"email\":\n[1]\n{\"email\":\"ada@example.com\"}\n"),
              ElementsAre(testing::StartsWith("1! email: "), testing::StartsWith("2! "),
                          testing::StartsWith("3! "), "4 ada@example.com//"));
}

TEST(BulkInput, SaysWhichColumnIsMissing) {
  EXPECT_THAT(rows_of("mail,name\nada@example.com,Ada\n"),
              ElementsAre(HasSubstr("line 1: no column \"email\"; there are: mail, name")));
  EXPECT_THAT(rows_of(""), ElementsAre(HasSubstr("the input is empty")));
}

}  // namespace
}  // namespace praxisync::cli
