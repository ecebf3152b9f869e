// Configs: whatever is in one, it is read or refused with places and reasons, no problem holds a
// secret, and one that is accepted can be worked with. The first byte says where the secret stands:
// 'k' in the value of api_key, 'e' in an override from the environment (a line before and one
// behind it), else in the environment variables that the text may name.
#include "config/config.h"

#include "config/fingerprint.h"
#include "connectors/all.h"
#include "domain/template.h"
#include "fuzz/fuzz.h"
#include "http/url.h"

namespace praxisync::fuzz {
namespace {

using config::Environment;
using config::Loaded;

constexpr std::string_view kCanary = "Canary7d1f";
constexpr std::string_view kRest =
    "[[connector]]\nname = \"f\"\ntype = \"file\"\npath = \"a.csv\"\n"
    "[[route]]\nname = \"r\"\nconnector = \"f\"\njob = \"J\"\nstage = \"S\"\nassessment = \"a\"\n";

/// The real connectors, and one that needs a credential.
const std::vector<connector::ConnectorSpec>& specs() {
  static const std::vector<connector::ConnectorSpec> all = [] {
    std::vector<connector::ConnectorSpec> made = all_connectors();
    connector::ConnectorSpec ats;
    ats.type = "ats";
    ats.settings = {
        {"token", connector::SettingType::Secret, connector::Need::Required, "its key"},
        {"page_size", connector::SettingType::Integer, connector::Need::Optional, "rows"},
        {"pause", connector::SettingType::Duration, connector::Need::Optional, "wait"},
        {"old", connector::SettingType::Boolean, connector::Need::Optional, "them too"}};
    made.push_back(ats);
    return made;
  }();
  return all;
}

/// `hidden`: the canary stands where a secret does, and nowhere else.
void check_texts(const Loaded& loaded, std::string_view hidden) {
  for (const auto* problems : {&loaded.problems, &loaded.warnings}) {
    for (const config::Problem& problem : *problems) {
      const std::string text = config::to_string(problem);
      PRAXISYNC_CHECK(hidden.empty() || text.find(hidden) == std::string::npos,
                      "no problem holds a secret");
      PRAXISYNC_CHECK(problem.line >= 0 && problem.column >= 0, "a place is a place");
      check_shown(text, 40'000);
    }
  }
}

void check_accepted(const config::Config& made) {
  const auto between = [](int value, int least, int most) {
    return value >= least && value <= most;
  };
  const Result<http::Origin> base = http::parse_base_url(made.assess.base_url);
  PRAXISYNC_CHECK(base.has_value(), "base_url is an origin");
  PRAXISYNC_CHECK(between(made.assess.bulk_size, 1, 1000), "bulk_size is in its range");
  PRAXISYNC_CHECK(between(made.assess.reads_per_hour, 1, 1'000'000) &&
                      between(made.assess.writes_per_hour, 1, 1'000'000) &&
                      between(made.assess.reserve_reads, 0, made.assess.reads_per_hour),
                  "so are the limits");
  PRAXISYNC_CHECK(between(made.safety.max_invites_per_run, 1, 1'000'000), "and the safety limit");
  PRAXISYNC_CHECK(made.state.path.is_absolute(), "the database's place is absolute");
  PRAXISYNC_CHECK(std::ranges::find(made.secrets, made.assess.api_key) != made.secrets.end(),
                  "every secret is known to whoever redacts");
  for (const Route& route : made.routes) {
    const auto value = [](std::string_view) { return std::string("v"); };
    static_cast<void>(expand_template(route.role, value));
    for (const Verdict verdict : {Verdict::Passed, Verdict::Failed, Verdict::Expired,
                                  Verdict::Cancelled, Verdict::Withdrawn}) {
      for (const PolicyAction& action : route.on(verdict).actions) {
        static_cast<void>(expand_template(action.text, value));
      }
    }
    const auto known = [&](const config::ConnectorConfig& one) {
      return one.name == route.connector;
    };
    PRAXISYNC_CHECK(std::ranges::any_of(made.connectors, known), "a route's connector is there");
  }
  const std::string fingerprint = config::fingerprint_of(made);
  PRAXISYNC_CHECK(fingerprint == config::fingerprint_of(made) && !fingerprint.empty(), "one print");
}

}  // namespace

void run(std::string_view input) {
  Environment environment{{"KEY", std::string(kCanary)}, {"TOKEN", "x" + std::string(kCanary)}};
  std::string toml(input);
  std::string_view hidden = toml.find(kCanary) == std::string::npos ? kCanary : "";
  if (input.starts_with('k') || input.starts_with('e')) {
    Pieces pieces(input.substr(1));
    const std::string before(pieces.line()), behind(pieces.line());
    const std::string value = before + std::string(kCanary) + behind;
    const bool from_environment = input.starts_with('e');
    if (from_environment) environment["PRAXISYNC_ASSESS__API_KEY"] = value;
    const std::string key = from_environment ? "{ env = \"KEY\" }" : value;
    toml = "[assess]\nbase_url = \"https://praxicraft.com\"\napi_key = " + key + "\n";
    toml += kRest;
    hidden = kCanary;
  }

  const Loaded loaded = config::read(toml, "/etc/praxisync/praxisync.toml", specs(), environment);

  check_texts(loaded, hidden);
  PRAXISYNC_CHECK(loaded.config.has_value() == loaded.problems.empty(),
                  "a config, or what is wrong with it");
  if (loaded.config) check_accepted(*loaded.config);
  if (toml.size() % 8 != 0) return;
  const Loaded again = config::read(toml, "/etc/praxisync/praxisync.toml", specs(), environment);
  PRAXISYNC_CHECK(again.problems == loaded.problems, "the same each time");
}

}  // namespace praxisync::fuzz
