#include "connectors/ashby/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "connector/page_error.h"
#include "domain/text.h"
#include "http/url.h"

namespace praxisync::ashby {
namespace {

using http::Repeat;

// How many requests a key has is not documented; one client met the end of them while writing a
// field for each candidate: sheet, «10. Limits».
constexpr connector::AccountPolicy kPolicy{.requests = 300, .span = std::chrono::minutes{1}};

// The version of January 2026 is the one that all answers here are read as: «1. Transport».
constexpr std::string_view kVersion = "2026-01-01";

struct MethodPermission {
  std::string_view method, permission;
};

// «2. Permissions» and each operation's text in OpenAPI.
constexpr MethodPermission kPermissions[] = {
    {"apiKey.info", "apiKeysRead"},
    {"application.changeStage", "candidatesWrite"},
    {"application.info", "candidatesRead"},
    {"application.list", "candidatesRead"},
    {"archiveReason.list", "hiringProcessMetadataRead"},
    {"candidate.addTag", "candidatesWrite"},
    {"candidate.createNote", "candidatesWrite"},
    {"candidate.info", "candidatesRead"},
    {"candidate.listNotes", "candidatesRead"},
    {"candidateTag.create", "hiringProcessMetadataWrite"},
    {"customField.list", "hiringProcessMetadataRead"},
    {"customField.setValue", "candidatesWrite"},
    {"interviewStage.list", "interviewsRead"},
    {"job.list", "jobsRead"},
};

std::string_view permission_of(std::string_view method) {
  const auto* const found = std::ranges::find(kPermissions, method, &MethodPermission::method);
  return found == std::end(kPermissions) ? "its" : found->permission;
}

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

Error not_permitted(std::string_view method) {
  return {ErrorKind::Unauthorized,
          fmt::format("{}: the API key lacks the permission {}", method, permission_of(method))};
}

Error not_known(std::string_view method) {
  return {ErrorKind::Rejected, fmt::format("{}: Ashby knows none of that id", method)};
}

Error lost(std::string_view method) {
  return {ErrorKind::Transient, fmt::format("{}: the list changed while it was read", method)};
}

// The codes are those of «3. Pagination» and «11. Gotchas»; the status that they come with is not
// documented, so it is not looked at. nullopt: an error like any other.
std::optional<Says> meaning_of(std::string_view code) {
  if (is_one_of(code, {"next_cursor_expired", "invalid_next_cursor"})) return Says::PageLost;
  if (is_one_of(code, {"sync_token_expired", "sync_token_invalid", "cursor_invalid",
                       "incremental_sync_too_large"})) {
    return Says::TokenLost;
  }
  if (is_one_of(code, {"application_not_found", "candidate_not_found"})) return Says::Gone;
  if (code == "missing_endpoint_permission") return Says::NotPermitted;
  return std::nullopt;
}

}  // namespace

Api::Api(const connector::World& world, const http::Origin& origin, const ApiKey& key,
         int page_size)
    : clock_(world.clock),
      account_(
          world, origin,
          [key]() -> Result<std::vector<http::Credential>> {
            return std::vector{http::basic(key, ApiKey())};
          },
          kPolicy),
      page_size_(page_size) {}

Result<Api::Reply> Api::call(std::string_view method, std::string body, Repeat repeat) {
  const http::Request request{
      .method = http::Method::Post,
      .url = account_.url("/" + std::string(method)),
      .headers = {{"Content-Type", "application/json"},
                  {"Accept", "application/json; version=1"},
                  {"Ashby-Version", std::string(kVersion)}},
      .body = std::move(body),
      .repeat = repeat,
      .cost = repeat == Repeat::Safe ? http::Cost::Read : http::Cost::Write};
  Result<http::Response> reply = account_.send(request);
  if (!reply) return std::move(reply).error().during(method);
  version_status_ = http::header(reply->headers, "Ashby-Version-Status");
  Result<Answer> answer = Answer::parse(reply->body);
  const bool success = reply->status >= 200 && reply->status <= 299;
  if (!answer && success) {
    const ErrorKind kind =
        repeat == Repeat::Safe ? ErrorKind::Malformed : ErrorKind::OutcomeUnknown;
    return Error{kind, answer.error().what}.during(method);
  }
  Error error =
      success ? Error{ErrorKind::Rejected, "Ashby refuses it"} : account_.error_of(request, *reply);
  if (!answer || (!success && !answer->refusal())) return std::move(error).during(method);
  const Timestamp answered = connector::server_time(*reply, clock_.now());
  if (!answer->refusal()) return Reply{Says::Yes, *std::move(answer), answered};
  const Refusal refusal = *answer->refusal();
  if (const auto says = meaning_of(refusal.code)) return Reply{*says, *std::move(answer), answered};
  if (!refusal.code.empty()) error.what += ": " + refusal.code;
  if (!refusal.request_id.empty()) error.what += fmt::format(" (request {})", refusal.request_id);
  return std::move(error).during(method);
}

Result<Api::Reply> Api::ask(std::string_view method, std::string body, Repeat repeat) {
  Result<Reply> answer = call(method, std::move(body), repeat);
  if (!answer) return answer;
  if (answer->says == Says::NotPermitted) return not_permitted(method);
  const bool settled = answer->says == Says::Yes || answer->says == Says::Gone;
  return settled ? std::move(answer) : Result<Reply>(lost(method));
}

template <typename Thing, typename Parse>
Result<std::optional<Thing>> Api::look_up(std::string_view method, std::string body,
                                          Parse&& parse) {
  const Result<Reply> answer = ask(method, std::move(body));
  if (!answer) return answer.error();
  if (answer->says == Says::Gone) return std::optional<Thing>();
  Result<Thing> found = parse(answer->answer);
  if (!found) return std::move(found).error().during(method);
  return std::optional(*std::move(found));
}

template <typename Thing, typename Parse>
Result<Thing> Api::read(std::string_view method, std::string body, Parse&& parse) {
  Result<std::optional<Thing>> found = look_up<Thing>(method, std::move(body), parse);
  if (!found) return std::move(found).error();
  return *found ? Result<Thing>(**std::move(found)) : Result<Thing>(not_known(method));
}

Result<Target> Api::write(std::string_view method, std::string body) {
  const Result<Reply> answer = ask(method, std::move(body), Repeat::Look);
  if (!answer) return answer.error();
  return answer->says == Says::Yes ? Target::Here : Target::Gone;
}

Result<Listed> Api::applications(const std::string& cursor, const std::string& sync_token) {
  constexpr std::string_view kMethod = "application.list";
  const Result<Reply> answer =
      call(kMethod, list_body({.cursor = cursor, .sync_token = sync_token, .limit = page_size_}),
           Repeat::Safe);
  if (!answer) return answer.error();
  if (answer->says == Says::NotPermitted) return not_permitted(kMethod);
  if (answer->says == Says::Gone) return not_known(kMethod);
  if (answer->says != Says::Yes) return Listed{.says = answer->says};
  Result<RowPage> page = read_rows(answer->answer);
  if (!page) return std::move(page).error().during(kMethod);
  return Listed{.page = *std::move(page), .answered = answer->answered};
}

Result<std::optional<Candidacy>> Api::application(const std::string& id) {
  return look_up<Candidacy>("application.info", body_of("applicationId", id), read_application);
}

// Here it is `id`, and `candidateId` everywhere else: «11. Gotchas» 5.
Result<std::optional<Candidate>> Api::candidate(const std::string& id) {
  return look_up<Candidate>("candidate.info", body_of("id", id), read_candidate);
}

Result<std::optional<NotePage>> Api::notes(const std::string& candidate,
                                           const std::string& cursor) {
  return look_up<NotePage>("candidate.listNotes",
                           notes_body(candidate, {.cursor = cursor, .limit = page_size_}),
                           read_notes);
}

template <typename Thing, typename Body, typename Parse>
Result<std::vector<Thing>> Api::all_of(std::string_view method, Body&& body, Parse&& parse) {
  std::vector<Thing> all;
  PageOf page{.limit = page_size_};
  for (int pages = 0; pages < kMostPages; ++pages) {
    const Result<Paging> paging =
        read<Paging>(method, body(page), [&](const Answer& answer) { return parse(answer, all); });
    if (!paging) return connector::error_of_page(pages, paging.error());
    if (!paging->more) return all;
    page.cursor = paging->next_cursor;
  }
  return Error{ErrorKind::Malformed, fmt::format("{}: the list does not end", method)};
}

Result<std::vector<Job>> Api::open_jobs() {
  return all_of<Job>("job.list", open_jobs_body, read_jobs);
}

Result<std::vector<Field>> Api::fields() {
  return all_of<Field>("customField.list", list_body, read_fields);
}

Result<std::vector<Stage>> Api::stages(const std::string& plan) {
  return read<std::vector<Stage>>("interviewStage.list", body_of("interviewPlanId", plan),
                                  read_stages);
}

Result<std::vector<connector::Named>> Api::reasons() {
  return read<std::vector<connector::Named>>("archiveReason.list", body_of(), read_reasons);
}

Result<Target> Api::create_note(const std::string& candidate, const std::string& text) {
  return write("candidate.createNote", note_body(candidate, text));
}

// Gives the tag that is there where one has the title: «6. Write-back».
Result<std::string> Api::make_tag(const std::string& title) {
  constexpr std::string_view kMethod = "candidateTag.create";
  const Result<Reply> answer = ask(kMethod, body_of("title", title), Repeat::Look);
  if (!answer) return answer.error();
  if (answer->says == Says::Gone) return not_known(kMethod);
  Result<std::string> id = read_tag(answer->answer);
  if (!id) return Error{ErrorKind::OutcomeUnknown, id.error().what}.during(kMethod);
  return id;
}

Result<Target> Api::add_tag(const std::string& candidate, const std::string& tag) {
  return write("candidate.addTag", tagging_body(candidate, tag));
}

Result<Target> Api::set_value(const Field& field, const std::string& object,
                              const FieldValue& value) {
  return write("customField.setValue", value_body(field, object, value));
}

Result<Target> Api::change_stage(const std::string& application, const std::string& stage,
                                 const std::string& reason) {
  return write("application.changeStage", stage_body(application, stage, reason));
}

Result<std::optional<std::vector<std::string>>> Api::scopes() {
  constexpr std::string_view kMethod = "apiKey.info";
  const Result<Reply> answer = call(kMethod, body_of(), Repeat::Safe);
  if (!answer) return answer.error();
  if (answer->says != Says::Yes) return std::optional<std::vector<std::string>>();
  Result<std::vector<std::string>> scopes = read_scopes(answer->answer);
  if (!scopes) return std::move(scopes).error().during(kMethod);
  return std::optional(*std::move(scopes));
}

Result<void> Api::probe(std::string_view method) {
  // archiveReason.list is not paged and takes no limit: OpenAPI.
  const bool paged = method != "archiveReason.list";
  const Result<Reply> answer = ask(method, paged ? list_body({.limit = 1}) : body_of());
  return answer ? Result<void>() : Result<void>(answer.error());
}

}  // namespace praxisync::ashby
