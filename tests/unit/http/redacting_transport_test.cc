#include "http/redacting_transport.h"

#include <gtest/gtest.h>

#include "support/fake_clock.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using testing_support::FakeClock;

class SlowTransport final : public Transport {
 public:
  SlowTransport(Transport& next, FakeClock& clock) : next_(next), clock_(clock) {}
  Result<Response> send(const Request& request) override {
    clock_.advance(Milliseconds{35});
    return next_.send(request);
  }

 private:
  Transport& next_;
  FakeClock& clock_;
};

struct Logged {
  explicit Logged(Result<Response> answer) : peer({std::move(answer)}) {
    redactor.add(ApiKey("canary-key"));
  }

  ScriptedTransport peer;
  FakeClock clock;
  SlowTransport slow{peer, clock};
  Redactor redactor;
  std::vector<std::string> lines;
  RedactingTransport transport{slow, redactor, clock,
                               [this](std::string line) { lines.push_back(std::move(line)); }};
};

TEST(RedactingTransport, TellsOneLineARequest) {
  Logged logged(Response{.status = 200, .headers = {}, .body = "canary-key and more"});

  (void)logged.transport.send({.method = Method::Post,
                               .url = "https://h.example/x/canary-key?cursor=canary-key",
                               .body = "canary-key"});

  EXPECT_EQ(logged.lines, (std::vector<std::string>{
                              "POST https://h.example/x/[redacted]?cursor: 200, 19 bytes, 35 ms"}));
}

TEST(RedactingTransport, ScrubsErrorsOnTheirWayUp) {
  Logged logged(Error{ErrorKind::Transient, "no answer to canary-key"});

  const Result<Response> reply = logged.transport.send({.url = "https://h.example/"});

  EXPECT_EQ(reply.error().what, "no answer to [redacted]");
  EXPECT_EQ(logged.lines,
            (std::vector<std::string>{"GET https://h.example/: transient: no answer to "
                                      "[redacted], 35 ms"}));
}

TEST(RedactingTransport, LeavesAnAnswerAsItIs) {
  Logged logged(Response{.status = 201, .headers = {{"A", "b"}}, .body = "canary-key"});

  const Result<Response> reply = logged.transport.send({.url = "https://h.example/"});

  EXPECT_EQ(reply->body, "canary-key");
  EXPECT_EQ(reply->status, 201);
}

}  // namespace
}  // namespace praxisync::http
