#include "report/html_report.h"

#include <gmock/gmock.h>

#include <set>

#include "report/content_policy.h"
#include "unit/report/sample_report.h"

namespace praxisync::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsSubsetOf;
using testing::Not;

/// The names of the tags, such as "<td", and of their attributes, as a browser reads them.
std::set<std::string> names_in(const std::string& html) {
  std::set<std::string> names;
  // Between the tags of the style there are none.
  for (std::size_t at = html.find('<', html.find("</style>") + 1); at != std::string::npos;) {
    std::size_t end = html.find_first_of(" >", at);
    if (html[at + 1] != '/') names.insert(html.substr(at, end - at));
    while (html.at(end) == ' ') {
      const std::size_t equals = html.find_first_of("=> ", end + 1);
      names.insert(html.substr(end + 1, equals - end - 1));
      if (html.compare(equals, 2, "=\"") != 0) return {"an attribute without quotes"};
      end = html.find('"', equals + 2) + 1;
    }
    if (html.at(end) == '/') ++end;
    if (html.at(end) != '>') return {"a tag without an end"};
    at = html.find('<', end);
  }
  return names;
}

const std::set<std::string> kOurs{
    "<body",       "<header",  "<div",     "<span",   "<h1",      "<h2",         "<h3",
    "<p",          "<main",    "<section", "<ul",     "<li",      "<svg",        "<rect",
    "<text",       "<b",       "<small",   "<dl",     "<dt",      "<dd",         "<figure",
    "<figcaption", "<details", "<summary", "<table",  "<caption", "<thead",      "<tbody",
    "<tr",         "<th",      "<td",      "<footer", "class",    "aria-hidden", "aria-label",
    "role",        "width",    "height",   "rx",      "x",        "y",           "scope",
    "data-label"};

TEST(HtmlReport, HoldsNoTagAndNoAttributeButItsOwn) {
  EXPECT_THAT(names_in(html_report(full_report(kHostile))), IsSubsetOf(kOurs));
}

TEST(HtmlReport, ShowsAHostileNameAsText) {
  const std::string html = html_report(full_report(kHostile));

  EXPECT_THAT(html, AllOf(HasSubstr("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;|"),
                          Not(HasSubstr("<img")), Not(HasSubstr("\x01"))));
}

TEST(HtmlReport, AsksTheNetworkForNothing) {
  const std::string html = html_report(full_report());

  for (const char* way : {"http:", "https:", "//", "url(", "@import", "<script", "<link",
                          "src=", "href=", "javascript:"})
    EXPECT_THAT(html, Not(HasSubstr(way)));
}

TEST(HtmlReport, IsHeldToItsOwnStyleByAPolicy) {
  const std::string html = html_report(full_report());
  const std::size_t from = html.find("<style>") + 7;
  const std::string style = html.substr(from, html.find("</style>") - from);

  EXPECT_THAT(html, HasSubstr("default-src 'none'; style-src " + policy_source(style) + ";"));
}

TEST(HtmlReport, HasATableBehindEachPicture) {
  const std::string html = html_report(full_report());

  EXPECT_THAT(html, AllOf(HasSubstr("People by route and score"),
                          HasSubstr("People by route and time taken"),
                          HasSubstr("each counted at every step"),
                          HasSubstr("aria-label=\"Scores of backend: 55 people, median 72.5 %\"")));
}

TEST(HtmlReport, SaysWhatFailedAndHowToMendIt) {
  EXPECT_THAT(html_report(full_report()),
              AllOf(HasSubstr("Needs a person: 1"), HasSubstr("email: missing × 2"),
                    HasSubstr("Put the address right."), HasSubstr("Blocked people: 3")));
}

TEST(HtmlReport, OfARunThatDidNothingSaysSo) {
  const std::string html = html_report(empty_report());

  EXPECT_THAT(html, AllOf(HasSubstr("run 12"), HasSubstr("Nothing."), HasSubstr("exit code 0"),
                          Not(HasSubstr("Scores"))));
}

TEST(HtmlReport, SaysWhetherPeopleAreNamed) {
  RunReport named = full_report();
  named.persons = Persons::Unmasked;

  EXPECT_THAT(html_report(full_report()), HasSubstr("are masked"));
  EXPECT_THAT(html_report(named), HasSubstr("names people"));
}

}  // namespace
}  // namespace praxisync::report
