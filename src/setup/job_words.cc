#include "setup/job_words.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "domain/text.h"

namespace praxisync::setup {
namespace {

using Words = std::vector<std::string>;

bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Letters of any alphabet, digits, and what "C++" and "C#" end with.
bool in_word(char c) {
  return is_ascii_letter(c) || is_digit(c) || c == '+' || c == '#' ||
         static_cast<unsigned char>(c) >= 0x80;
}

Words split(std::string_view name) {
  Words words;
  std::string word;
  for (const char c : to_lower(name)) {
    if (in_word(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

template <std::size_t N>
bool among(const std::string& word, const std::array<std::string_view, N>& words) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kSpellings{
    {{"sr", "senior"},
     {"jr", "junior"},
     {"eng", "engineer"},
     {"engineering", "engineer"},
     {"developer", "engineer"},
     {"dev", "engineer"},
     {"graduate", "grad"},
     {"programme", "program"},
     {"internship", "intern"},
     {"mgr", "manager"},
     {"management", "manager"},
     {"analytic", "analyst"},
     {"analysi", "analyst"},
     {"administrator", "admin"}}};

/// One word for what is written as two.
constexpr std::array<std::array<std::string_view, 3>, 3> kPairs{
    {{"back", "end", "backend"}, {"front", "end", "frontend"}, {"full", "stack", "fullstack"}}};

constexpr std::array<std::string_view, 10> kLevels{"senior",    "junior", "lead", "staff", "head",
                                                   "principal", "intern", "mid",  "chief", "entry"};
constexpr std::array<std::string_view, 13> kRoles{
    "engineer",  "analyst",  "manager", "scientist", "specialist", "consultant",    "associate",
    "architect", "designer", "admin",   "program",   "executive",  "representative"};
constexpr std::array<std::string_view, 17> kEmpty{"the", "a",  "an", "of", "for",  "and",
                                                  "or",  "to", "in", "at", "with", "m",
                                                  "f",   "w",  "d",  "x",  "level"};
constexpr std::array<std::string_view, 18> kTestWords{
    "screen", "screening", "test",  "assessment", "challenge", "exercise",
    "exam",   "quiz",      "skill", "technical",  "tech",      "coding",
    "online", "pipeline",  "stage", "round",      "hiring",    "process"};

std::string spelt(std::string word) {
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  for (const auto& [other, usual] : kSpellings) {
    if (word == other) return std::string(usual);
  }
  return word;
}

Words normal(std::string_view name) {
  Words words;
  for (std::string& raw : split(name)) {
    std::string word = spelt(std::move(raw));
    for (const auto& [first, second, joined] : kPairs) {
      if (words.empty() || words.back() != first || word != second) continue;
      words.pop_back();
      word = joined;
    }
    words.push_back(std::move(word));
  }
  return words;
}

bool is_year(const std::string& word) {
  return word.size() == 4 && std::ranges::all_of(word, is_digit) &&
         (word.starts_with("19") || word.starts_with("20"));
}

JobWords sorted(const Words& words) {
  JobWords sorted;
  for (const std::string& word : words) {
    if (among(word, kEmpty)) continue;
    (among(word, kLevels)  ? sorted.level
     : among(word, kRoles) ? sorted.role
                           : sorted.subject)
        .insert(word);
  }
  return sorted;
}

}  // namespace

JobWords words_of_job(std::string_view name) { return sorted(normal(name)); }

JobWords words_of_target(std::string_view name) {
  Words words = normal(name);
  std::erase_if(words,
                [](const std::string& word) { return among(word, kTestWords) || is_year(word); });
  return sorted(words);
}

bool is_test_stage(std::string_view name) {
  constexpr std::array<std::string_view, 8> kTests{"test", "assessment", "challenge", "exercise",
                                                   "exam", "quiz",       "homework",  "coding"};
  constexpr std::array<std::string_view, 13> kTalks{
      "call",   "phone", "interview", "onsite",    "review", "debrief", "offer",
      "result", "hired", "rejected",  "reference", "passed", "failed"};
  const Words words = normal(name);
  const auto has = [&](const auto& known) {
    return std::ranges::any_of(words, [&](const std::string& word) { return among(word, known); });
  };
  return has(kTests) && !has(kTalks);
}

std::string route_name_of(std::string_view job) {
  constexpr std::size_t kMost = 60;  // room for a number behind it: names have 64 at most
  std::string name;
  for (const std::string& word : split(job)) {
    std::string plain;
    for (const char c : word) {
      if (is_ascii_letter(c) || is_digit(c)) plain += c;
    }
    if (plain.empty() || name.size() + plain.size() + 1 > kMost) continue;
    name += (name.empty() ? "" : "-") + plain;
  }
  return name;
}

}  // namespace praxisync::setup
