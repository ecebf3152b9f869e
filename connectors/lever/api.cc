#include "connectors/lever/api.h"

#include <fmt/format.h>

#include <utility>

namespace praxisync::lever {
namespace {

using http::encode_query_value;
using http::encode_segment;

/// Lever takes ten requests a second from a key, in bursts of twenty ('Rate limits'). It never says
/// how long to wait.
constexpr connector::AccountPolicy kPace{.requests = 8, .unsaid_wait = std::chrono::seconds{10}};

bool is_success(const http::Response& reply) { return reply.status >= 200 && reply.status <= 299; }

/// A path that Lever does not have is a 404 too ('Errors').
bool is_gone(const http::Response& reply) {
  return reply.status == 404 && read_refusal(reply.body).code == "ResourceNotFound";
}

std::string milliseconds(Timestamp at) { return std::to_string(at.time_since_epoch().count()); }

/// A token looks as if it were encoded already. It is none of our business what it says: it is kept
/// byte for byte and encoded like any other value ('Pagination', recorded).
std::string from(const std::string& offset) {
  return offset.empty() ? "" : "&offset=" + encode_query_value(offset);
}

http::Credentials credentials(const ApiKey& key) {
  return [key]() -> Result<std::vector<http::Credential>> {
    return std::vector<http::Credential>{http::basic(key, ApiKey())};
  };
}

std::string opportunity_path(const std::string& id) {
  return "/v1/opportunities/" + encode_segment(id);
}

}  // namespace

Api::Api(const connector::World& world, const connector::HttpSettings& http, const ApiKey& key,
         std::string perform_as)
    : clock_(world.clock),
      account_(world, http.origin, credentials(key), kPace),
      limit_(fmt::format("limit={}", http.page_size)),
      perform_as_(perform_as.empty() ? "" : "?perform_as=" + encode_query_value(perform_as)) {}

Result<OpportunityPage> Api::opportunities(const OpportunityFilter& filter,
                                           const std::string& offset) {
  // Without these bounds archived people are listed too, and confidential ones are not
  // ('Opportunities').
  std::string path = "/v1/opportunities?" + limit_ + "&expand=applications";
  if (filter.changed_since) {
    path += "&updated_at_start=" + milliseconds(*filter.changed_since);
  } else {
    path += "&archived=false";
  }
  for (const std::string& id : filter.stages) path += "&stage_id=" + encode_query_value(id);
  for (const std::string& id : filter.postings) path += "&posting_id=" + encode_query_value(id);
  const Result<http::Response> reply =
      get_with_confidential(path + from(offset), scope::kOpportunities);
  if (!reply) return reply.error();
  Result<OpportunityPage> page = read_opportunities(reply->body);
  if (page) page->answered = connector::server_time(*reply, clock_.now());
  return page;
}

Result<std::optional<Opportunity>> Api::opportunity(const std::string& id) {
  const http::Request request{.url = account_.url(opportunity_path(id) + "?expand=applications")};
  const Result<http::Response> reply = account_.send(request);
  if (!reply) return reply.error();
  if (is_gone(*reply)) return std::optional<Opportunity>();
  if (!is_success(*reply)) return refused(request, *reply, scope::kOpportunities);
  Result<Opportunity> read = read_opportunity(reply->body);
  if (!read) return std::move(read).error();
  return std::optional<Opportunity>(*std::move(read));
}

Result<Listing<std::string>> Api::deleted(Timestamp from_time, Timestamp to,
                                          const std::string& offset) {
  // Both bounds are needed ('Deleted opportunities').
  const Result<http::Response> reply =
      get(fmt::format("/v1/opportunities/deleted?{}&deleted_at_start={}&deleted_at_end={}{}",
                      limit_, milliseconds(from_time), milliseconds(to), from(offset)),
          scope::kOpportunities);
  if (!reply) return reply.error();
  return read_deleted(reply->body);
}

Result<Listing<std::string>> Api::notes(const std::string& id, const std::string& offset) {
  const http::Request request{
      .url = account_.url(opportunity_path(id) + "/notes?" + limit_ + from(offset))};
  const Result<http::Response> reply = account_.send(request);
  if (!reply) return reply.error();
  if (is_gone(*reply)) return Listing<std::string>();
  if (!is_success(*reply)) return refused(request, *reply, scope::kNotes);
  return read_notes(reply->body);
}

Result<Listing<Stage>> Api::stages(const std::string& offset) {
  const Result<http::Response> reply = get("/v1/stages?" + limit_ + from(offset), scope::kStages);
  if (!reply) return reply.error();
  return read_stages(reply->body);
}

Result<Listing<Posting>> Api::postings(const std::string& offset) {
  // `include` takes all else away: above all the advertisements, which are long ('Parameters').
  const Result<http::Response> reply = get_with_confidential(
      "/v1/postings?" + limit_ + "&include=id&include=text&include=state" + from(offset),
      scope::kPostings);
  if (!reply) return reply.error();
  return read_postings(reply->body);
}

Result<Listing<Reason>> Api::reasons(const std::string& offset) {
  const Result<http::Response> reply =
      get("/v1/archive_reasons?" + limit_ + from(offset), scope::kReasons);
  if (!reply) return reply.error();
  return read_reasons(reply->body);
}

Result<Listing<User>> Api::users(const std::string& offset) {
  const Result<http::Response> reply =
      get("/v1/users?" + limit_ + "&includeDeactivated=true" + from(offset), scope::kUsers);
  if (!reply) return reply.error();
  return read_users(reply->body);
}

Result<Answer> Api::add_note(const std::string& id, const std::string& text) {
  return write(http::Method::Post, id, "notes", note_body(text), scope::kNotes);
}

Result<Answer> Api::add_tag(const std::string& id, const std::string& tag) {
  return write(http::Method::Post, id, "addTags", tags_body(tag), scope::kOpportunities);
}

Result<Answer> Api::add_link(const std::string& id, const std::string& link) {
  return write(http::Method::Post, id, "addLinks", links_body(link), scope::kOpportunities);
}

Result<Answer> Api::move(const std::string& id, const std::string& stage_id) {
  return write(http::Method::Put, id, "stage", stage_body(stage_id), scope::kOpportunities);
}

Result<Answer> Api::archive(const std::string& id, const std::string& reason_id) {
  return write(http::Method::Put, id, "archived", archive_body(reason_id), scope::kOpportunities);
}

Result<http::Response> Api::get(const std::string& path_and_query, std::string_view permission) {
  const http::Request request{.url = account_.url(path_and_query)};
  Result<http::Response> reply = account_.send(request);
  if (!reply || is_success(*reply)) return reply;
  return refused(request, *reply, permission);
}

/// Confidential records are listed only where they are asked for, and then refused to a key that
/// may not see them: it gets the others, from then on without asking twice.
Result<http::Response> Api::get_with_confidential(const std::string& path_and_query,
                                                  std::string_view permission) {
  if (sees_confidential_) {
    const http::Request request{.url = account_.url(path_and_query + "&confidentiality=all")};
    Result<http::Response> reply = account_.send(request);
    if (!reply || is_success(*reply)) return reply;
    if (reply->status != 403 && reply->status != 400) return refused(request, *reply, permission);
  }
  Result<http::Response> reply =
      get(path_and_query + "&confidentiality=non-confidential", permission);
  if (reply) sees_confidential_ = false;
  return reply;
}

Result<Answer> Api::write(http::Method method, const std::string& id, std::string_view what,
                          std::string body, std::string_view permission) {
  const http::Request request{
      .method = method,
      .url = account_.url(fmt::format("{}/{}{}", opportunity_path(id), what, perform_as_)),
      .headers = {{"Content-Type", "application/json"}},
      .body = std::move(body),
      .repeat = http::Repeat::Look,
      .cost = http::Cost::Write};
  const Result<http::Response> reply = account_.send(request);
  if (!reply) return reply.error();
  if (is_success(*reply)) {
    if (is_answer(reply->body)) return Answer::Done;
    return Error{ErrorKind::OutcomeUnknown, "an answer that is not Lever's"};
  }
  if (reply->status != 404) return refused(request, *reply, permission);
  // A 404 names what is missing: the opportunity, or what it was to be given ('Errors').
  const Refusal refusal = read_refusal(reply->body);
  if (refusal.of == "stages") return Error{ErrorKind::Rejected, "the stage is gone from Lever"};
  if (refusal.of == "archive_reasons")
    return Error{ErrorKind::Rejected, "the archive reason is gone from Lever"};
  if (refusal.of == "users")
    return Error{ErrorKind::Rejected, "perform_as: Lever has no user of that id"};
  if (refusal.code == "ResourceNotFound") return Answer::Gone;
  return refused(request, *reply, permission);
}

Error Api::refused(const http::Request& request, const http::Response& reply,
                   std::string_view permission) {
  Error error = account_.error_of(request, reply);
  key_is_refused_ = key_is_refused_ || reply.status == 401;
  if (reply.status == 401) error.what += ": the API key is refused";
  if (reply.status == 403) error.what += fmt::format(": the API key may not {}", permission);
  return error;
}

}  // namespace praxisync::lever
