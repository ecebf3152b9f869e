#include "cli/demo_ats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <set>

#include "cli/demo_files.h"
#include "domain/check.h"
#include "sandbox/ats/hiring_server.h"
#include "sandbox/demo_people.h"

namespace praxisync::cli {
namespace {

class FileAts final : public DemoAts {
 public:
  Result<void> open(const std::filesystem::path& folder) override {
    folder_ = folder;
    return write_file(folder / "export.csv", demo_export());
  }
  std::string introduction() const override { return "A made-up ATS export"; }
  std::string connector() const override { return demo_file_connector(); }
  std::map<std::string, std::string> credentials() const override { return {}; }
  std::string work() override { return {}; }

  DemoVerdict close(const sandbox::AssessSandbox& assess) override {
    std::set<std::string> people;
    for (const sandbox::Invitation& invitation : assess.world().invitations)
      people.insert(invitation.email_key);
    std::ifstream results(folder_ / "results.csv");
    std::int64_t written = -1;  // the header
    for (std::string line; std::getline(results, line);) ++written;
    return {{{"people in routed stages", sandbox::kDemoRouted},
             {"people contacted", static_cast<std::int64_t>(people.size())},
             {"outcomes and tags written back", written}},
            people.size() == static_cast<std::size_t>(sandbox::kDemoRouted)};
  }

 private:
  std::filesystem::path folder_;
};

/// Over a socket, with recruiters at work.
class ServedAts final : public DemoAts {
 public:
  ServedAts(const sandbox::ats::PlayedAts& ats, sandbox::DrivenClock& clock)
      : server_(ats, clock) {
    server_.lift_limits();
  }

  Result<void> open(const std::filesystem::path&) override { return server_.start(); }
  std::string introduction() const override {
    return fmt::format("A made-up {} played on {}", server_.ats().type, server_.origin());
  }
  std::string connector() const override { return server_.connector(); }
  std::map<std::string, std::string> credentials() const override {
    std::map<std::string, std::string> variables;
    for (const sandbox::ats::Credential& credential : server_.ats().credentials)
      variables[credential.variable] = credential.value;
    return variables;
  }
  std::string work() override { return fmt::format("{}", fmt::join(server_.work(), ", ")); }

  DemoVerdict close(const sandbox::AssessSandbox& assess) override {
    server_.stop();
    const sandbox::ats::Books books = server_.balance(assess);
    const int requests =
        server_.between_requests([](sandbox::ats::Peer& peer) { return peer.requests(); });
    return {{{"people in routed stages", server_.ever_due()},
             {"  taken out by recruiters", server_.ever_due() - books.due},
             {"people contacted", books.contacted},
             {"  of the rest, missed", books.missed},
             {"notes written", books.notes},
             {"  people without one", books.without_note},
             {"tags written", books.tags},
             {"fields and links written", books.fields + books.links},
             {"moves and rejections written", books.moves + books.rejections},
             {"  against a recruiter", books.overruled},
             {"written twice", books.written_twice},
             {"requests to the ATS", requests}},
            books.as_promised()};
  }

 private:
  sandbox::ats::HiringServer server_;
};

}  // namespace

std::vector<std::string> demo_ats_types() {
  std::vector<std::string> types{"file"};
  const auto& played = sandbox::ats::peer_types();
  types.insert(types.end(), played.begin(), played.end());
  return types;
}

std::unique_ptr<DemoAts> make_demo_ats(const std::string& type, sandbox::DrivenClock& clock) {
  if (type == "file") return std::make_unique<FileAts>();
  const sandbox::ats::PlayedAts* ats = sandbox::ats::find_played(type);
  PRAXISYNC_CHECK(ats != nullptr, "--ats takes only those that are played");
  return std::make_unique<ServedAts>(*ats, clock);
}

}  // namespace praxisync::cli
