#include "cli/demo_ats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <set>

#include "cli/demo_files.h"
#include "domain/check.h"
#include "sandbox/ats/books.h"
#include "sandbox/ats/peers.h"
#include "sandbox/ats/recruiters.h"
#include "sandbox/ats/server.h"
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
      : ats_(ats),
        clock_(clock),
        peer_(ats.make(clock)),
        recruiters_(peer_->world(),
                    sandbox::ats::start_hiring(peer_->world(), sandbox::ats::plan_shape(ats.type))),
        server_(*peer_, clock) {}

  Result<void> open(const std::filesystem::path&) override { return server_.start(); }
  std::string introduction() const override {
    return fmt::format("A made-up {} played on {}", ats_.type, server_.origin());
  }
  std::string connector() const override {
    return sandbox::ats::connector_config(ats_, server_.origin());
  }
  std::map<std::string, std::string> credentials() const override {
    std::map<std::string, std::string> variables;
    for (const sandbox::ats::Credential& credential : ats_.credentials)
      variables[credential.variable] = credential.value;
    return variables;
  }
  std::string work() override {
    return server_.between_requests([this](sandbox::ats::Peer&) {
      return fmt::format("{}", fmt::join(recruiters_.work_until(clock_.now()), ", "));
    });
  }

  DemoVerdict close(const sandbox::AssessSandbox& assess) override {
    server_.stop();
    const auto& due = recruiters_.due();
    const sandbox::ats::Books books = sandbox::ats::balance(due, peer_->world(), assess);
    return {{{"people in routed stages", static_cast<std::int64_t>(due.size())},
             {"  taken out by recruiters", static_cast<std::int64_t>(due.size()) - books.due},
             {"people contacted", books.contacted},
             {"  of the rest, missed", books.missed},
             {"notes written", books.notes},
             {"  people without one", books.without_note},
             {"tags written", books.tags},
             {"fields and links written", books.fields + books.links},
             {"moves and rejections written", books.moves + books.rejections},
             {"  against a recruiter", books.overruled},
             {"written twice", books.written_twice},
             {"requests to the ATS", peer_->requests()}},
            books.as_promised()};
  }

 private:
  const sandbox::ats::PlayedAts& ats_;
  sandbox::DrivenClock& clock_;
  std::unique_ptr<sandbox::ats::Peer> peer_;
  sandbox::ats::Recruiters recruiters_;
  sandbox::ats::PeerServer server_;
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
