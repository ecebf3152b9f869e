#include "support/contract_transport.h"

namespace praxisync::testing_support {

Result<http::Response> ContractTransport::send(const http::Request& request) {
  ++sent_;
  const auto keep = [this](const std::vector<std::string>& found) {
    violations_.insert(violations_.end(), found.begin(), found.end());
  };
  if (judge_ == Judge::BothSides) keep(contract_.check_request(request));
  Result<http::Response> answer = next_.send(request);
  if (!answer) return answer;
  keep(contract_.check_answer(request, *answer));
  const auto operation = contract_.operation_of(request);
  const bool success = answer->status >= 200 && answer->status <= 299;
  if (operation && success) succeeded_.insert(*operation);
  return answer;
}

}  // namespace praxisync::testing_support
