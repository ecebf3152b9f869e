#include "report/masking.h"

#include <algorithm>
#include <cctype>

#include "domain/text.h"
#include "http/masking.h"

namespace praxisync::report {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr int kMostInitials = 3;

/// The bytes of the first character.
std::string_view first_character(std::string_view text) {
  if (text.empty()) return text;
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return text.substr(0, size);
}

bool is_in_a_word(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte >= 0x80U || std::isalnum(byte) != 0;
}

/// Whole words only: "Al" is no part of "already".
std::string replace_words(std::string text, std::string_view what, std::string_view with) {
  if (what.empty()) return text;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    const bool whole =
        (at == 0 || !is_in_a_word(text, at - 1)) && !is_in_a_word(text, at + what.size());
    if (whole) text.replace(at, what.size(), with);
    at += whole ? with.size() : what.size();
  }
  return text;
}

}  // namespace

std::string mask_email(std::string_view email) {
  email = trim(email);
  const std::size_t at = email.find('@');
  std::string masked;
  if (at != std::string_view::npos && at > 0) {
    masked += first_character(email);
    masked += kEllipsis;
    masked += '@';
    masked += first_character(email.substr(at + 1));
  }
  return masked += kEllipsis;
}

std::string mask_name(std::string_view name) {
  std::string initials;
  name = trim(name);
  for (int taken = 0; !name.empty() && taken < kMostInitials; ++taken) {
    if (taken > 0) initials += ' ';
    initials += first_character(name);
    initials += '.';
    name.remove_prefix(std::min(name.find_first_of(" \t"), name.size()));
    name = trim(name);
  }
  return initials;
}

std::string mask_id(const std::string& id) {
  return id.find('@') == std::string::npos ? id : mask_email(id);
}

std::string mask_in(const std::string& text, const std::string& name, const std::string& email) {
  const std::string nameless = replace_words(text, name, mask_name(name));
  return http::mask_peer_text(replace_words(nameless, email, mask_email(email)));
}

store::Story mask(store::Story story) {
  const std::string name = story.name, email = story.email;
  const auto reason = [&](const std::string& text) { return mask_in(text, name, email); };
  story.name = mask_name(name);
  story.email = mask_email(email);
  story.application = ApplicationId(mask_id(story.application.text()));
  story.candidate = CandidateId(mask_id(story.candidate.text()));
  story.reason = reason(story.reason);
  if (story.engagement) {
    story.engagement->name = mask_name(story.engagement->name);
    story.engagement->email = mask_email(story.engagement->email);
  }
  for (store::HistoryEntry& entry : story.history) entry.reason = reason(entry.reason);
  for (store::WriteBackEntry& write : story.write_backs) {
    write.value.clear();
    write.reason = reason(write.reason);
  }
  return story;
}

}  // namespace praxisync::report
