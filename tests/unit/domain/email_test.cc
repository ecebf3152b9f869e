#include "domain/email.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/result_matchers.h"

namespace praxisync {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::FailsSaying;
using testing_support::FailsWith;
using testing_support::IsOk;

TEST(Email, KeepsTheSpellingAndComparesWithoutCase) {
  const Result<Email> one = Email::parse("  Mia.Weber@Example.ORG\r\n");
  const Result<Email> other = Email::parse("mia.weber@example.org");

  ASSERT_THAT(one, IsOk());
  ASSERT_THAT(other, IsOk());
  EXPECT_EQ(one->spelling(), "Mia.Weber@Example.ORG");
  EXPECT_EQ(one->key(), "mia.weber@example.org");
  EXPECT_EQ(*one, *other);
}

TEST(Email, FoldsNeitherDotsNorPlusSigns) {
  EXPECT_NE(Email::parse("mia.weber@b.org")->key(), Email::parse("miaweber@b.org")->key());
  EXPECT_NE(Email::parse("mia+x@b.org")->key(), Email::parse("mia@b.org")->key());
}

TEST(Email, FoldsAsciiLettersOnly) {
  EXPECT_EQ(Email::parse("MÜLLER@b.org")->key(), "mÜller@b.org");
}

TEST(Email, MayHave320BytesAndNotOneMore) {
  const std::string longest = std::string(314, 'a') + "@b.org";

  EXPECT_THAT(Email::parse(longest), IsOk());
  EXPECT_THAT(Email::parse("  " + longest + "  "), IsOk());
  EXPECT_THAT(Email::parse("a" + longest), FailsSaying("320"));
}

TEST(Email, MayLackADotAfterTheSign) { EXPECT_THAT(Email::parse("root@localhost"), IsOk()); }

TEST(EmailKey, IsThatOfAParsedAddress) {
  EXPECT_EQ(email_key(" \tMia.Weber@Example.ORG\n"), Email::parse("Mia.Weber@Example.ORG")->key());
  EXPECT_EQ(email_key("no address"), "no address");
}

struct BadEmail {
  std::string name, text;
};
void PrintTo(const BadEmail& row, std::ostream* out) { *out << row.name; }

class RefusedEmail : public testing::TestWithParam<BadEmail> {};

TEST_P(RefusedEmail, IsRejectedWithoutBeingRepeated) {
  const Result<Email> email = Email::parse(GetParam().text);

  ASSERT_THAT(email, FailsWith(ErrorKind::Rejected));
  EXPECT_THAT(email.error().what, HasSubstr("email: "));
  EXPECT_THAT(email.error().what, Not(HasSubstr("secretive")));
}

INSTANTIATE_TEST_SUITE_P(Table, RefusedEmail,
                         testing::Values(BadEmail{"Empty", ""}, BadEmail{"Blank", " \t\r\n"},
                                         BadEmail{"NoSign", "secretive.example.org"},
                                         BadEmail{"TwoSigns", "secretive@b@c.org"},
                                         BadEmail{"NothingBefore", "@secretive.org"},
                                         BadEmail{"NothingAfter", "secretive@"},
                                         BadEmail{"SpaceInside", "secretive one@b.org"},
                                         BadEmail{"TabInside", "secretive\tone@b.org"},
                                         BadEmail{"Newline", "secretive@b.org\nBcc: c@d.org"},
                                         BadEmail{"HeaderInjection", "secretive\r\nBcc@b.org"},
                                         BadEmail{"ZeroByte", std::string("secretive\0@b.org", 16)},
                                         BadEmail{"Delete", "secretive\x7f@b.org"},
                                         BadEmail{"WithItsName", "Mia<secretive@b.org>"},
                                         BadEmail{"TwoWithComma", "secretive,b.org@b"},
                                         BadEmail{"TwoWithSemicolon", "secretive;b.org@b"},
                                         BadEmail{"NotUtf8", "secretive\xfc@b.org"}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync
