// A database file of any bytes: it is opened or refused, what is refused stays as it was, and what
// is opened can be read without end or crash. The first byte says who opens it (a capital letter: a
// reader) and what is read then. With 'r' next the rest is the file; else the rest edits a good
// one, four bytes each: where (three bytes, counted by bytes that are not 0) and what; 'c' next
// cuts it short as well, behind as many bytes as the next three say.
#include "fuzz/fuzz.h"
#include "fuzz/scratch.h"
#include "simulation/disk/fault_disk.h"
#include "simulation/disk/memory_faults.h"
#include "store/store.h"

namespace praxisync::testing_support {
// No memory fails here.
OutsideTheProcess::OutsideTheProcess() {}
OutsideTheProcess::~OutsideTheProcess() {}
}  // namespace praxisync::testing_support

namespace praxisync::fuzz {
namespace {

using Bytes = testing_support::FaultDisk::Bytes;
using store::Store;

/// Where the database would be; what SQLite reads and writes is in memory.
const std::filesystem::path& path() {
  static const Scratch folder;
  static const std::filesystem::path place = folder / "fuzzed.db";
  return place;
}

testing_support::FaultDisk& disk() {
  static const bool configured = [] {  // one thread: what guards against others takes a tenth
    return sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  }();
  PRAXISYNC_CHECK(configured, "SQLite takes its settings");
  static testing_support::FaultDisk memory;
  return memory;
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
const Bytes& good_file() {
  static const Bytes bytes = [] {
    {
      Result<Store> store = Store::open(path(), {}, disk().name());
      PRAXISYNC_CHECK(store.has_value(), "a new database opens");
      fill(*store);
    }
    return disk().image().at(path().string());
  }();
  return bytes;
}

/// Where it holds something: most of a small database is empty.
const std::vector<std::size_t>& used_places() {
  static const std::vector<std::size_t> places = [] {
    std::vector<std::size_t> used;
    for (std::size_t at = 0; at < good_file().size(); ++at) {
      if (good_file()[at] != 0) used.push_back(at);
    }
    return used;
  }();
  return places;
}

Bytes file_of(std::string_view input) {
  if (input.starts_with('r')) return {input.begin() + 1, input.end()};
  Bytes bytes = good_file();
  Pieces pieces(input);
  const bool cut = pieces.below(256) == 'c';
  const auto place = [&] {
    const std::size_t high = pieces.below(256), middle = pieces.below(256);
    return high << 16U | middle << 8U | pieces.below(256);
  };
  const std::size_t size = cut ? place() % bytes.size() : bytes.size();
  while (pieces.rest().size() >= 4) {
    const std::size_t at = used_places()[place() % used_places().size()];
    bytes[at] = static_cast<std::uint8_t>(pieces.below(256));
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

void read(Store& store, std::size_t what) {
  switch (what) {
    case 0:
      return look(store.view().backlog());
    case 1:
      return look(store.view().by_route());
    case 2:
      return look(store.view().checkpoints());
    case 3:
      return look(store.view().blocked());
    case 4:
      return look(store.view().refused());
    case 5:
      return look(store.view().set_aside());
    case 6:
      return look(store.view().queued());
    case 7:
      return look(store.view().explain("A-2"));
    default:
      return look(store.ground().identity());
  }
}

bool is_kept(const Error& error) {
  return error.what.find("kept as it is") != std::string::npos ||
         error.what.find("nothing in it was changed") != std::string::npos ||
         error.what.find("nothing was changed") != std::string::npos;
}

}  // namespace

void run(std::string_view input) {
  if (input.empty()) return;
  const bool reads = input[0] >= 'A' && input[0] <= 'Z';
  const std::size_t what = static_cast<unsigned char>(input[0]) % 9;
  const Bytes bytes = file_of(input.substr(1));
  disk().restore({{path().string(), bytes}});
  disk().restart();
  {
    Result<Store> store = reads ? Store::open_for_reading(path(), disk().name())
                                : Store::open(path(), {}, disk().name());
    look(store);
    if (store) return read(*store, what);
    if (!is_kept(store.error())) return;
  }
  PRAXISYNC_CHECK(disk().image().at(path().string()) == bytes, "what is refused stays as it was");
}

}  // namespace praxisync::fuzz
