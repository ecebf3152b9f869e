#include "config/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace praxisync::config {
namespace {

std::vector<Problem> in_order(std::vector<Problem> problems) {
  std::ranges::stable_sort(problems, {}, [](const Problem& problem) {
    return std::tuple(problem.line != 0, problem.line, problem.column);
  });
  return problems;
}

Problem problem_at(const Where& where, std::string message, std::string hint) {
  return {where.file, where.line, where.column, std::move(message), std::move(hint)};
}

}  // namespace

std::string to_string(const Where& where) {
  return where.line == 0 ? where.file
                         : fmt::format("{}:{}:{}", where.file, where.line, where.column);
}

std::string to_string(const Problem& problem) {
  std::string text = fmt::format("{}: {}", to_string(problem.where()), problem.message);
  if (!problem.hint.empty()) text += "; " + problem.hint;
  return text;
}

void Findings::error(const Where& where, std::string message, std::string hint) {
  errors_.push_back(problem_at(where, std::move(message), std::move(hint)));
}

void Findings::warning(const Where& where, std::string message, std::string hint) {
  warnings_.push_back(problem_at(where, std::move(message), std::move(hint)));
}

std::vector<Problem> Findings::errors() const { return in_order(errors_); }
std::vector<Problem> Findings::warnings() const { return in_order(warnings_); }

}  // namespace praxisync::config
