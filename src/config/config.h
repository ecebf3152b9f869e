/// The config as typed values: whoever holds a Config need not check it again. `load` reads a file,
/// lays the environment's overrides over it and checks all of it against the connectors' specs.
///
/// A secret is never written into the file: it is named by an environment variable or a file. No
/// problem, warning or other text made here holds one.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problem.h"
#include "connector/spec.h"
#include "domain/email_domains.h"
#include "domain/route.h"
#include "domain/secret.h"
#include "domain/time.h"
#include "schedule/timing.h"

namespace praxisync::config {

/// The process's environment, handed in: nothing here reads it by itself.
using Environment = std::map<std::string, std::string>;

struct Assess {
  std::string
      base_url;  ///< "https://praxicraft.com": https (http on loopback only), no path, no slash
  ApiKey api_key;
  int bulk_size = 100;                                   ///< candidates a bulk call, 1 to 1000
  Milliseconds settle_after = std::chrono::minutes{10};  ///< before an unknown outcome is looked up
  Milliseconds full_sweep = std::chrono::hours{24};      ///< between two readings of everything
  Milliseconds longest_wait = std::chrono::hours{72};    ///< in a queue, before priorities yield
  int reads_per_hour = 500, writes_per_hour = 100;       ///< 1 to 1,000,000
  int reserve_reads = 50;  ///< of reads_per_hour, for settling lost answers and for people
  Milliseconds max_wait = std::chrono::seconds{30};  ///< the longest wait inside a run for a 429
  std::optional<std::filesystem::path> ca_file{};    ///< absolute; instead of the system's
};

struct State {
  std::filesystem::path path;  ///< of the database; absolute
  /// Whether its folder is a usual place of ours, to be made where it is missing, or somebody's
  /// own.
  enum class Folder { Theirs, Made } folder = Folder::Theirs;
};

/// Where `serve` answers. TLS is for a proxy in front of it.
struct Listen {
  std::string host = "127.0.0.1";  ///< an address, IPv6 without brackets, or "localhost"
  int port = 8377;                 ///< 0: any that is free

  bool loopback() const;
  friend bool operator==(const Listen&, const Listen&) = default;
};

struct Serve {
  Listen listen;
  ApiKey token;                         ///< opens the page; empty where the config gives none
  std::vector<ApiKey> webhook_secrets;  ///< that the Assess API signs with; empty: it may not call
  /// While webhooks arrive from all sides, scheduled runs are so far apart; 0: no farther.
  Milliseconds polls_apart = std::chrono::hours{1};
};

struct Safety {
  int max_invites_per_run = 500;  ///< above it nothing is sent until confirmed
  EmailDomains domains;           ///< whose addresses may be contacted
};

enum class MessageFormat { Slack, Json };

/// Who is told how runs end. The URLs are secrets: https (http on loopback only); empty: nobody.
struct Notify {
  ApiKey ping_url;     ///< in the style of healthchecks.io; without a query
  ApiKey webhook_url;  ///< takes messages by POST
  MessageFormat format = MessageFormat::Slack;
  Milliseconds timeout = std::chrono::seconds{5};  ///< of one request, 100 ms to 1 min
};

struct ConnectorConfig {
  ConnectorName name;
  std::string type;
  connector::Settings settings;
  Where where;
  std::optional<schedule::Timing> schedule{};  ///< of its own; nullopt: it runs with the others
};

struct Config {
  std::filesystem::path source;  ///< as it was named
  Assess assess;
  State state;
  std::optional<schedule::Timing> schedule;  ///< of all connectors without one of their own
  Serve serve;
  Safety safety;
  Notify notify;
  std::vector<ConnectorConfig> connectors;
  std::vector<Route> routes;
  std::map<RouteName, Where>
      route_places;             ///< for whoever finds out later that a route cannot work
  std::vector<ApiKey> secrets;  ///< every secret above once more, for redaction
};

/// Either a config or what is wrong with it: `config` is set exactly when `problems` is empty.
struct Loaded {
  std::optional<Config> config;
  std::vector<Problem> problems;
  std::vector<Problem> warnings;
};

/// Commands that look at the database alone do without the secrets: they are left empty then.
enum class Secrets { Needed, NotNeeded };

/// Reads and checks a config file of at most 1 MiB. Relative paths in it, and in overrides, are
/// taken from the file's folder. `PRAXISYNC_STATE__PATH` overrides `path` in `[state]`, and
/// `PRAXISYNC_CONNECTOR__GH__PATH` the setting `path` of the connector "gh"; routes likewise.
Loaded load(const std::filesystem::path& file, const std::vector<connector::ConnectorSpec>& specs,
            const Environment& environment, Secrets secrets = Secrets::Needed);

/// The same for text that was read already; `file` is only named, but the secrets' files are read.
Loaded read(std::string_view toml, const std::filesystem::path& file,
            const std::vector<connector::ConnectorSpec>& specs, const Environment& environment,
            Secrets secrets = Secrets::Needed);

}  // namespace praxisync::config
