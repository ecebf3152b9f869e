#include "connectors/file/records.h"

#include <algorithm>
#include <utility>

#include "connectors/file/encoding.h"
#include "connectors/file/wire.h"
#include "csv/csv_reader.h"
#include "csv/line_reader.h"
#include "domain/text.h"

namespace praxisync::file {
namespace {

/// What both formats share: the file, and what becomes of a record's texts.
struct Origin {
  const OpenFile& file;
  const Layout& layout;

  void set_aside(ApplicationPage& page, std::uint64_t line, std::string reason) const {
    page.set_aside.push_back(
        {.record = file.name + ":" + std::to_string(line), .reason = std::move(reason)});
  }

  void add(ApplicationPage& page, std::uint64_t line, const RecordTexts& texts) const {
    std::variant<Application, std::string> made = to_application(layout, texts);
    if (Application* application = std::get_if<Application>(&made)) {
      page.applications.push_back(std::move(*application));
    } else {
      set_aside(page, line, std::get<std::string>(std::move(made)));
    }
  }
};

struct CsvHeader {
  char separator = ',';
  std::size_t fields = 0;
  ColumnPlaces places;
  Mark end;  ///< where the first row begins
};

Error at_header(Error error, const OpenFile& file, std::uint64_t line) {
  return std::move(error).during(file.name + ":" + std::to_string(line));
}

char separator_by_name(const std::string& name, char detected) {
  return to_lower(name).ends_with(".tsv") ? '\t' : detected;
}

Result<CsvHeader> read_header(Window& window, const Origin& origin) {
  const OpenFile& file = origin.file;
  Result<char> detected = csv::detect_separator(window);
  if (!detected) return std::move(detected).error();
  CsvHeader header;
  header.separator = origin.layout.separator.value_or(separator_by_name(file.name, *detected));
  csv::CsvReader reader(window, header.separator);
  Result<csv::CsvReader::Read> read = reader.next();
  if (!read) return std::move(read).error();
  header.end = window.mark();
  if (*read == csv::CsvReader::Read::End) return header;
  if (*read == csv::CsvReader::Read::Bad) {
    return at_header({ErrorKind::Malformed, "the header: " + reader.reason()}, file,
                     reader.begin().line);
  }
  Result<ColumnPlaces> places = find_columns(origin.layout, reader.fields());
  if (!places) return at_header(std::move(places).error(), file, reader.begin().line);
  header.fields = reader.fields().size();
  header.places = *places;
  return header;
}

class CsvRecords final : public RecordReader {
 public:
  CsvRecords(const Origin& origin, CsvHeader header, const Mark& from)
      : origin_(origin),
        header_(std::move(header)),
        bytes_(origin.file.descriptor, from.offset),
        window_(bytes_, from),
        reader_(window_, header_.separator) {}

  Result<Read> next(ApplicationPage& page) override {
    while (true) {
      Result<csv::CsvReader::Read> read = reader_.next();
      if (!read) return std::move(read).error().during(origin_.file.name);
      if (*read == csv::CsvReader::Read::End) return Read::End;
      if (*read == csv::CsvReader::Read::Bad) {
        origin_.set_aside(page, reader_.begin().line, reader_.reason());
        return Read::Record;
      }
      if (is_blank()) continue;
      add_row(page);
      return Read::Record;
    }
  }

  const Mark& begin() const override { return reader_.begin(); }
  Ending ending() const override { return reader_.ending(); }
  const Mark& mark() const override { return window_.mark(); }
  Result<bool> at_end() override { return window_.at_end(); }

 private:
  /// Spreadsheets leave rows of nothing but separators behind.
  bool is_blank() const {
    return std::all_of(reader_.fields().begin(), reader_.fields().end(),
                       [](std::string_view field) { return field.empty(); });
  }

  void add_row(ApplicationPage& page) {
    const std::span<const std::string_view> fields = reader_.fields();
    if (fields.size() != header_.fields) {
      origin_.set_aside(page, reader_.begin().line,
                        "has " + std::to_string(fields.size()) + " fields where the header has " +
                            std::to_string(header_.fields) +
                            "; a field with a separator in it has to stand in quotes");
      return;
    }
    RecordTexts texts;
    for (std::size_t i = 0; i < kColumnCount; ++i) {
      if (header_.places[i]) texts[i] = fields[*header_.places[i]];
    }
    origin_.add(page, reader_.begin().line, texts);
  }

  const Origin origin_;
  const CsvHeader header_;
  FileBytes bytes_;
  Window window_;
  csv::CsvReader reader_;
};

class JsonRecords final : public RecordReader {
 public:
  JsonRecords(const Origin& origin, const Mark& from)
      : origin_(origin),
        bytes_(origin.file.descriptor, from.offset),
        window_(bytes_, from),
        reader_(window_) {}

  Result<Read> next(ApplicationPage& page) override {
    while (true) {
      Result<csv::LineReader::Read> read = reader_.next();
      if (!read) return std::move(read).error().during(origin_.file.name);
      if (*read == csv::LineReader::Read::End) return Read::End;
      if (*read == csv::LineReader::Read::Line && trim(reader_.line()).empty()) continue;
      const std::string reason = *read == csv::LineReader::Read::TooLong
                                     ? "the line is longer than 1 MiB"
                                     : add_line(page, reader_.line());
      if (!reason.empty()) origin_.set_aside(page, reader_.begin().line, reason);
      return Read::Record;
    }
  }

  const Mark& begin() const override { return reader_.begin(); }
  Ending ending() const override { return reader_.ending(); }
  const Mark& mark() const override { return window_.mark(); }
  Result<bool> at_end() override { return window_.at_end(); }

 private:
  /// Why there is no record in it, or empty.
  std::string add_line(ApplicationPage& page, std::string_view line) {
    std::string fault = csv::fault_of_bytes(line);
    if (!fault.empty()) return fault;
    Result<std::array<std::string, kColumnCount>> values = read_json_line(line, origin_.layout);
    if (!values) return std::move(values).error().what;
    RecordTexts texts;
    std::copy(values->begin(), values->end(), texts.begin());
    origin_.add(page, reader_.begin().line, texts);
    return {};
  }

  const Origin origin_;
  FileBytes bytes_;
  Window window_;
  csv::LineReader reader_;
};

Format format_of(const Layout& layout, const std::string& name) {
  const std::string folded = to_lower(name);
  const bool json =
      folded.ends_with(".jsonl") || folded.ends_with(".ndjson") || folded.ends_with(".json");
  return layout.format.value_or(json ? Format::JsonLines : Format::Csv);
}

Result<void> check_is_json_lines(Window& window, const std::string& name) {
  Result<bool> end = window.at_end();
  if (!end) return std::move(end).error();
  if (!trim(window.view()).starts_with('[')) return {};
  return Error{ErrorKind::Malformed,
               name + " is one JSON list, not one object a line; convert it: jq -c '.[]' '" + name +
                   "' > export.jsonl"};
}

/// A mark before the first record (of a file that had no header yet) is none.
Mark later(const std::optional<Mark>& from, const Mark& first) {
  return from && from->offset > first.offset ? *from : first;
}

}  // namespace

Result<std::unique_ptr<RecordReader>> open_records(const OpenFile& file, const Layout& layout,
                                                   const std::optional<Mark>& from) {
  const Origin origin{.file = file, .layout = layout};
  FileBytes bytes(file.descriptor, 0);
  Window window(bytes);
  if (!from) {
    Result<void> known = check_encoding(window, file.name);
    if (!known) return std::move(known).error();
  }
  Result<void> skipped = csv::skip_byte_order_mark(window);
  if (!skipped) return std::move(skipped).error().during(file.name);
  if (format_of(layout, file.name) == Format::JsonLines) {
    Result<void> lines = check_is_json_lines(window, file.name);
    if (!lines) return std::move(lines).error();
    return std::unique_ptr<RecordReader>(
        std::make_unique<JsonRecords>(origin, later(from, window.mark())));
  }
  Result<CsvHeader> header = read_header(window, origin);
  if (!header) return std::move(header).error();
  const Mark start = later(from, header->end);
  return std::unique_ptr<RecordReader>(
      std::make_unique<CsvRecords>(origin, *std::move(header), start));
}

}  // namespace praxisync::file
