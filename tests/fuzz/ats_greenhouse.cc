// Harvest v3, its token endpoint and its Link headers: see ats.h.
#include "connectors/greenhouse/greenhouse.h"
#include "fuzz/ats.h"
#include "json/reader.h"

namespace praxisync::fuzz {

void run(std::string_view input) {
  static const Ats greenhouse{
      .spec = greenhouse::spec(),
      .secrets = {"client_id", "client_secret"},
      .origins = {"https://harvest.greenhouse.io", "https://auth.greenhouse.io"},
      .lists =
          [](const http::Request& request) {
            return request.url.find("/v3/applications?") != std::string::npos;
          },
      .rows = [](std::string_view body) -> std::optional<std::size_t> {
        const Result<json::Value> document = json::Value::parse(body);
        const auto* const list = document ? document->get<json::Value::Array>() : nullptr;
        return list == nullptr ? std::nullopt : std::optional(list->size());
      },
      .application = ApplicationId("71"),
      .candidate = CandidateId("61")};
  run_ats(greenhouse, input);
}

}  // namespace praxisync::fuzz
