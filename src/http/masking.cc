#include "http/masking.h"

#include <algorithm>
#include <cstddef>

#include "domain/text.h"
#include "http/url.h"

namespace praxisync::http {
namespace {

constexpr std::size_t kMostRead = 4096;
constexpr std::size_t kMostShown = 200;
constexpr std::size_t kTokenInText =
    16;  // shorter words with digits are error codes and field names
constexpr std::size_t kLongestWord = 24;
constexpr std::size_t kTokenInPath = 8;  // shorter segments are versions and small numbers

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool is_word_character(char c) {
  return is_digit(c) || is_upper(c) || is_lower(c) || c == '-' || c == '_' || c == '+' ||
         c == '~' || c == '=' || c == '%';
}

/// "senior", "QUOTA", "Invite", "2025": what identifiers that people make up consist of.
bool is_plain_part(std::string_view part) {
  if (part.size() > 1 && is_upper(part[0]) && std::all_of(part.begin() + 1, part.end(), is_lower)) {
    return true;
  }
  return std::all_of(part.begin(), part.end(), is_lower) ||
         std::all_of(part.begin(), part.end(), is_upper) ||
         (part.size() <= 4 && std::all_of(part.begin(), part.end(), is_digit));
}

/// Whether all parts between '-' and '_' are plain: a slug or a code, not a token.
bool is_made_of_words(std::string_view run) {
  while (!run.empty()) {
    const std::size_t end = std::min(run.find_first_of("-_"), run.size());
    if (!is_plain_part(run.substr(0, end)) || end > kLongestWord) return false;
    run.remove_prefix(std::min(end + 1, run.size()));
  }
  return true;
}

bool is_address(std::string_view text) {
  return text.find('@') != std::string_view::npos || text.find("%40") != std::string_view::npos;
}

bool is_token(std::string_view run, std::size_t least) {
  return run.size() >= least && !is_made_of_words(run);
}

/// Masks the runs of a text that look like tokens; what stands between them stays.
std::string mask_runs(std::string_view text, std::size_t least) {
  std::string out;
  while (!text.empty()) {
    const auto* const run_end = std::find_if_not(text.begin(), text.end(), is_word_character);
    const auto size = static_cast<std::size_t>(run_end - text.begin());
    if (size == 0) {
      out += text[0];
      text.remove_prefix(1);
      continue;
    }
    const std::string_view run = text.substr(0, size);
    out += is_token(run, least) ? "[token]" : run;
    text.remove_prefix(size);
  }
  return out;
}

std::string mask_word(std::string_view word) {
  const std::size_t mark = word.find('?');
  const std::string_view before = word.substr(0, mark);
  const bool has_query = mark != std::string_view::npos && mark + 1 < word.size() &&
                         (before.find('/') != std::string_view::npos ||
                          word.find('=', mark) != std::string_view::npos);
  if (is_address(has_query ? before : word)) return "[address]";
  if (!has_query) return mask_runs(word, kTokenInText);
  return mask_runs(before, kTokenInText) + "?[query]";
}

std::string mask_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    out += is_address(segment) ? "[address]" : mask_runs(segment, kTokenInPath);
    if (end < path.size()) out += '/';
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

std::string parameter_names(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    out += out.empty() ? '?' : '&';
    out += mask_path(pair.substr(0, pair.find('=')));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return out;
}

}  // namespace

std::string mask_peer_text(std::string_view text) {
  constexpr std::string_view kBetweenWords = " \t\"'`<>()[]{},;";
  const std::string clean = printable(text.substr(0, kMostRead), kMostRead);
  std::string_view rest = clean;
  std::string out;
  while (!rest.empty() && out.size() <= kMostShown) {
    const std::size_t end = std::min(rest.find_first_of(kBetweenWords), rest.size());
    out += mask_word(rest.substr(0, end));
    if (end < rest.size()) out += rest[end];
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return printable(out, kMostShown);
}

std::string mask_url(std::string_view url) {
  const Result<Url> parsed = parse_url(url);
  if (!parsed) return "an unreadable URL";
  return to_string(parsed->origin) + mask_path(parsed->path) + parameter_names(parsed->query);
}

}  // namespace praxisync::http
