/// A Transport around a Transport that holds both sides against the OpenAPI document and keeps what
/// is wrong. It changes nothing of what passes. The request must carry its key when it gets here.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "http/transport.h"
#include "support/contract.h"

namespace praxisync::testing_support {

/// Tests of refusals send wrong requests on purpose: only the answer is judged there.
enum class Judge { BothSides, AnswersOnly };

class ContractTransport final : public http::Transport {
 public:
  /// Both outlive it.
  ContractTransport(http::Transport& next, const Contract& contract, Judge judge = Judge::BothSides)
      : next_(next), contract_(contract), judge_(judge) {}

  Result<http::Response> send(const http::Request& request) override;

  const std::vector<std::string>& violations() const { return violations_; }
  /// Operations that were answered with success.
  const std::set<std::string>& succeeded() const { return succeeded_; }
  int sent() const { return sent_; }

 private:
  http::Transport& next_;
  const Contract& contract_;
  Judge judge_;
  std::vector<std::string> violations_;
  std::set<std::string> succeeded_;
  int sent_ = 0;
};

}  // namespace praxisync::testing_support
