#include "cli/shard.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "domain/digest.h"

namespace praxisync::cli {
namespace {

constexpr const char* kIndexVariable = "JOB_COMPLETION_INDEX";
constexpr const char* kCountVariable = "JOB_COMPLETIONS";

/// A number of that many digits at most, which an int holds.
std::optional<int> small_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 6;
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failed == std::errc{} && end == text.data() + text.size();
  if (!whole || number < 0 || text.size() > kMostDigits) return std::nullopt;
  return number;
}

Error wrong_shard(std::string what) { return {ErrorKind::Rejected, std::move(what)}; }

Result<Shard> indexed(std::optional<int> index, std::optional<int> count) {
  if (!count || *count < 1)
    return wrong_shard("--shard takes 2/5 for the second of five, or /5 in an indexed job of five");
  if (!index || *index >= *count) {
    return wrong_shard(fmt::format("there is no such shard of {}: {} counts from 0, --shard from 1",
                                   *count, kIndexVariable));
  }
  return Shard{*index, *count};
}

}  // namespace

int shard_of(std::string_view organisation, int count) {
  int chosen = 0;
  std::string best;
  for (int shard = 0; shard < count; ++shard) {
    std::string weight = sha256(fmt::format("{}\n{}", organisation, shard));
    if (weight <= best) continue;
    best = std::move(weight);
    chosen = shard;
  }
  return chosen;
}

bool Shard::takes(std::string_view organisation) const {
  return shard_of(organisation, count) == index;
}

Result<Shard> parse_shard(std::string_view text,
                          const std::map<std::string, std::string>& environment) {
  const auto variable = [&](const char* name) -> std::optional<std::string_view> {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) return std::nullopt;
    return found->second;
  };
  const auto job_index = variable(kIndexVariable), job_count = variable(kCountVariable);
  if (text.empty() && !job_index) return Shard{};
  if (text.empty() && !job_count) {
    return wrong_shard(fmt::format("{} is set, but nothing says of how many: add --shard /N, or {}",
                                   kIndexVariable, kCountVariable));
  }
  if (text.empty()) return indexed(small_number(*job_index), small_number(*job_count));
  const auto slash = text.find('/');
  const std::string_view first = text.substr(0, slash);
  const std::optional<int> count =
      small_number(slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1));
  if (first.empty() && count && !job_index)
    return wrong_shard(fmt::format("--shard /{} needs {}", *count, kIndexVariable));
  if (first.empty()) return indexed(small_number(job_index.value_or("")), count);
  const std::optional<int> place = small_number(first);
  return indexed(place && *place > 0 ? std::optional(*place - 1) : std::nullopt, count);
}

}  // namespace praxisync::cli
