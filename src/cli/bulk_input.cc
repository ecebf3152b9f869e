#include "cli/bulk_input.h"

#include <fmt/format.h>

#include "csv/csv_reader.h"
#include "csv/line_reader.h"
#include "domain/email.h"
#include "domain/text.h"
#include "json/reader.h"

namespace praxisync::cli {
namespace {

void check_address(BulkRow& row) {
  if (!row.fault.empty()) return;
  if (trim(row.candidate.email).empty()) {
    row.fault = "no e-mail address";
  } else if (const Result<Email> email = Email::parse(row.candidate.email); !email) {
    row.fault = email.error().what;
  } else {
    row.candidate.email = email->spelling();
  }
}

class CsvInput final : public BulkInput {
 public:
  explicit CsvInput(std::unique_ptr<csv::Window> window, char separator)
      : window_(std::move(window)), reader_(*window_, separator) {}

  Result<void> read_header() {
    const Result<csv::CsvReader::Read> read = reader_.next();
    if (!read) return read.error();
    if (*read == csv::CsvReader::Read::End)
      return Error{ErrorKind::Rejected, "the input is empty: a header and a row for each person"};
    if (*read == csv::CsvReader::Read::Bad)
      return Error{ErrorKind::Rejected, "the header cannot be read: " + reader_.reason()};
    std::string there;
    for (std::size_t place = 0; place < reader_.fields().size(); ++place) {
      const std::string name = fold(trim(reader_.fields()[place]));
      there += (place > 0 ? ", " : "") + printable(reader_.fields()[place], 40);
      if (name == "email" || name == "e_mail") email_ = email_.value_or(place);
      if (name == "name") name_ = name_.value_or(place);
      if (name == "role") role_ = role_.value_or(place);
    }
    if (email_) return {};
    return Error{
        ErrorKind::Rejected,
        fmt::format("line {}: no column \"email\"; there are: {}. The first line names the "
                    "columns: email,name,role",
                    reader_.begin().line, printable(there, 300))};
  }

  Result<std::optional<BulkRow>> next() override {
    const Result<csv::CsvReader::Read> read = reader_.next();
    if (!read) return read.error();
    if (*read == csv::CsvReader::Read::End) return std::optional<BulkRow>{};
    BulkRow row{.line = reader_.begin().line, .candidate = {}};
    if (*read == csv::CsvReader::Read::Bad) {
      row.fault = reader_.reason();
      return std::optional(std::move(row));
    }
    row.candidate = {.email = text(email_), .name = text(name_), .role = text(role_)};
    check_address(row);
    return std::optional(std::move(row));
  }

 private:
  std::string text(const std::optional<std::size_t>& place) const {
    if (!place || *place >= reader_.fields().size()) return {};
    return std::string(trim(reader_.fields()[*place]));
  }

  std::unique_ptr<csv::Window> window_;
  csv::CsvReader reader_;
  std::optional<std::size_t> email_, name_, role_;
};

class JsonLinesInput final : public BulkInput {
 public:
  explicit JsonLinesInput(std::unique_ptr<csv::Window> window)
      : window_(std::move(window)), reader_(*window_) {}

  Result<std::optional<BulkRow>> next() override {
    for (;;) {
      const Result<csv::LineReader::Read> read = reader_.next();
      if (!read) return read.error();
      if (*read == csv::LineReader::Read::End) return std::optional<BulkRow>{};
      BulkRow row{.line = reader_.begin().line, .candidate = {}};
      if (*read == csv::LineReader::Read::TooLong) {
        row.fault = "the line is too long";
      } else if (trim(reader_.line()).empty()) {
        continue;
      } else {
        take(row);
      }
      check_address(row);
      return std::optional(std::move(row));
    }
  }

 private:
  void take(BulkRow& row) {
    const Result<json::Value> value = json::Value::parse(reader_.line());
    if (!value) {
      row.fault = value.error().what;
      return;
    }
    if (value->get<json::Value::Object>() == nullptr) {
      row.fault = "the line is no JSON object";
      return;
    }
    json::Fault fault;
    const json::Reader json(*value, "", fault);
    row.candidate = {.email = std::string(trim(json.text_or_empty("email"))),
                     .name = json.text_or_empty("name"),
                     .role = json.text_or_empty("role")};
    if (fault) row.fault = fault.what();
  }

  std::unique_ptr<csv::Window> window_;
  csv::LineReader reader_;
};

}  // namespace

Result<std::unique_ptr<BulkInput>> open_bulk_input(csv::ByteSource& source) {
  auto window = std::make_unique<csv::Window>(source);
  if (const Result<void> skipped = csv::skip_byte_order_mark(*window); !skipped)
    return skipped.error();
  const Result<bool> end = window->at_end();
  if (!end) return end.error();
  if (trim(window->view()).starts_with('{'))
    return std::unique_ptr<BulkInput>(std::make_unique<JsonLinesInput>(std::move(window)));
  const Result<char> separator = csv::detect_separator(*window);
  if (!separator) return separator.error();
  auto input = std::make_unique<CsvInput>(std::move(window), *separator);
  if (const Result<void> read = input->read_header(); !read) return read.error();
  return std::unique_ptr<BulkInput>(std::move(input));
}

}  // namespace praxisync::cli
