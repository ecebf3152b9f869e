#include "cli/saved_plan.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "cli/input_bytes.h"
#include "config/fingerprint.h"
#include "domain/text.h"
#include "report/plan_file_document.h"

namespace praxisync::cli {
namespace {

Error cannot(std::string_view what, const std::string& path, std::string_view why) {
  return {ErrorKind::Rejected, fmt::format("{} cannot be {}: {}", printable(path, 200), what, why)};
}

/// A file that goes away unless it was given its name.
class UnnamedPlan {
 public:
  explicit UnnamedPlan(const std::string& path)
      : path_(path + ".XXXXXX"), file_(::mkostemp(path_.data(), O_CLOEXEC)) {}
  ~UnnamedPlan() {
    if (file_ < 0) return;
    ::close(file_);
    if (!named_) ::unlink(path_.c_str());
  }
  UnnamedPlan(const UnnamedPlan&) = delete;
  UnnamedPlan& operator=(const UnnamedPlan&) = delete;

  bool write(std::string_view text) const {
    while (file_ >= 0 && !text.empty()) {
      const ssize_t size = ::write(file_, text.data(), text.size());
      if (size < 0 && errno != EINTR) return false;
      if (size > 0) text.remove_prefix(static_cast<std::size_t>(size));
    }
    return file_ >= 0 && ::fsync(file_) == 0;
  }
  bool name(const std::string& path) {
    named_ = ::rename(path_.c_str(), path.c_str()) == 0;
    return named_;
  }

 private:
  std::string path_;
  int file_;
  bool named_ = false;
};

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// So that the name, too, outlives a crash of the machine.
void flush_folder_of(const std::string& path) {
  const int file = ::open(folder_of(path).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
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
  UnnamedPlan file(path);
  if (!file.write(*text) || !file.name(path)) return cannot("written", path, std::strerror(errno));
  flush_folder_of(path);
  return {};
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
