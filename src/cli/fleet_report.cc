#include "cli/fleet_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "cli/table.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::array<int, 8> kFromBest{kDone, kStopped, kLeaseHeld,    kRecords,
                                       kHeld, kFailed,  kUnauthorized, kUsage};

/// One that a signal has ended failed; so did one with a code that is none of ours.
int exit_code_of(const OrganisationEnd& end) {
  return std::ranges::find(kFromBest, end.code) == kFromBest.end() ? int{kFailed} : end.code;
}

std::string meaning_of(const OrganisationEnd& end) {
  if (!end.begun) return end.code == kStopped ? "not begun" : "cannot be started";
  if (end.code > 128) return fmt::format("ended by signal {}", end.code - 128);
  switch (end.code) {
    case kDone:
      return "done";
    case kUsage:
      return "config or database refused";
    case kRecords:
      return "done, records failed";
    case kStopped:
      return "stopped, goes on";
    case kUnauthorized:
      return "credentials refused";
    case kLeaseHeld:
      return "another run holds it";
    case kHeld:
      return "held until confirmed";
    default:
      return "failed";
  }
}

nlohmann::ordered_json document_in(const OrganisationEnd& end) {
  nlohmann::ordered_json document = nlohmann::ordered_json::parse(end.output, nullptr, false);
  return document.is_discarded() ? nlohmann::ordered_json() : document;
}

/// What runs did, by the names of their documents.
using Sums = std::map<std::string, std::int64_t>;
constexpr std::array<const char*, 5> kCounted{"invited", "enrolled", "completed", "written_back",
                                              "blocked"};

Sums counts_in(const OrganisationEnd& end) {
  Sums sums;
  const nlohmann::ordered_json document = document_in(end);
  const auto counts = document.find("counts");
  if (!document.is_object() || counts == document.end()) return sums;
  for (const char* name : kCounted) {
    const auto found = counts->find(name);
    if (found != counts->end() && found->is_number_integer())
      sums[name] = found->get<std::int64_t>();
  }
  return sums;
}

void add_cells(std::vector<std::string>& cells, const Sums& sums) {
  for (const char* name : kCounted) {
    const auto found = sums.find(name);
    cells.push_back(found == sums.end() ? "-" : std::to_string(found->second));
  }
}

}  // namespace

int worst_exit_code(const std::vector<OrganisationEnd>& ends) {
  std::size_t worst = 0;
  for (const OrganisationEnd& end : ends) {
    const auto* const place = std::ranges::find(kFromBest, exit_code_of(end));
    worst = std::max(worst, static_cast<std::size_t>(place - kFromBest.begin()));
  }
  return kFromBest.at(worst);
}

std::string fleet_table(const std::vector<OrganisationEnd>& ends, FleetCounts counts,
                        const Terminal& terminal) {
  const bool counted = counts == FleetCounts::Shown;
  std::vector<Column> columns{{"organisation"}, {"exit code", Align::Right}, {"which means"}};
  if (counted) {
    for (const char* title : {"invited", "enrolled", "completed", "written back", "blocked"})
      columns.push_back({title, Align::Right});
  }
  Table table(std::move(columns));
  Sums all;
  std::int64_t well = 0;
  for (const OrganisationEnd& end : ends) {
    std::vector<std::string> cells{end.name, std::to_string(exit_code_of(end)), meaning_of(end)};
    if (counted) {
      const Sums sums = counts_in(end);
      for (const auto& [name, number] : sums) all[name] += number;
      add_cells(cells, sums);
    }
    well += end.code == kDone ? 1 : 0;
    table.add(std::move(cells));
  }
  std::vector<std::string> last{"all", std::to_string(worst_exit_code(ends)),
                                fmt::format("{} of {} done", well, ends.size())};
  if (counted) add_cells(last, all);
  table.add(std::move(last));
  return table.render(terminal);
}

std::string fleet_document(const std::vector<OrganisationEnd>& ends) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const OrganisationEnd& end : ends) {
    all.push_back(
        {{"name", end.name}, {"exit_code", exit_code_of(end)}, {"document", document_in(end)}});
  }
  return nlohmann::ordered_json{
      {"fleet", {{"exit_code", worst_exit_code(ends)}, {"organisations", std::move(all)}}}}
      .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace praxisync::cli
