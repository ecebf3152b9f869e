#include "contract/connectors/ats.h"

#include <gtest/gtest.h>

#include <fstream>

#include "connectors/all.h"
#include "sandbox/ats/hiring.h"
#include "sandbox/ats/peers.h"
#include "sandbox/ats/transport.h"
#include "support/scratch_folder.h"

namespace praxisync::testing_support {
namespace {

using sandbox::ats::PlanShape;

connector::ConnectorSpec spec_of(const std::string& type) {
  for (connector::ConnectorSpec& spec : all_connectors()) {
    if (spec.type == type) return std::move(spec);
  }
  ADD_FAILURE() << "no connector " << type;
  return {};
}

std::unique_ptr<connector::Connector> made(const connector::ConnectorSpec& spec,
                                           const connector::Settings& settings,
                                           connector::World world) {
  world.routed = {{kJob, kStage}};
  auto connector = spec.make(settings, std::move(world));
  EXPECT_TRUE(connector) << (connector ? "" : connector.error().what);
  return connector ? std::move(*connector) : nullptr;
}

/// An ATS with an API of its own.
class ServedAts final : public Ats {
 public:
  explicit ServedAts(const std::string& type)
      : spec_(spec_of(type)),
        played_(*sandbox::ats::find_played(type)),
        peer_(played_.make(clock)),
        transport_(clock) {
    transport_.mount(*peer_);
    open_jobs(type);
  }

  sandbox::ats::Recruiting& world() override { return peer_->world(); }
  connector::ConnectorSpec spec() const override { return spec_; }
  sandbox::Faults* faults() override { return &peer_->faults(); }
  int requests() const override { return static_cast<int>(transport_.log().size()); }

  std::unique_ptr<connector::Connector> connect() override {
    connector::Settings settings{ConnectorName("ats")};
    for (const sandbox::ats::Credential& credential : played_.credentials)
      settings.set_secret(credential.setting, ApiKey(credential.value));
    settings.set("page_size", std::to_string(page_size));
    return made(spec_, settings,
                {.transport = transport_, .clock = clock, .keep_secret = [this](const ApiKey& key) {
                   minted_.push_back(key.reveal());
                 }});
  }

  std::vector<std::string> secrets() const override {
    std::vector<std::string> all = minted_;
    for (const sandbox::ats::Credential& credential : played_.credentials)
      all.push_back(credential.value);
    return all;
  }

  int effects() override {
    int count = 0;
    for (const sandbox::ats::Effect& effect : world().effects())
      count += effect.kind == sandbox::ats::Effect::Kind::NewTag ? 0 : 1;
    return count;
  }

 private:
  connector::ConnectorSpec spec_;
  const sandbox::ats::PlayedAts& played_;
  std::unique_ptr<sandbox::ats::Peer> peer_;
  sandbox::ats::PeerTransport transport_;
  std::vector<std::string> minted_;
};

class NoNetwork final : public http::Transport {
 public:
  Result<http::Response> send(const http::Request&) override {
    return Error{ErrorKind::Fatal, "the file connector went to the network"};
  }
};

/// An ATS whose recruiters export it anew after each change.
class ExportedAts final : public Ats {
 public:
  ExportedAts() : world_(clock, sandbox::ats::IdStyle::Numbers) { open_jobs("file"); }

  sandbox::ats::Recruiting& world() override { return world_; }
  connector::ConnectorSpec spec() const override { return spec_of("file"); }

  std::unique_ptr<connector::Connector> connect() override {
    const std::string csv = exported();
    if (csv != written_) {
      std::ofstream(folder_ / "new") << csv;
      std::filesystem::rename(folder_ / "new", folder_ / "export.csv");
      written_ = csv;
    }
    connector::Settings settings{ConnectorName("ats")};
    settings.set("path", (folder_ / "export.csv").string());
    settings.set("page_size", std::to_string(page_size));
    return made(spec(), settings, {.transport = network_, .clock = clock});
  }

  int effects() override {
    std::ifstream results(folder_ / "results.csv");
    int rows = 0;
    for (std::string line; std::getline(results, line);) rows += line.starts_with("px:") ? 1 : 0;
    return rows;
  }

 private:
  std::string exported() const {
    std::string csv = "application_id,candidate_id,email,name,job,stage\n";
    for (const sandbox::ats::Candidacy* application : world_.applications()) {
      const sandbox::ats::Person* person = world_.person(application->person);
      const sandbox::ats::Job* job = world_.job(application->job);
      const sandbox::ats::Stage* stage = world_.stage(application->stage);
      if (application->status != sandbox::ats::ApplicationStatus::Active || job == nullptr ||
          stage == nullptr || person->anonymised)
        continue;
      std::string name;
      for (const char c : person->name()) name.append(c == '"' ? 2U : 1U, c);
      csv += application->id + "," + person->id + "," +
             (person->emails.empty() ? "" : person->emails.front()) + ",\"" + name + "\"," +
             job->name + "," + stage->name + "\n";
    }
    return csv;
  }

  sandbox::ats::Recruiting world_;
  ScratchFolder folder_;
  NoNetwork network_;
  std::string written_;
};

}  // namespace

void Ats::open_jobs(std::string_view type) {
  std::vector<std::string> stages{"Application Review", kStage, "Onsite", "Offer"};
  const PlanShape shape = sandbox::ats::plan_shape(type);
  if (shape == PlanShape::Shared) stages.emplace_back("Archived");
  const std::string plan = world().add_plan("Engineering", stages);
  if (shape == PlanShape::Shared) world().make_archive(plan, "Archived");
  const std::string other =
      shape == PlanShape::OnePerJob ? world().add_plan("Office", stages) : plan;
  job_ = world().add_job(kJob, plan);
  const std::string office = world().add_job("Office Manager", other);
  world().add_reason("Not enough skills");
  world().add_field("Assessment score", sandbox::ats::FieldType::Number);
  for (const char* name : {"Olga", "Otto", "Ove"}) {
    const std::string person =
        world().add_person(name, "Office", {std::string(name) + "@example.org"});
    world().apply(person, office, kStage);
  }
}

std::string Ats::hire(const std::string& first, const std::string& last, const std::string& email) {
  const std::string person = world().add_person(
      first, last, email.empty() ? std::vector<std::string>{} : std::vector<std::string>{email});
  return world().apply(person, job_, kStage);
}

int Ats::tagged(const std::string& application, const std::string& tag) {
  const sandbox::ats::Candidacy& row = *world().application(application);
  const auto& own = row.tags;
  const auto& persons = world().person(row.person)->tags;
  return static_cast<int>(std::count(own.begin(), own.end(), tag) +
                          std::count(persons.begin(), persons.end(), tag));
}

void Ats::crowd(int people, int first) {
  for (int i = first; i < first + people; ++i) {
    const std::string number = std::to_string(i);
    hire("Person", number, "p" + number + "@example.org");
  }
}

std::string Ats::stage(const std::string& name) { return world().stage_id(job_, name); }

std::unique_ptr<Ats> make_ats(const std::string& type) {
  if (type == "file") return std::make_unique<ExportedAts>();
  return std::make_unique<ServedAts>(type);
}

void Mirror::take(const ApplicationPage& page) {
  ++pages;
  set_aside += static_cast<int>(page.set_aside.size());
  if (page.sweep == Sweep::Starts || page.sweep == Sweep::Whole) seen_.clear();
  const StageFilter routed{kJob, kStage};
  for (const Application& application : page.applications) {
    if (!routed.takes(application)) {
      there.erase(application.id.text());
      continue;
    }
    there[application.id.text()] = application;
    seen_.insert(application.id.text());
  }
  for (const Departure& departure : page.left) {
    const auto known = there.find(departure.id.text());
    if (known == there.end()) continue;
    const bool stays = !departure.stage_id.empty() &&
                       departure.stage_id == known->second.stage_id &&
                       departure.job_id == known->second.job_id;
    if (stays) {
      seen_.insert(known->first);
    } else {
      there.erase(known);
    }
  }
  if (page.sweep != Sweep::Ends && page.sweep != Sweep::Whole) return;
  std::erase_if(there, [&](const auto& one) {
    const auto& swept = page.swept_stages;
    const bool listed =
        swept.empty() || std::find(swept.begin(), swept.end(), one.second.stage_id) != swept.end();
    return listed && !seen_.contains(one.first);
  });
}

std::map<std::string, std::string> Mirror::people() const {
  std::map<std::string, std::string> all;
  for (const auto& [id, application] : there)
    all[id] = application.name + " <" + application.email + ">";
  return all;
}

std::map<std::string, std::string> people_in(Ats& ats) {
  std::map<std::string, std::string> all;
  for (const sandbox::ats::Candidacy* application : ats.world().applications()) {
    const sandbox::ats::Job* job = ats.world().job(application->job);
    const sandbox::ats::Person* person = ats.world().person(application->person);
    if (application->status != sandbox::ats::ApplicationStatus::Active || job == nullptr ||
        job->name != kJob || application->stage != ats.stage(kStage) || person->anonymised)
      continue;
    all[application->id] =
        person->name() + " <" + (person->emails.empty() ? "" : person->emails.front()) + ">";
  }
  return all;
}

}  // namespace praxisync::testing_support
