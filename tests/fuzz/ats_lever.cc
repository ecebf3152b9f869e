// The Data API v1 and its pages by offset: see ats.h.
#include "connectors/lever/lever.h"
#include "fuzz/ats.h"
#include "json/reader.h"

namespace praxisync::fuzz {

void run(std::string_view input) {
  static const Ats lever{
      .spec = lever::spec(),
      .secrets = {"api_key"},
      .origins = {"https://api.lever.co"},
      .lists =
          [](const http::Request& request) {
            return request.url.find("/v1/opportunities?") != std::string::npos;
          },
      .rows = [](std::string_view body) -> std::optional<std::size_t> {
        const Result<json::Value> document = json::Value::parse(body);
        const json::Value* const data = document ? document->find("data") : nullptr;
        const auto* const list = data ? data->get<json::Value::Array>() : nullptr;
        return list == nullptr ? std::nullopt : std::optional(list->size());
      },
      .application = ApplicationId("a1"),
      .candidate = CandidateId("c1")};
  run_ats(lever, input);
}

}  // namespace praxisync::fuzz
