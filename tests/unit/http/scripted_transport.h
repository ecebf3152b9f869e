#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "http/transport.h"

namespace praxisync::http {

/// Gives its answers in turn, the last one for ever, and keeps what it was sent.
class ScriptedTransport final : public Transport {
 public:
  explicit ScriptedTransport(std::vector<Result<Response>> answers)
      : answers_(answers.begin(), answers.end()) {}

  Result<Response> send(const Request& request) override {
    sent.push_back(request);
    Result<Response> answer = answers_.front();
    if (answers_.size() > 1) answers_.pop_front();
    return answer;
  }

  std::vector<Request> sent;

 private:
  std::deque<Result<Response>> answers_;
};

inline Response status(int code, std::vector<Header> headers = {}) {
  return {.status = code, .headers = std::move(headers), .body = {}};
}

}  // namespace praxisync::http
