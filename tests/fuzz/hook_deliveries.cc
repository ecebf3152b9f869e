// A webhook delivery to each source: whatever comes without our secret's signature is refused and
// leaves nothing, and what carries it is taken, whatever else is in it. Lines: a byte that names
// the source, the URL, the signature as it was given, the delivery's id; the body.
#include <stdlib.h>

#include <array>

#include "connectors/all.h"
#include "domain/text.h"
#include "fuzz/fuzz.h"
#include "http/base64.h"
#include "json/reader.h"
#include "serve/hooks.h"
#include "support/fake_clock.h"

namespace praxisync::fuzz {
namespace {

using serve::Hooks;
using serve::Inbox;

struct Source {
  const char *name, *type, *header, *prefix;
};
constexpr std::array<Source, 8> kSources{
    {{"assess", "", "X-Praxicraft-Signature", ""},
     {"ashby", "ashby", "Ashby-Signature", "sha256="},
     {"gh", "greenhouse", "Signature", "sha256 "},
     {"lever", "lever", "Lever-Signature", ""},
     {"recruitee", "file", "X-Recruitee-Signature", ""},
     {"smartrecruiters", "file", "smartrecruiters-signature", "v1="},
     {"teamtailor", "file", "TT-Signature", ""},
     {"workable", "file", "X-Workable-Signature", ""}}};
constexpr const char* kSeconds = "1767600000";

/// In memory where there is such a place, and gone with the process.
std::filesystem::path scratch() {
  std::error_code ignored;
  const std::filesystem::path memory = "/dev/shm";
  std::string name =
      ((std::filesystem::exists(memory, ignored) ? memory
                                                 : std::filesystem::temp_directory_path()) /
       "praxisync-fuzz-XXXXXX")
          .string();
  PRAXISYNC_CHECK(::mkdtemp(name.data()) != nullptr, "there is room for an inbox");
  return name;
}

class Folder {
 public:
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::filesystem::path path = scratch();
};

Inbox& inbox() {
  static const Folder folder;
  static const std::unique_ptr<Inbox> opened = [] {
    auto made = Inbox::open(folder.path / "inbox", {.waiting = 100, .rows = 1000});
    PRAXISYNC_CHECK(made.has_value(), "an inbox can be made");
    return *std::move(made);
  }();
  return *opened;
}

class Call {
 public:
  explicit Call(const std::string& secret)
      : hooks_(sources(secret), inbox(), clock_, {}), secret_(secret) {}

  int status(std::string url, std::vector<http::Header> headers, std::string body) {
    const http::Response answer = hooks_.handle({.method = http::Method::Post,
                                                 .url = std::move(url),
                                                 .headers = std::move(headers),
                                                 .body = std::move(body)});
    PRAXISYNC_CHECK(answer.body.empty(), "no sender is told anything");
    return answer.status;
  }
  /// Those that were taken for genuine, but for tests.
  std::int64_t believed() const {
    std::int64_t sum = 0;
    for (const serve::HookCount& row : hooks_.counts()) {
      if (row.outcome == serve::HookOutcome::Accepted || row.outcome == serve::HookOutcome::Known)
        sum += row.count;
    }
    return sum;
  }
  std::string sign(std::string_view text) const {
    return webhook_signature(text, WebhookSecret(secret_)).text();
  }
  std::string now() const { return std::to_string(clock_.now().time_since_epoch().count()); }

 private:
  static std::vector<serve::HookSource> sources(const std::string& secret) {
    config::Config config;
    config.serve.webhook_secrets = {ApiKey("an-older-secret-of-ours"), ApiKey(secret)};
    for (const Source& source : kSources) {
      if (*source.type == '\0') continue;
      connector::Settings settings{ConnectorName(source.name)};
      settings.set_secrets(connector::kWebhookSecrets, {ApiKey(secret)});
      if (std::string_view(source.type) == "file") settings.set("webhooks_from", source.name);
      config.connectors.push_back(
          {ConnectorName(source.name), source.type, std::move(settings), {}});
    }
    return serve::hook_sources(config, all_connectors());
  }

  testing_support::FakeClock clock_;
  Hooks hooks_;
  std::string secret_;
};

/// What of a delivery that source signs.
std::string signed_text(const Source& source, const std::string& id, const std::string& body) {
  const std::string_view name = source.name;
  if (name == "smartrecruiters") return std::string(kSeconds) + '.' + body + '.' + id + "...";
  if (name == "teamtailor") return std::string(kSeconds) + '.' + body;
  return body;
}

std::vector<http::Header> headers_of(const Source& source, const std::string& digits,
                                     const std::string& id) {
  std::string value = source.prefix + digits;
  if (std::string_view(source.name) == "teamtailor")
    value = http::base64(std::string("t=") + kSeconds + ",v2=" + digits);
  return {{source.header, std::move(value)},
          {"smartrecruiters-timestamp", kSeconds},
          {"event-id", id},
          {"Greenhouse-Event-ID", id}};
}

void check_signed_body(Call& call, const Source& source, const std::string& given_id,
                       const std::string& body) {
  const std::string url = std::string("/hooks/") + source.name;
  const std::string id(trim(given_id));
  const std::string good = call.sign(signed_text(source, id, body));
  const int genuine = std::string_view(source.name) == "smartrecruiters" ? 202 : 200;
  const int want = body.size() > serve::kLargestHook ? 413 : genuine;
  PRAXISYNC_CHECK(call.status(url, headers_of(source, good, id), body) == want,
                  "a genuine one is taken");
  const std::int64_t before = call.believed();
  call.status(url, headers_of(source, good, id), body + " ");
  PRAXISYNC_CHECK(call.believed() == before, "not with another body");
  std::string wrong = good;
  wrong[body.size() % wrong.size()] ^= 1;
  call.status(url, headers_of(source, wrong, id), body);
  PRAXISYNC_CHECK(call.believed() == before, "not with another digit");
}

/// What is signed is the token and the time, not the body.
void check_lever(Call& call, const std::string& token, const std::string& rest) {
  const std::string spelt = json::Value(json::Value::State(token)).compact();
  const auto body = [&](const std::string& time, const std::string& signature) {
    return "{\"token\":" + spelt + ",\"triggeredAt\":" + time + ",\"signature\":\"" + signature +
           "\",\"data\":" + json::Value(json::Value::State(rest)).compact() + "}";
  };
  const std::string good = call.sign(token + call.now());
  PRAXISYNC_CHECK(call.status("/hooks/lever", {}, body(call.now(), good)) == 200,
                  "a genuine one is taken");
  PRAXISYNC_CHECK(call.status("/hooks/lever", {}, body("1", call.sign(token + "1"))) == 401,
                  "not one of long ago");
  PRAXISYNC_CHECK(call.status("/hooks/lever", {}, body(call.now() + "0", good)) == 401,
                  "not with another time");
}

}  // namespace

void run(std::string_view input) {
  Call call(secret_of("webhook", input));
  Pieces pieces(input);
  const Source& source = kSources.at(pieces.below(kSources.size()));
  const std::string url(pieces.line()), given(pieces.line()), id(pieces.line());
  const std::string body(pieces.rest());

  for (const std::string& to : {url, std::string("/hooks/") + source.name}) {
    call.status(to, {{source.header, given}, {"X-Hook-Secret", id}, {"Greenhouse-Event-ID", id}},
                body);
    PRAXISYNC_CHECK(call.believed() == 0, "nobody is believed without our secret");
  }
  const auto before = inbox().take();
  PRAXISYNC_CHECK(before.has_value() && before->places.empty(), "and leaves nothing");

  if (std::string_view(source.type) != "lever") {
    check_signed_body(call, source, id, body);
  } else if (!id.empty() && is_utf8(id) && is_utf8(body)) {
    check_lever(call, id, body);
  }
  const auto after = inbox().take();
  PRAXISYNC_CHECK(after.has_value() && inbox().done(*after).has_value(), "the inbox goes on");
}

}  // namespace praxisync::fuzz
