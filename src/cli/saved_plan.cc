#include "cli/saved_plan.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "cli/input_bytes.h"
#include "cli/replaced_file.h"
#include "config/fingerprint.h"
#include "domain/text.h"
#include "report/plan_file_document.h"

namespace praxisync::cli {
namespace {

Error cannot(std::string_view what, const std::string& path, std::string_view why) {
  return {ErrorKind::Rejected, fmt::format("{} cannot be {}: {}", printable(path, 200), what, why)};
}

Result<store::Identity> identity_there(const std::filesystem::path& database) {
  if (!std::filesystem::exists(database)) {
    return Error{ErrorKind::Rejected,
                 fmt::format("made for another database: there is none yet at {}; make a new plan "
                             "with 'praxisync plan --save FILE'",
                             database.string())};
  }
  Result<store::Store> store = store::Store::open_for_reading(database);
  if (!store) return std::move(store).error();
  return store->ground().identity();
}

}  // namespace

Result<void> check_place_for_plan(const std::string& path) {
  if (::access(folder_of(path).c_str(), W_OK) != 0)
    return cannot("written", path, std::strerror(errno));
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return {};
    return cannot("written", path, std::strerror(errno));
  }
  std::array<char, 256> head{};
  std::size_t size = 0;
  if (S_ISREG(found.st_mode)) {
    Result<InputBytes> file = InputBytes::open(path);
    if (!file) return std::move(file).error();
    const Result<std::size_t> read = file->read(head);
    if (!read) return read.error();
    size = *read;
  }
  if (report::begins_a_plan_file({head.data(), size})) return {};
  return cannot("written", path, "it is there already and is not a saved plan; name another file");
}

Result<void> save_plan(const std::string& path, const sync::PlanFile& plan,
                       const store::PlanKey& key) {
  const Result<std::string> text = report::plan_file_document(plan, key);
  if (!text) return text.error();
  if (Result<void> free = check_place_for_plan(path); !free) return free;
  return replace_file(path, *text, S_IRUSR | S_IWUSR);
}

Result<sync::PlanFile> load_plan(const std::string& path, const Session& session) {
  const std::string name = printable(path, 200);
  const Result<std::string> text = read_whole(path, report::kLongestPlanFile);
  if (!text) return text.error();
  Result<store::Identity> identity = identity_there(session.config().state.path);
  if (!identity && identity.error().kind != ErrorKind::Rejected) return std::move(identity).error();
  if (!identity) return std::move(identity).error().during(name);
  Result<sync::PlanFile> plan = report::read_plan_file(*text, *identity);
  if (!plan) return std::move(plan).error().during(name);
  if (plan->config != config::fingerprint_of(session.config())) {
    return Error{ErrorKind::Rejected,
                 fmt::format("{}: made with other routes, connectors or another address of the "
                             "Assess API than the config has now; make a new plan with "
                             "'praxisync plan --save FILE'",
                             name)};
  }
  return plan;
}

}  // namespace praxisync::cli
