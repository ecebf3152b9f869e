// The API of version 2026-01-01, its cursors and sync tokens: see ats.h.
#include "connectors/ashby/ashby.h"
#include "fuzz/ats.h"
#include "json/reader.h"

namespace praxisync::fuzz {

void run(std::string_view input) {
  static const Ats ashby{
      .spec = ashby::spec(),
      .secrets = {"api_key"},
      .origins = {"https://api.ashbyhq.com"},
      .lists =
          [](const http::Request& request) { return request.url.ends_with("/application.list"); },
      .rows = [](std::string_view body) -> std::optional<std::size_t> {
        const Result<json::Value> document = json::Value::parse(body);
        const json::Value* const success = document ? document->find("success") : nullptr;
        const json::Value* const results = document ? document->find("results") : nullptr;
        const bool* const said = success ? success->get<bool>() : nullptr;
        const auto* const list = results ? results->get<json::Value::Array>() : nullptr;
        if (said == nullptr || !*said || list == nullptr) return std::nullopt;
        return list->size();
      },
      .application = ApplicationId("a1"),
      .candidate = CandidateId("c1")};
  run_ats(ashby, input);
}

}  // namespace praxisync::fuzz
