#include "domain/email_domains.h"

#include <gtest/gtest.h>

#include <ostream>

namespace praxisync {
namespace {

struct DomainCase {
  std::string name;
  EmailDomains domains;
  std::string domain;
  bool permitted;
};
void PrintTo(const DomainCase& row, std::ostream* out) { *out << row.name; }

class Permits : public testing::TestWithParam<DomainCase> {};

TEST_P(Permits, WhatIsAllowedAndNotDenied) {
  EXPECT_EQ(GetParam().domains.permit(GetParam().domain), GetParam().permitted);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Permits,
    testing::Values(
        DomainCase{"EverythingWithoutLists", {}, "example.com", true},
        DomainCase{"Named", {.allow = {"example.com"}}, "example.com", true},
        DomainCase{"NotNamed", {.allow = {"example.com"}}, "example.org", false},
        DomainCase{"OtherCase", {.allow = {"Example.COM"}}, "eXample.com", true},
        DomainCase{"SubdomainByGlob", {.allow = {"*.example.com"}}, "hr.example.com", true},
        DomainCase{"GlobIsNotTheDomainItself", {.allow = {"*.example.com"}}, "example.com", false},
        DomainCase{"NameThatEndsAlike", {.allow = {"*.example.com"}}, "myexample.com", false},
        DomainCase{"Denied", {.deny = {"x.test"}}, "x.test", false},
        DomainCase{"NotDenied", {.deny = {"x.test"}}, "y.test", true},
        DomainCase{"DeniedWins", {.allow = {"*"}, .deny = {"*.test"}}, "x.test", false},
        DomainCase{"DotAtTheEnd", {.deny = {"x.test"}}, "x.test.", false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace praxisync
