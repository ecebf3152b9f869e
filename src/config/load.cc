#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "config/config.h"
#include "config/connector_reader.h"
#include "config/notify_reader.h"
#include "config/overrides.h"
#include "config/places.h"
#include "config/route_reader.h"
#include "config/schedule_reader.h"
#include "config/schema.h"
#include "config/serve_reader.h"
#include "config/table_reader.h"
#include "http/url.h"

namespace praxisync::config {
namespace {

constexpr std::size_t kMaxFile = 1024 * 1024;

/// One reading of one document.
class Loader {
 public:
  Loader(const Node& document, std::filesystem::path file,
         const std::vector<connector::ConnectorSpec>& specs, const Surroundings& surroundings,
         Findings& findings)
      : document_(document), specs_(specs), surroundings_(surroundings), findings_(findings) {
    config_.source = std::move(file);
  }

  Config read() {
    TableReader top(document_, "the config", top_keys(), findings_);
    read_assess(top);
    read_state(top);
    read_serve_section(top);
    read_safety(top);
    read_notifications(top);
    const ScheduleKeys usual = read_usual_schedule(top);
    config_.schedule = timing_of(usual);
    Connectors connectors =
        read_connectors(list(top, "connector"), specs_, usual, surroundings_, findings_);
    Routes routes = read_routes(list(top, "route"), connectors.declared, findings_);
    if (document_.find("route") == nullptr) {
      findings_.warning({document_.where.file}, "there is no [[route]]: nobody will be invited",
                        "add one");
    }
    config_.connectors = std::move(connectors.ready);
    config_.routes = std::move(routes.ready);
    config_.route_places = std::move(routes.places);
    for (ApiKey& secret : connectors.secrets) config_.secrets.push_back(std::move(secret));
    return std::move(config_);
  }

 private:
  /// A section that stands once; nullptr where the config has none.
  const Node* single(TableReader& top, const std::string& name) {
    const Entry* entry = top.entry({name});
    if (entry == nullptr) return nullptr;
    if (entry->value.kind == NodeKind::Table) return &entry->value;
    findings_.error(entry->where, fmt::format("\"{}\" must be a section that stands once", name),
                    fmt::format("begin it with [{}] on a line of its own", name));
    return nullptr;
  }

  TableReader section(const Node& table, const std::string& name) {
    return {table, "[" + name + "]", section_keys(name), findings_};
  }

  void read_assess(TableReader& top) {
    const Entry* entry = document_.find("assess");
    if (entry == nullptr) {
      findings_.error({document_.where.file, 1, 1}, "the section [assess] is missing",
                      "add it, with base_url and api_key");
      return;
    }
    const Node* table = single(top, "assess");
    if (table == nullptr) return;
    TableReader reader = section(*table, "assess");
    const Key base_url{"base_url", Need::Required, R"("https://praxicraft.com")"};
    if (const auto url = reader.text(base_url)) read_base_url(*table, *url, base_url);
    if (const Entry* key = reader.entry({"api_key", Need::Required, R"({ env = "NAME" })"})) {
      if (auto secret = read_secret(*key, surroundings_, findings_)) {
        config_.secrets.push_back(*secret);
        config_.assess.api_key = std::move(*secret);
      }
    }
    read_pace(reader);
    if (const Entry* ca_file = reader.entry({"ca_file"})) {
      config_.assess.ca_file =
          read_path(*ca_file, surroundings_, R"("/etc/ssl/certs/company.pem")", findings_);
    }
  }

  void read_base_url(const Node& table, const std::string& text, const Key& key) {
    const Result<http::Origin> origin = http::parse_base_url(text);
    if (origin) {
      config_.assess.base_url = http::to_string(*origin);
    } else {
      findings_.error(table.find(key.name)->value.where,
                      "\"base_url\" cannot be used: " + origin.error().what,
                      fmt::format("write it like {}", key.example));
    }
  }

  void read_pace(TableReader& reader) {
    Assess& assess = config_.assess;
    const auto bulk_size = reader.integer({"bulk_size", Need::Optional, "100"}, {1, 1000});
    assess.bulk_size = static_cast<int>(bulk_size.value_or(assess.bulk_size));
    assess.settle_after = reader
                              .duration({"settle_after", Need::Optional, "\"10m\""},
                                        {Milliseconds{0}, std::chrono::hours{24 * 7}})
                              .value_or(assess.settle_after);
    assess.full_sweep = reader
                            .duration({"full_sweep", Need::Optional, "\"24h\""},
                                      {std::chrono::minutes{1}, std::chrono::hours{24 * 365}})
                            .value_or(assess.full_sweep);
    assess.longest_wait = reader
                              .duration({"longest_wait", Need::Optional, "\"3d\""},
                                        {std::chrono::hours{1}, std::chrono::hours{24 * 365}})
                              .value_or(assess.longest_wait);
    const IntegerRange hourly{1, 1'000'000};
    assess.reads_per_hour = static_cast<int>(
        reader.integer({"reads_per_hour", Need::Optional, "500"}, hourly).value_or(500));
    assess.writes_per_hour = static_cast<int>(
        reader.integer({"writes_per_hour", Need::Optional, "100"}, hourly).value_or(100));
    const int reserve =
        reader.percent({"reserve_reads", Need::Optional, "\"10%\""}, 90).value_or(10);
    assess.reserve_reads = assess.reads_per_hour * reserve / 100;
    assess.max_wait = reader
                          .duration({"max_wait", Need::Optional, "\"30s\""},
                                    {Milliseconds{0}, std::chrono::hours{1}})
                          .value_or(assess.max_wait);
  }

  void read_state(TableReader& top) {
    config_.state = usual_state(surroundings_.folder, surroundings_.environment);
    const Node* table = single(top, "state");
    if (table == nullptr) return;
    TableReader reader = section(*table, "state");
    const Entry* path = reader.entry({"path"});
    if (path == nullptr) return;
    if (auto read = read_path(*path, surroundings_, "\"praxisync.db\"", findings_)) {
      config_.state = {std::move(*read)};
    }
  }

  ScheduleKeys read_usual_schedule(TableReader& top) {
    const Node* table = single(top, "schedule");
    return table == nullptr ? ScheduleKeys{} : read_schedule(*table, "[schedule]", findings_);
  }

  void read_serve_section(TableReader& top) {
    const Node* table = single(top, "serve");
    if (table == nullptr) return;
    TableReader reader = section(*table, "serve");
    config_.serve = read_serve(reader, surroundings_, config_.secrets);
  }

  void read_safety(TableReader& top) {
    const Node* table = single(top, "safety");
    if (table == nullptr) return;
    TableReader reader = section(*table, "safety");
    const auto most =
        reader.integer({"max_invites_per_run", Need::Optional, "500"}, {1, 1'000'000});
    config_.safety.max_invites_per_run =
        static_cast<int>(most.value_or(config_.safety.max_invites_per_run));
    config_.safety.domains.allow = read_domains(reader, "allow_domains");
    config_.safety.domains.deny = read_domains(reader, "deny_domains");
  }

  void read_notifications(TableReader& top) {
    const Node* table = single(top, "notify");
    if (table == nullptr) return;
    TableReader reader = section(*table, "notify");
    config_.notify = read_notify(reader, surroundings_);
    for (const ApiKey& url : {config_.notify.ping_url, config_.notify.webhook_url})
      if (!url.empty()) config_.secrets.push_back(url);
  }

  std::vector<std::string> read_domains(TableReader& reader, const std::string& name) {
    const Key key{name, Need::Optional, R"(["example.com", "*.example.com"])"};
    std::vector<std::string> domains = reader.texts(key);
    for (const std::string& domain : domains) {
      if (domain.find_first_of("@ ,") == std::string::npos) continue;
      findings_.error(reader.entry(key)->value.where,
                      fmt::format("\"{}\" must hold domains alone, without '@' and space", name),
                      fmt::format("for example: {} = {}", name, key.example));
    }
    return domains;
  }

  /// A list of sections; empty, with a finding, where it is something else.
  const Node& list(TableReader& top, const std::string& name) {
    static const Node none;
    const Entry* entry = top.entry({name});
    if (entry == nullptr) return none;
    const bool tables = std::ranges::all_of(
        entry->value.items, [](const Node& item) { return item.kind == NodeKind::Table; });
    if (entry->value.kind == NodeKind::List && tables) return entry->value;
    findings_.error(entry->where, fmt::format("\"{}\" must be a list of sections", name),
                    fmt::format("begin each with [[{}]], in two brackets", name));
    return none;
  }

  const Node& document_;
  const std::vector<connector::ConnectorSpec>& specs_;
  const Surroundings& surroundings_;
  Findings& findings_;
  Config config_;
};

Loaded failed(const std::filesystem::path& file, std::string message, std::string hint) {
  return {std::nullopt, {{file.string(), 0, 0, std::move(message), std::move(hint)}}, {}};
}

}  // namespace

Loaded read(std::string_view toml, const std::filesystem::path& file,
            const std::vector<connector::ConnectorSpec>& specs, const Environment& environment,
            Secrets secrets) {
  std::variant<Node, Problem> parsed = parse_document(toml, file.string());
  if (const Problem* problem = std::get_if<Problem>(&parsed)) return {std::nullopt, {*problem}, {}};
  Node& document = std::get<Node>(parsed);
  std::error_code failure;
  std::filesystem::path whole = std::filesystem::absolute(file, failure);
  if (failure) return failed(file, "its folder cannot be found: " + failure.message(), "");

  Findings findings;
  const Surroundings surroundings{environment, whole.lexically_normal().parent_path(), secrets};
  apply_overrides(document, specs, environment, findings);
  Config config = Loader(document, file, specs, surroundings, findings).read();
  Loaded loaded{std::nullopt, findings.errors(), findings.warnings()};
  if (findings.clean()) loaded.config = std::move(config);
  return loaded;
}

Loaded load(const std::filesystem::path& file, const std::vector<connector::ConnectorSpec>& specs,
            const Environment& environment, Secrets secrets) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return failed(file, "this is a folder", "name the file with --config FILE");
  }
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return failed(file, "the config cannot be read: " + std::generic_category().message(errno),
                  "name it with --config FILE, or make one with 'praxisync init'");
  }
  std::string text(kMaxFile + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return failed(file, "the config cannot be read to its end", "");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxFile) {
    return failed(file, "the config is larger than 1 MiB", "is this the right file?");
  }
  return read(text, file, specs, environment, secrets);
}

}  // namespace praxisync::config
