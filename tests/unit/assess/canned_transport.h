#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "assess/client.h"
#include "http/transport.h"
#include "support/fake_clock.h"
#include "support/result_matchers.h"

namespace praxisync::assess {

template <typename T>
void PrintTo(const Reply<T>& reply, std::ostream* out) {
  if (reply) {
    *out << "a value";
  } else {
    PrintTo(reply.error(), out);
  }
}

/// Answers with what the test put in, in order, and keeps what it was asked.
class CannedTransport final : public http::Transport {
 public:
  void answer(int status, std::string body, std::vector<http::Header> headers = {}) {
    answers_.emplace_back(http::Response{status, std::move(headers), std::move(body)});
  }
  void fail(Error error) { answers_.emplace_back(std::move(error)); }

  Result<http::Response> send(const http::Request& request) override {
    asked.push_back(request);
    if (answers_.empty()) return Error{ErrorKind::Fatal, "the test has no answer for this request"};
    Result<http::Response> next = std::move(answers_.front());
    answers_.pop_front();
    return next;
  }

  std::vector<http::Request> asked;

 private:
  std::deque<Result<http::Response>> answers_;
};

/// A client of "https://assess.example" with canned answers.
class WithClient : public testing::Test {
 protected:
  const http::Request& asked() const { return transport.asked.back(); }
  std::string url() const { return asked().url; }

  CannedTransport transport;
  testing_support::FakeClock clock;
  Client client{transport, clock, "https://assess.example"};
};

inline const AssessmentSlug kScreen{"senior-backend-screen"};
inline const std::string kApi = "https://assess.example/api/v1/public/";

}  // namespace praxisync::assess
