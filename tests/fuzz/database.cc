// A database file of any bytes: it is opened or refused, what is refused stays as it was, and what
// is opened can be read without end or crash. With 'r' first the rest is the file; else the rest
// edits a good one, four bytes each: where (three bytes, counted by bytes that are not 0) and what;
// 'c' first cuts it short as well, behind as many bytes as the next three say.
#include "fuzz/fuzz.h"
#include "fuzz/scratch.h"
#include "store/store.h"

namespace praxisync::fuzz {
namespace {

using store::Store;

const Scratch& folder() {
  static const Scratch scratch;
  return scratch;
}

void fill(Store& store) {
  const Timestamp now{Milliseconds{1'767'600'000'000}};
  const Result<RunKey> run = store.runs().begin(now);
  PRAXISYNC_CHECK(run.has_value(), "a new database takes a run");
  ApplicationPage page;
  for (const char* id : {"A-1", "A-2", "A-3"}) {
    Application application;
    application.id = ApplicationId(id);
    application.candidate = CandidateId("c");
    application.email = std::string(id) + "@example.org";
    application.stage = "Test";
    page.applications.push_back(std::move(application));
  }
  page.next = Cursor("?v=1&pass=sweep");
  page.sweep = Sweep::Whole;
  std::vector<store::Arrival> arrivals;
  for (const Application& application : page.applications) {
    arrivals.push_back(
        {&application, {{RouteName("r"), {TargetKind::Assessment, "slug"}, {}, ""}}});
  }
  PRAXISYNC_CHECK(store.applications().accept_page(ConnectorName("f"), page, arrivals, "print",
                                                   {.run = *run, .at = now}),
                  "and a page");
}

/// Made once; small pages would not be what users have.
const std::string& good_file() {
  static const std::string bytes = [] {
    {
      Result<Store> store = Store::open(folder() / "good.db");
      PRAXISYNC_CHECK(store.has_value(), "a new database opens");
      fill(*store);
    }
    return folder().read("good.db");
  }();
  return bytes;
}

/// Where it holds something: most of a small database is empty.
const std::vector<std::size_t>& used_places() {
  static const std::vector<std::size_t> places = [] {
    std::vector<std::size_t> used;
    for (std::size_t at = 0; at < good_file().size(); ++at) {
      if (good_file()[at] != '\0') used.push_back(at);
    }
    return used;
  }();
  return places;
}

std::string file_of(std::string_view input) {
  if (input.starts_with('r')) return std::string(input.substr(1));
  std::string bytes = good_file();
  Pieces pieces(input);
  const bool cut = pieces.below(256) == 'c';
  const auto place = [&] {
    const std::size_t high = pieces.below(256), middle = pieces.below(256);
    return high << 16U | middle << 8U | pieces.below(256);
  };
  const std::size_t size = cut ? place() % bytes.size() : bytes.size();
  while (pieces.rest().size() >= 4) {
    const std::size_t at = used_places()[place() % used_places().size()];
    bytes[at] = static_cast<char>(pieces.below(256));
  }
  bytes.resize(size);
  return bytes;
}

template <typename T>
void look(const Result<T>& read) {
  if (read) return;
  PRAXISYNC_CHECK(read.error().kind == ErrorKind::Fatal, "a database that is damaged is Fatal");
  PRAXISYNC_CHECK(read.error().what.size() < 2000, "and says so in a few words");
}

void read_all(Store& store) {
  look(store.view().backlog());
  look(store.view().by_route());
  look(store.view().checkpoints());
  look(store.view().blocked());
  look(store.view().refused());
  look(store.view().set_aside());
  look(store.view().queued());
  look(store.view().explain("A-2"));
  look(store.ground().identity());
}

}  // namespace

void run(std::string_view input) {
  const std::string bytes = file_of(input);
  for (const char* beside : {"fuzzed.db-wal", "fuzzed.db-shm", "fuzzed.db-journal"}) {
    folder().remove(beside);
  }
  folder().write("fuzzed.db", bytes);
  {
    Result<Store> store = Store::open_for_reading(folder() / "fuzzed.db");
    look(store);
    if (store) read_all(*store);
  }
  folder().write("fuzzed.db", bytes);
  Result<Store> store = Store::open(folder() / "fuzzed.db");
  look(store);
  if (store) return read_all(*store);
  const bool kept = store.error().what.find("kept as it is") != std::string::npos ||
                    store.error().what.find("nothing in it was changed") != std::string::npos ||
                    store.error().what.find("nothing was changed") != std::string::npos;
  PRAXISYNC_CHECK(!kept || folder().read("fuzzed.db") == bytes, "what is refused stays as it was");
}

}  // namespace praxisync::fuzz
