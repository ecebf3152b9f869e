#include "assess/refusal.h"

#include <algorithm>
#include <array>

#include "assess/wire.h"
#include "domain/text.h"
#include "http/classify.h"
#include "http/masking.h"

namespace praxisync::assess {
namespace {

constexpr std::size_t kMaxMessageRead = 4096;
constexpr std::size_t kShortWord = 7;  ///< up to it, a name may well be a part of other words

bool says(std::string_view folded, std::string_view part) {
  return folded.find(part) != std::string_view::npos;
}

/// How a server may put it: the documents do not say (trap 7).
bool says_already_enrolled(const wire::ErrorBody& said) {
  static constexpr std::array<std::string_view, 5> kWays{
      "already_enrol", "already_been_enrol", "enrollment_exists", "enrollment_already_exists",
      "duplicate_enrollment"};
  const std::string code = fold(said.code);
  const std::string message = fold(said.message);
  return std::any_of(kWays.begin(), kWays.end(),
                     [&](auto way) { return says(code, way) || says(message, way); });
}

Refusal refusal_of(int status, const wire::ErrorBody& said, bool enrolls) {
  if (status < 400 || status > 499) return Refusal::None;
  if (status == 401 || status == 408 || status == 425 || status == 429) return Refusal::None;
  if (status == 404) return Refusal::NotFound;
  if (status == 413) return Refusal::TooLarge;
  const std::string code = fold(said.code);
  if (code == "invite_quota_exceeded") return Refusal::QuotaExceeded;
  if (code == "assessment_not_active") return Refusal::AssessmentNotActive;
  if (code == "missing_email") return Refusal::MissingEmail;
  if (status == 403) {
    const bool quota = code.empty() && says(fold(said.message), "quota_exceeded");
    return quota ? Refusal::QuotaExceeded : Refusal::None;
  }
  if (enrolls && says_already_enrolled(said)) return Refusal::AlreadyEnrolled;
  return Refusal::Other;
}

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

/// `text` without each occurrence of `hidden`, ASCII case ignored; of a short word, such as "Al",
/// only where it stands alone.
std::string without(std::string text, std::string_view hidden) {
  const std::string wanted = to_lower(trim(hidden));
  if (wanted.empty()) return text;
  const bool alone =
      wanted.size() <= kShortWord && std::all_of(wanted.begin(), wanted.end(), is_word);
  const std::string lower = to_lower(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = lower.find(wanted); at != std::string::npos;
       at = lower.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool inside =
        (at > 0 && is_word(text[at - 1])) || (end < text.size() && is_word(text[end]));
    if (at < copied || (alone && inside)) continue;
    out.append(text, copied, at - copied).append("[hidden]");
    copied = end;
  }
  return out.append(text, copied);
}

std::string shown_message(std::string_view message, const std::vector<std::string>& confidential) {
  std::string shown = printable(message, kMaxMessageRead);
  for (const std::string& hidden : confidential) shown = without(std::move(shown), hidden);
  return http::mask_peer_text(trim(shown));
}

/// A code is a name, or it is not shown: anything could stand there.
std::string shown_code(std::string_view code) {
  const bool name =
      !code.empty() && code.size() <= 64 && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
      });
  return name ? http::mask_peer_text(code) : std::string{};
}

bool is_web_page(std::string_view body) { return trim(body).starts_with('<'); }

}  // namespace

ApiError refused(const http::Request& request, const http::Response& reply, const Asked& asked,
                 Timestamp now) {
  const wire::ErrorBody said = wire::read_error(reply.body);
  ApiError refused{http::error_of(request, reply, now),
                   refusal_of(reply.status, said, asked.enrolls)};
  Error& error = refused.error;
  const std::string status = "HTTP " + std::to_string(reply.status);

  if (reply.status < 400) return refused;  // a redirect: its text is error_of's
  if (reply.status == 404 && is_web_page(reply.body)) {
    // The API answers in JSON, so this says nothing about the invitation or assessment.
    error.kind = ErrorKind::Malformed;
    error.what = status + ": a web page instead of JSON: check base_url";
    refused.refusal = Refusal::None;
    return refused;
  }

  const std::string code = shown_code(said.code);
  const std::string message = shown_message(said.message, asked.confidential);
  if (!code.empty() || !message.empty()) {
    error.what = status;
    if (!code.empty()) error.what += ' ' + code;
    if (!message.empty()) error.what += ": " + message;
  }
  if (refused.refusal == Refusal::QuotaExceeded) {
    error.kind = ErrorKind::Exhausted;
  } else if (refused.refusal != Refusal::None) {
    error.kind = ErrorKind::Rejected;
  } else if (reply.status == 403 && !asked.scope.empty() && !says(said.message, asked.scope)) {
    error.what.append(" (this call needs the key's scope ").append(asked.scope).append(")");
  }
  if (refused.refusal == Refusal::AlreadyEnrolled) refused.enrollment = said.enrollment;
  return refused;
}

}  // namespace praxisync::assess
