#include "unit/sandbox/peer.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace praxisync::sandbox::testing_support {
namespace {

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

std::string Reply::at(std::string_view pointer) const {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  const nlohmann::json::json_pointer place{std::string(pointer)};
  if (document.is_discarded() || !document.contains(place)) return "(none)";
  return text_of(document.at(place));
}

std::size_t Reply::size(std::string_view pointer) const {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  const nlohmann::json::json_pointer place{std::string(pointer)};
  return document.is_discarded() || !document.contains(place) ? 0 : document.at(place).size();
}

std::vector<std::string> Reply::column(std::string_view pointer, std::string_view field) const {
  std::vector<std::string> values;
  const auto document = nlohmann::json::parse(body, nullptr, false);
  const nlohmann::json::json_pointer place{std::string(pointer)};
  if (document.is_discarded() || !document.contains(place)) return values;
  for (const auto& row : document.at(place)) {
    const auto found = row.find(std::string(field));
    values.push_back(found == row.end() ? "(none)" : text_of(*found));
  }
  return values;
}

Reply reply_of(const http::Response& response) {
  return {response.status, response.headers, response.body};
}

Options roomy() {
  Options options;
  options.plan = Plan::Enterprise;
  options.reads_per_hour = options.writes_per_hour = 10'000;
  return options;
}

Peer::Peer(Options options, std::string its_key)
    : sandbox(clock, std::move(options)), key(std::move(its_key)) {
  sandbox.add_key(kKey);
  sandbox.add_assessment(kBackend, "Senior Backend Engineer Screen");
  sandbox.add_assessment("initial", "Initial Screen", AssessmentStatus::Active, 60, 2);
  sandbox.add_assessment("deep", "Technical Deep Dive", AssessmentStatus::Active, 70, 4);
  sandbox.add_assessment("planned", "Planned Backend Screen", AssessmentStatus::Draft);
  sandbox.add_assessment("old", "Old Backend Screen", AssessmentStatus::Archived);
  sandbox.add_pipeline("grad", "Grad Program", {"initial", "deep"});
}

http::Request Peer::request(http::Method method, std::string_view path, std::string body) const {
  const bool whole = path.starts_with("http");
  http::Request request{method, (whole ? "" : "https://praxicraft.com" + std::string(kPublicPath)) +
                                    std::string(path)};
  request.headers.push_back({"Authorization", "Bearer " + key});
  if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
  request.body = std::move(body);
  return request;
}

Reply Peer::get(std::string_view path) { return send(request(http::Method::Get, path)); }
Reply Peer::post(std::string_view path, std::string body) {
  return send(request(http::Method::Post, path, std::move(body)));
}
Reply Peer::patch(std::string_view path, std::string body) {
  return send(request(http::Method::Patch, path, std::move(body)));
}
Reply Peer::remove(std::string_view path) { return send(request(http::Method::Delete, path)); }

std::string Peer::invite(std::string_view email, std::string_view slug) {
  return post("assessments/" + std::string(slug) + "/invites/",
              R"({"email":")" + std::string(email) + "\"}")
      .at("/invite_token");
}

Reply Peer::bulk(std::string candidates, std::string_view slug) {
  return post("assessments/" + std::string(slug) + "/invites/bulk/",
              R"({"candidates":)" + candidates + "}");
}

std::string Peer::enroll(std::string_view email, std::string_view slug) {
  return post("pipelines/" + std::string(slug) + "/enroll/",
              R"({"email":")" + std::string(email) + "\"}")
      .at("/enrollment_id");
}

}  // namespace praxisync::sandbox::testing_support
