#include "cli/invite_lookup.h"

#include <set>

#include "assess/page_range.h"
#include "cli/input_bytes.h"
#include "domain/email.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kTokenLimit = 4096;

std::variant<InviteToken, int> find_by_address(ByHand& hand, const std::string& address) {
  const std::string key = email_key(address), slug = hand.options.get("assessment");
  std::vector<InviteToken> tokens;
  std::set<std::string> assessments;
  const auto walked = assess::for_each_page(
      [&](const assess::PageToken& page) { return hand.session.assess().list_invites(page); },
      [&](const assess::Page<assess::Invite>& page) {
        for (const assess::Invite& row : page.rows) {
          if (email_key(row.email) != key) continue;
          if (!slug.empty() && row.assessment.text() != slug) continue;
          tokens.push_back(row.token);
          assessments.insert(row.assessment.text());
        }
        return hand.app.stop ? assess::Walk::Stop : assess::Walk::GoOn;
      });
  if (!walked) return hand.fail(walked.failure());
  if (hand.app.stop) return kStopped;
  if (tokens.size() == 1) return tokens.front();
  if (tokens.empty()) {
    return hand.fail(Error{ErrorKind::Rejected, "nobody of that address is invited" +
                                                    std::string(slug.empty() ? "" : " there")});
  }
  std::string names;
  for (const std::string& name : assessments) names += (names.empty() ? "" : ", ") + name;
  return hand.usage("that address has several invitations, to " + printable(names, 500) +
                    ": say which one with --assessment SLUG, or by its token");
}

}  // namespace

PositionalSpec invite_positional() {
  return {.name = "INVITE",
          .help =
              "its token, or the candidate's address; '-' reads either from standard input, so "
              "that a token is in no list of processes"};
}

OptionSpec invite_assessment_option() {
  return {.name = "assessment",
          .argument = "SLUG",
          .help = "which of several invitations of one address"};
}

std::variant<InviteToken, int> find_invite(ByHand& hand) {
  std::string text = hand.argument(0);
  if (text == "-") {
    const Result<std::string> given = read_whole(text, kTokenLimit);
    if (!given) return hand.fail(given.error());
    text = trim(*given);
  }
  if (text.find('@') != std::string::npos) return find_by_address(hand, text);
  return InviteToken(text);
}

}  // namespace praxisync::cli
