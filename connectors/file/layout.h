/// How records are found in the files of one instance: which column holds what, as its settings
/// say.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "connector/settings.h"
#include "domain/application.h"
#include "domain/result.h"

namespace praxisync::file {

/// What is read of a record, in the order of `column_names()`.
enum class Column { ApplicationId, CandidateId, Email, Name, Job, Stage, UpdatedAt };
inline constexpr std::size_t kColumnCount = 7;

/// The names by which `columns` knows them, which are also what a file calls them if it says
/// nothing else.
const std::vector<std::string>& column_names();

enum class Format { Csv, JsonLines };

struct ColumnSetting {
  std::string name;    ///< what the file calls it
  bool given = false;  ///< by the config: then the file must have it
};

struct Layout {
  std::array<ColumnSetting, kColumnCount> columns;
  std::string default_job, default_stage;  ///< where a file has no column or an empty cell for it
  std::optional<char> separator;           ///< detected where not set
  std::optional<Format> format;            ///< by the file's ending where not set

  /// Rejected when a value cannot be used.
  static Result<Layout> parse(const connector::Settings& settings);

  const ColumnSetting& column(Column which) const {
    return columns[static_cast<std::size_t>(which)];
  }
  /// Whether a file without that column cannot be read.
  bool needs(Column which) const;
  /// Changes with anything that makes another list of applications out of the same files.
  std::uint64_t digest() const;
};

/// Where each column stands in a header; nullopt where the file does without.
using ColumnPlaces = std::array<std::optional<std::size_t>, kColumnCount>;

/// Malformed when a column that is needed is missing or stands there twice: says what there is,
/// what was looked for and how to set `columns`.
Result<ColumnPlaces> find_columns(const Layout& layout, std::span<const std::string_view> header);

/// `no column "email"; there are: "ID", "Mail"; …`, for a header or for the keys of a JSON object.
std::string missing_column(const Layout& layout, Column which,
                           const std::vector<std::string>& there, std::string_view word);

/// The texts of one record, in the order of Column; empty where it has none.
using RecordTexts = std::array<std::string_view, kColumnCount>;

/// The application that a record stands for, or why there is none.
std::variant<Application, std::string> to_application(const Layout& layout,
                                                      const RecordTexts& texts);

}  // namespace praxisync::file
