// People who were invited before anybody looked.
#include <cstdio>

#include "sandbox/assess_sandbox.h"

namespace praxisync::sandbox {
namespace {

constexpr Milliseconds kSpan = std::chrono::days{21};

// Real names have accents, apostrophes and, now and then, markup.
constexpr const char* kGiven[] = {"Jane",   "Omar", "Zoë",   "Nguyễn",
                                  "Łukasz", "Ana",  "Bobby", "美咲"};
constexpr const char* kFamily[] = {"Doe",   "O'Neil",        "Müller",      "Okafor", "Sánchez",
                                   "Nowak", "<b>Tables</b>", "Chen & Sons", "Kim"};
constexpr const char* kRoles[] = {"Engineer", "Senior Backend Engineer", "Data Analyst"};

Invitee person(int number) {
  char email[48];
  std::snprintf(email, sizeof email, "person-%06d@example.com", number);
  const auto place = static_cast<std::size_t>(number);
  Invitee invitee{email};
  if (number % 10 != 9) {
    invitee.name = std::string(kGiven[place % std::size(kGiven)]) + " " +
                   kFamily[place / 3 % std::size(kFamily)];
  }
  if (number % 4 != 3) invitee.role = kRoles[place % std::size(kRoles)];
  return invitee;
}

}  // namespace

void AssessSandbox::add_people(int count) {
  catch_up();
  std::vector<Number> active;
  for (Number number = 0; number < world_.assessments.size(); ++number) {
    Assessment& row = world_.assessments[number];
    if (row.status == AssessmentStatus::Active) active.push_back(number);
    row.created_at = row.updated_at = now_ - kSpan - std::chrono::days{9};
  }
  if (active.empty()) return;
  const Timestamp first = now_ - kSpan;
  for (int number = 0; number < count; ++number) {
    const Timestamp at = first + kSpan * static_cast<std::int64_t>(number) / count;
    lifecycle_.catch_up(at);
    const Invitee invitee = person(number);
    if (number % 12 == 11 && !world_.pipelines.empty()) {
      lifecycle_.enroll(static_cast<Number>(number) % world_.pipelines.size(), invitee, at);
      continue;
    }
    const Number assessment = active[static_cast<Number>(number) % active.size()];
    lifecycle_.invite(assessment, invitee, number % 5 == 4 ? Mail::No : Mail::Yes, at);
  }
  catch_up();
  world_.invited_in_month.clear();
}

}  // namespace praxisync::sandbox
