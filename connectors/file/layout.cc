#include "connectors/file/layout.h"

#include <algorithm>

#include "connectors/file/file_bytes.h"
#include "csv/digest.h"
#include "domain/text.h"

namespace praxisync::file {
namespace {

constexpr std::size_t kNamesShown = 30;

Result<std::optional<char>> parse_separator(const std::optional<std::string>& text) {
  if (!text) return std::optional<char>();
  if (*text == "," || *text == "comma") return std::optional(',');
  if (*text == ";" || *text == "semicolon") return std::optional(';');
  if (*text == "\t" || *text == "tab") return std::optional('\t');
  return Error{ErrorKind::Rejected, R"(separator: must be ",", ";" or "tab")"};
}

Result<std::optional<Format>> parse_format(const std::optional<std::string>& text) {
  if (!text) return std::optional<Format>();
  if (*text == "csv") return std::optional(Format::Csv);
  if (*text == "jsonl") return std::optional(Format::JsonLines);
  return Error{ErrorKind::Rejected, R"(format: must be "csv" or "jsonl")"};
}

std::string entry(const connector::Settings& settings, std::string_view table,
                  const std::string& key) {
  const auto& entries = settings.table(table);
  const auto found = entries.find(key);
  return found == entries.end() ? std::string() : std::string(trim(found->second));
}

/// A first line that holds an address is no header, and must not be repeated in an error.
bool looks_like_data(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return name.find('@') != std::string::npos; });
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesShown); ++i) {
    if (i > 0) text += ", ";
    text += '"' + printable(trim(names[i]), 60) + '"';
  }
  if (names.size() > kNamesShown) text += ", …";
  return text;
}

/// What the name was most likely meant to be: one that has the word in it, or one spelt nearly so.
std::string nearest(const std::string& wanted, const std::vector<std::string>& names) {
  std::vector<std::string> words = {fold(wanted)};
  if (words[0] == "application_id") words.push_back("id");
  if (words[0] == "email") words.push_back("mail");
  for (const std::string& word : words) {
    for (const std::string& name : names) {
      if (fold(trim(name)).find(word) != std::string::npos) return std::string(trim(name));
    }
  }
  return did_you_mean(wanted, names);
}

}  // namespace

const std::vector<std::string>& column_names() {
  static const std::vector<std::string> names = {
      "application_id", "candidate_id", "email", "name", "job", "stage", "updated_at"};
  return names;
}

Result<Layout> Layout::parse(const connector::Settings& settings) {
  Layout layout;
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const std::string& name = column_names()[i];
    const std::string given = entry(settings, "columns", name);
    layout.columns[i] = {.name = given.empty() ? name : given, .given = !given.empty()};
  }
  layout.default_job = entry(settings, "defaults", "job");
  layout.default_stage = entry(settings, "defaults", "stage");
  Result<std::optional<char>> separator = parse_separator(settings.get("separator"));
  if (!separator) return std::move(separator).error();
  layout.separator = *separator;
  Result<std::optional<Format>> format = parse_format(settings.get("format"));
  if (!format) return std::move(format).error();
  layout.format = *format;
  return layout;
}

bool Layout::needs(Column which) const {
  switch (which) {
    case Column::ApplicationId:
    case Column::Email:
      return true;
    case Column::Job:
      return column(which).given || default_job.empty();
    case Column::Stage:
      return column(which).given || default_stage.empty();
    case Column::CandidateId:
    case Column::Name:
    case Column::UpdatedAt:
      break;
  }
  return column(which).given;
}

std::uint64_t Layout::digest() const {
  Digest digest;
  for (const ColumnSetting& setting : columns) digest.add_text(setting.name);
  digest.add_text(default_job);
  digest.add_text(default_stage);
  digest.add_text(separator ? std::string_view(&*separator, 1) : std::string_view());
  digest.add_text(!format ? "" : *format == Format::Csv ? "csv" : "jsonl");
  return digest.value();
}

std::string missing_column(const Layout& layout, Column which,
                           const std::vector<std::string>& there, std::string_view word) {
  const std::string& key = column_names()[static_cast<std::size_t>(which)];
  const std::string& wanted = layout.column(which).name;
  const std::string what =
      "no " + std::string(word) + " \"" + printable(wanted, 60) + "\" for " + key;
  if (looks_like_data(there)) {
    return what + ": the first line has to name the columns, and this one looks like a record";
  }
  const std::string near = nearest(wanted, there);
  const std::string example = near.empty() ? "…" : printable(near, 60);
  return what + "; there are: " + listed(there) +
         (near.empty() ? "" : "; did you mean \"" + example + "\"?") + " Set columns = { " + key +
         " = \"" + example + "\" }";
}

Result<ColumnPlaces> find_columns(const Layout& layout, std::span<const std::string_view> header) {
  std::vector<std::string> names;
  for (const std::string_view name : header) names.push_back(fold(trim(name)));
  ColumnPlaces places;
  for (std::size_t i = 0; i < kColumnCount; ++i) {
    const Column which = static_cast<Column>(i);
    const std::string wanted = fold(layout.column(which).name);
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found != names.end()) {
      if (std::find(found + 1, names.end(), wanted) != names.end()) {
        return Error{ErrorKind::Malformed, "the column \"" +
                                               printable(layout.column(which).name, 60) +
                                               "\" stands there twice; rename one of them"};
      }
      places[i] = static_cast<std::size_t>(found - names.begin());
    } else if (layout.needs(which)) {
      return Error{ErrorKind::Malformed,
                   missing_column(layout, which, {header.begin(), header.end()}, "column")};
    }
  }
  return places;
}

std::variant<Application, std::string> to_application(const Layout& layout,
                                                      const RecordTexts& texts) {
  const auto text = [&](Column which) { return trim(texts[static_cast<std::size_t>(which)]); };
  const auto text_or = [&](Column which, const std::string& fallback) {
    const std::string_view found = text(which);
    return found.empty() ? fallback : std::string(found);
  };
  Application application;
  application.id = ApplicationId(std::string(text(Column::ApplicationId)));
  if (application.id.empty()) return "has no application_id; give the record an id of its own";
  application.candidate = CandidateId(text_or(Column::CandidateId, application.id.text()));
  application.email = text(Column::Email);
  application.name = text(Column::Name);
  application.job = text_or(Column::Job, layout.default_job);
  application.stage = text_or(Column::Stage, layout.default_stage);
  application.updated_at = parse_timestamp(text(Column::UpdatedAt));
  return application;
}

}  // namespace praxisync::file
