// An export as the file connector reads it: the same records whatever the size of a page and
// wherever a process was killed, nobody lost when the file grows, and no record's text in what is
// said of it. Bytes: the format, the size of a page, how much of the file is there at first (in
// parts of 256); the file.
#include "connectors/file/file.h"
#include "fuzz/fuzz.h"
#include "fuzz/scratch.h"
#include "fuzz/still_clock.h"

namespace praxisync::fuzz {
namespace {

class NoTransport final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request&) override {
    PRAXISYNC_CHECK(false, "the file connector has no use for the network");
    return Error{ErrorKind::Fatal, "no network"};
  }
};

struct Pulled {
  std::vector<Application> applications;
  std::vector<SetAside> set_aside;
  std::vector<Sweep> sweeps;
  Cursor next;
  std::string fault{};
};

class Export {
 public:
  Export(std::string format, std::size_t page_size) : format_(std::move(format)) {
    page_size_ = std::to_string(page_size);
  }

  /// Each page with a connector of its own, as after a crash.
  Pulled pull_all(Cursor cursor, std::size_t most_pages) {
    Pulled pulled;
    for (std::size_t pages = 0;; ++pages) {
      PRAXISYNC_CHECK(pages <= most_pages, "a pull ends");
      Result<ApplicationPage> page = make()->pull(cursor);
      if (!page) {
        pulled.fault = page.error().what;
        check_shown(pulled.fault, 5000);
        return pulled;
      }
      std::ranges::move(page->applications, std::back_inserter(pulled.applications));
      std::ranges::move(page->set_aside, std::back_inserter(pulled.set_aside));
      pulled.sweeps.push_back(page->sweep);
      cursor = pulled.next = page->next;
      if (!page->more) return pulled;
    }
  }

  static const Scratch& folder() {
    static const Scratch scratch;
    return scratch;
  }

 private:
  std::unique_ptr<connector::Connector> make() {
    connector::Settings settings{ConnectorName("export")};
    settings.set("path", (folder() / "export.txt").string());
    settings.set("format", format_);
    settings.set("page_size", page_size_);
    static const connector::ConnectorSpec spec = file::spec();
    auto made = spec.make(settings, {.transport = transport_, .clock = clock_});
    PRAXISYNC_CHECK(made.has_value(), "these settings can be used");
    return *std::move(made);
  }

  std::string format_, page_size_;
  NoTransport transport_;
  StillClock clock_;
};

void check_sweeps(const std::vector<Sweep>& sweeps) {
  if (sweeps.size() == 1) {
    return PRAXISYNC_CHECK(sweeps[0] == Sweep::Whole, "one page is a whole sweep");
  }
  PRAXISYNC_CHECK(sweeps.front() == Sweep::Starts && sweeps.back() == Sweep::Ends,
                  "a sweep starts and ends");
  const auto inner = std::span(sweeps).subspan(1, sweeps.size() - 2);
  PRAXISYNC_CHECK(std::ranges::all_of(inner, [](Sweep s) { return s == Sweep::Continues; }),
                  "and continues between");
}

/// Whether it stands in a value: keys and columns are named where one is missing.
bool is_in_a_key(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('"', at);
  if (end == std::string_view::npos) return false;
  const std::size_t next = text.find_first_not_of(" \t", end + 1);
  return next != std::string_view::npos && text[next] == ':';
}

bool some_key_says(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (is_in_a_key(text, at)) return true;
  }
  return false;
}

void check_whole(const Pulled& pulled, std::string_view text) {
  check_sweeps(pulled.sweeps);
  check_shown(pulled.next.text(), 1000);
  for (const Application& application : pulled.applications) {
    PRAXISYNC_CHECK(!application.id.empty(), "an application has an id");
    PRAXISYNC_CHECK(is_utf8(application.id.text() + application.email + application.name),
                    "texts are UTF-8");
  }
  for (const SetAside& flaw : pulled.set_aside) {
    PRAXISYNC_CHECK(flaw.record.starts_with("export.txt:") && !flaw.reason.empty(),
                    "what was set aside has its place and reason");
    PRAXISYNC_CHECK(
        flaw.reason.find("canary") == std::string::npos || some_key_says(text, "canary"),
        "and nothing of the record is in it");
    check_shown(flaw.reason, 5000);
  }
}

}  // namespace

void run(std::string_view input) {
  Pieces pieces(input);
  const std::string format = pieces.below(2) == 0 ? "csv" : "jsonl";
  const std::size_t page_size = pieces.below(5) + 1;
  const std::size_t part = pieces.below(256);
  const std::string text(pieces.rest());
  const std::size_t most_pages = text.size() + 3;
  const Scratch& folder = Export::folder();

  folder.write("export.txt", text);
  const Pulled whole = Export(format, 10'000).pull_all(Cursor(), most_pages);
  const Pulled paged = Export(format, page_size).pull_all(Cursor(), most_pages);
  PRAXISYNC_CHECK(whole.fault == paged.fault, "a file that cannot be read cannot in any size");
  if (!whole.fault.empty()) return;
  check_whole(whole, text);
  check_sweeps(paged.sweeps);
  PRAXISYNC_CHECK(whole.applications == paged.applications && whole.set_aside == paged.set_aside,
                  "pages of any size hold the same");
  const Pulled nothing = Export(format, page_size).pull_all(whole.next, 0);
  PRAXISYNC_CHECK(
      nothing.applications.empty() && nothing.set_aside.empty() && nothing.fault.empty(),
      "an unchanged file tells nothing new");

  const std::size_t first = text.size() * part / 256;
  folder.write("export.txt", std::string_view(text).substr(0, first));
  Pulled early = Export(format, page_size).pull_all(Cursor(), most_pages);
  folder.append("export.txt", std::string_view(text).substr(first));
  const Pulled late =
      Export(format, page_size).pull_all(early.fault.empty() ? early.next : Cursor(), most_pages);
  PRAXISYNC_CHECK(late.fault.empty(), "a file that can be read can be when it has grown");
  std::ranges::copy(late.applications, std::back_inserter(early.applications));
  for (const Application& application : whole.applications) {
    PRAXISYNC_CHECK(std::ranges::find(early.applications, application) != early.applications.end(),
                    "nobody is lost when the file grows");
  }
}

}  // namespace praxisync::fuzz
