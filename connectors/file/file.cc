#include "connectors/file/file.h"

#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <utility>

#include "connectors/file/layout.h"
#include "connectors/file/listing.h"
#include "connectors/file/occurrences.h"
#include "connectors/file/results_file.h"
#include "connectors/file/senders/senders.h"
#include "connectors/file/source.h"
#include "domain/text.h"

namespace praxisync::file {
namespace {

using connector::Need;
using connector::Settings;
using connector::SettingType;

constexpr std::size_t kDefaultPageSize = 1000;
constexpr std::size_t kLargestPage = 10'000;
constexpr std::string_view kDefaultResults = "results.csv";
constexpr const char* kWebhooksFrom = "webhooks_from";

class File final : public connector::Connector {
 public:
  File(std::filesystem::path path, std::optional<std::filesystem::path> results, Source source,
       Clock& clock)
      : path_(std::move(path)),
        configured_results_(std::move(results)),
        source_(std::move(source)),
        clock_(clock) {}

  Result<ApplicationPage> pull(const Cursor& after) override {
    Result<std::filesystem::path> results = results_path();
    if (!results) return std::move(results).error();
    return source_.pull(after, *results);
  }

  Result<Written> write(const WriteBack& action) override {
    Result<ResultsFile*> results = open_results();
    if (!results) return std::move(results).error();
    if (Result<void> appended = (*results)->append(action); !appended)
      return std::move(appended).error();
    return Written{};
  }

  Result<bool> landed(const WriteBack& action) override {
    Result<ResultsFile*> results = open_results();
    if (!results) return std::move(results).error();
    return (*results)->holds(action.marker);
  }

  /// The jobs and stages that occur in its first pages.
  Result<connector::Openings> openings() override {
    constexpr int kMostPages = 20;
    Occurrences met;
    Cursor cursor;
    for (int pages = 0; pages < kMostPages; ++pages) {
      const Result<ApplicationPage> page = pull(cursor);
      if (!page) return page.error();
      for (const Application& application : page->applications) met.add(application);
      if (!page->more) break;
      cursor = page->next;
    }
    return met.openings();
  }

  std::vector<connector::Finding> check(std::span<const PolicyAction>) override {
    const Result<ApplicationPage> page = pull(Cursor());
    if (!page) {
      return {{.level = connector::Finding::Level::Failure,
               .what = "export",
               .detail = page.error().what}};
    }
    if (page->set_aside.empty())
      return {{.what = "export", .detail = "its first page can be read"}};
    const SetAside& flaw = page->set_aside.front();
    return {{.level = connector::Finding::Level::Warning,
             .what = "export",
             .detail = std::to_string(page->set_aside.size()) +
                       " records of its first page cannot be read",
             .remedy = flaw.record + ": " + flaw.reason}};
  }

 private:
  /// In the folder that is read, or beside the file that is.
  Result<std::filesystem::path> results_path() const {
    if (configured_results_) return *configured_results_;
    struct stat status {};
    const bool there = ::stat(path_.c_str(), &status) == 0;
    if (!there && !is_input_name(path_.filename().native())) return cannot_open(path_, errno);
    const bool is_folder = there && S_ISDIR(status.st_mode);
    return (is_folder ? path_ : path_.parent_path()) / kDefaultResults;
  }

  Result<ResultsFile*> open_results() {
    Result<std::filesystem::path> path = results_path();
    if (!path) return Error{ErrorKind::Transient, std::move(path).error().what};
    if (!results_ || results_->path() != *path) results_.emplace(*std::move(path), clock_);
    return &*results_;
  }

  std::filesystem::path path_;
  std::optional<std::filesystem::path> configured_results_;
  Source source_;
  Clock& clock_;
  std::optional<ResultsFile> results_;
};

Result<std::size_t> parse_page_size(const std::optional<std::string>& text) {
  if (!text) return kDefaultPageSize;
  std::size_t size = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), size);
  if (failed != std::errc() || end != text->data() + text->size() || size < 1 ||
      size > kLargestPage) {
    return Error{ErrorKind::Rejected, "page_size: must be a number from 1 to 10000"};
  }
  return size;
}

/// Whose webhooks tell that an export may be new; nullptr: nobody's.
Result<const senders::Sender*> parse_sender(const Settings& settings) {
  const std::optional<std::string> name = settings.get(kWebhooksFrom);
  const bool has_secrets = !settings.secrets(connector::kWebhookSecrets).empty();
  if (!name && has_secrets)
    return Error{ErrorKind::Rejected,
                 "webhooks_from: is missing; name who signs with webhook_secrets: " +
                     senders::names_of_all()};
  if (!name) return nullptr;
  const senders::Sender* const sender = senders::find(trim(*name));
  if (sender == nullptr)
    return Error{ErrorKind::Rejected, "webhooks_from: must be one of " + senders::names_of_all()};
  return sender;
}

connector::ReadWebhook reader_of(const Settings& settings) {
  const Result<const senders::Sender*> sender = parse_sender(settings);
  return sender && *sender != nullptr ? (*sender)->read : connector::ReadWebhook();
}

/// "exports/" and "exports" are the same folder.
std::filesystem::path normal(const std::string& text) {
  std::filesystem::path path = std::filesystem::path(text).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Result<std::unique_ptr<connector::Connector>> make(const Settings& settings,
                                                   connector::World world) {
  const std::string given_path(trim(settings.get("path").value_or("")));
  if (given_path.empty())
    return Error{ErrorKind::Rejected, "path: is missing; name the file or folder to read"};
  const std::filesystem::path path = normal(given_path);
  std::optional<std::filesystem::path> results;
  if (const std::optional<std::string> given = settings.get("results");
      given && !trim(*given).empty()) {
    results = normal(std::string(trim(*given)));
  }
  if (results.value_or(path.parent_path() / kDefaultResults) == path) {
    return Error{ErrorKind::Rejected, "results: is the file that is read; name another one"};
  }
  Result<Layout> layout = Layout::parse(settings);
  if (!layout) return std::move(layout).error();
  const Result<const senders::Sender*> sender = parse_sender(settings);
  if (!sender) return sender.error();
  Result<std::size_t> page_size = parse_page_size(settings.get("page_size"));
  if (!page_size) return std::move(page_size).error();
  return std::unique_ptr<connector::Connector>(std::make_unique<File>(
      path, std::move(results), Source(path, *std::move(layout), *page_size), world.clock));
}

}  // namespace

connector::ConnectorSpec spec() {
  return {
      .type = "file",
      .summary = "A CSV or JSON-lines export of any ATS; outcomes go to a results file",
      .capabilities = {.actions = {ActionKind::Note, ActionKind::Tag, ActionKind::Field,
                                   ActionKind::Link, ActionKind::Move, ActionKind::Reject}},
      .settings =
          {{.name = "path",
            .type = SettingType::Path,
            .need = Need::Required,
            .help = "the export: a file, or a folder of *.csv, *.tsv, *.jsonl and *.ndjson files"},
           {.name = "results",
            .type = SettingType::Path,
            .help = "the file that outcomes are appended to",
            .fallback = "results.csv beside what is read"},
           {.name = "columns",
            .type = SettingType::Table,
            .help = "what the export calls each column, where its name differs",
            .keys = column_names()},
           {.name = "defaults",
            .type = SettingType::Table,
            .help = "the job and the stage of records that name none",
            .keys = {"job", "stage"}},
           {.name = "separator",
            .help = R"(of CSV fields: ",", ";" or "tab")",
            .fallback = "detected from the first line"},
           {.name = "format", .help = R"("csv" or "jsonl")", .fallback = "by the file's ending"},
           {.name = "page_size",
            .type = SettingType::Integer,
            .help = "records read at a time, 1 to 10000",
            .fallback = "1000"},
           {.name = kWebhooksFrom,
            .help = "the ATS whose webhooks to /hooks/NAME tell that the export may be new: " +
                    senders::names_of_all(),
            .fallback = "no webhooks are received"},
           connector::webhook_secrets("what that ATS signs its webhooks with")},
      .make = make,
      .webhooks = {.reader = reader_of, .ahead_of_pulls = true}};
}

}  // namespace praxisync::file
