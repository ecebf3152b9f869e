#include "connectors/greenhouse/api.h"

#include <fmt/format.h>

#include <algorithm>

#include "connector/link_header.h"
#include "connector/page_error.h"
#include "http/url.h"

namespace praxisync::greenhouse {
namespace {

using http::encode_query_value;
using http::Method;

/// Of any list but the applications: an end to one that goes round in circles.
constexpr int kMostPages = 1000;
/// As it stands in a URL, which takes no longer one. It may hold a whole filter.
constexpr std::size_t kLongestCursor = 7000;

// What is asked for of a row, so that pages stay small: Harvest v3 'rules common to all lists'.
constexpr std::string_view kJobFields = "id,name,status,is_template";
constexpr std::string_view kStageFields = "id,job_id,name,sort_order";
constexpr std::string_view kApplicationFields =
    "id,candidate_id,job_id,stage_id,job_interview_stage_id,stage_name,status,prospect,updated_at";
constexpr std::string_view kOneApplicationFields =
    "id,candidate_id,job_id,stage_id,job_interview_stage_id,stage_name,status,prospect,updated_at,"
    "custom_fields";
constexpr std::string_view kCandidateFields =
    "id,first_name,last_name,email_addresses,private,can_email";
constexpr std::string_view kOneCandidateFields =
    "id,first_name,last_name,email_addresses,can_email,custom_fields";
constexpr std::string_view kFieldFields = "id,name,name_key,value_type";

std::string joined(std::span<const std::string> ids) {
  std::string text;
  for (const std::string& id : ids) text.append(text.empty() ? "" : ",").append(id);
  return text;
}

bool contains(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

Api::Api(const connector::World& world, const connector::HttpSettings& settings, Tokens tokens)
    : clock_(world.clock),
      tokens_(std::move(tokens)),
      page_size_(settings.page_size),
      account_(
          world, settings.origin,
          [this]() -> Result<std::vector<http::Credential>> {
            Result<ApiKey> current = token(actor_);
            if (!current) return std::move(current).error();
            return std::vector<http::Credential>{http::bearer(*current)};
          },
          // A window is 30 seconds long; how many requests it holds, the headers say: Harvest v3
          // 'rate limits'.
          {.unsaid_wait = std::chrono::seconds{30}}, [this] { credentials(actor_).drop(); }) {}

connector::ClientCredentials& Api::credentials(Actor actor) {
  return actor == Actor::Writer && tokens_.writes ? *tokens_.writes : *tokens_.reads;
}

Result<ApiKey> Api::token(Actor actor) { return credentials(actor).token(); }

Result<http::Response> Api::send(http::Request request, Actor actor, std::string_view scope) {
  actor_ = actor;
  refused_.reset();
  request.headers.push_back({"Accept", "application/json"});
  Result<http::Response> reply = account_.send(request);
  if (!reply) return reply;
  ahead_ = connector::server_time(*reply, clock_.now()) - clock_.now();
  if (reply->status >= 200 && reply->status <= 299) return reply;
  Error error = account_.error_of(request, *reply);
  if (reply->status == 403) {
    error.what +=
        fmt::format(": the credentials need the scope harvest:{}{}", scope,
                    actor == Actor::Reader ? ", and their user must be a Site Admin"
                                           : ", and their user must be allowed to do this");
  }
  if (reply->status == 422) {
    refused_ = refused_parameters(reply->body);
    for (const std::string& name : *refused_)
      error.what += (&name == &refused_->front() ? ": it refuses " : ", ") + name;
  }
  return error;
}

Result<Api::Page> Api::page(const List& list, const std::string& cursor) {
  const std::string path = fmt::format("/v3/{}", list.name);
  const std::string scope = fmt::format("{}:list", list.name);
  const std::string during = fmt::format("list {}", list.name);
  for (;;) {
    const bool with_fields = !list.fields.empty() && !without_fields_.contains(list.name);
    std::string query = fmt::format("?cursor={}", encode_query_value(cursor));
    // The cursor stands alone, with anything beside it the answer is 422: Harvest v3 'pagination'.
    if (cursor.empty()) {
      query = fmt::format("?per_page={}", list.per_page);
      if (!list.filters.empty()) query += "&" + list.filters;
      if (with_fields) query.append("&fields=").append(list.fields);
    }
    const Result<http::Response> reply =
        send({.url = account_.url(path + query)}, Actor::Reader, scope);
    if (reply) {
      Page page{.body = reply->body, .next = {}, .answered = server_now()};
      if (const auto link = connector::next_link(*reply)) {
        page.next = http::query_parameter(*link, "cursor").value_or("");
        if (page.next.empty() || encode_query_value(page.next).size() > kLongestCursor) {
          return Error{ErrorKind::Malformed, page.next.empty()
                                                 ? "the next page has no cursor"
                                                 : "the next page's cursor is too long"}
              .during(during);
        }
      }
      return page;
    }
    Error error = reply.error();
    // Which fields there are differs between documents and accounts: then the rows come whole.
    const bool of_fields = refused_ && (refused_->empty() || contains(*refused_, "fields"));
    if (!of_fields || !with_fields || !cursor.empty()) return std::move(error).during(during);
    without_fields_.insert(std::string(list.name));
  }
}

template <typename Row>
Result<Rows<Row>> Api::all(const List& list, Result<Rows<Row>> (*read)(std::string_view)) {
  Rows<Row> all;
  std::string cursor;
  for (int pages = 0; pages < kMostPages; ++pages) {
    const Result<Page> one = page(list, cursor);
    if (!one) return connector::error_of_page(pages, one.error());
    Result<Rows<Row>> rows = read(one->body);
    if (!rows) return std::move(rows).error().during(fmt::format("list {}", list.name));
    std::ranges::move(rows->rows, std::back_inserter(all.rows));
    std::ranges::move(rows->flawed, std::back_inserter(all.flawed));
    if (one->next.empty()) return all;
    cursor = one->next;
  }
  return Error{ErrorKind::Malformed, fmt::format("the list of {} does not end", list.name)};
}

/// A flawed row of a dictionary is not worth a run: what it names is then not found.
template <typename Row>
Result<std::vector<Row>> Api::whole(const List& list, Result<Rows<Row>> (*read)(std::string_view)) {
  Result<Rows<Row>> rows = all(list, read);
  if (!rows) return std::move(rows).error();
  return std::move(rows->rows);
}

Result<ApplicationList> Api::application_page(const List& list, const std::string& cursor) {
  Result<Page> one = page(list, cursor);
  if (!one) return std::move(one).error();
  Result<Rows<ApplicationRow>> rows = read_applications(one->body);
  if (!rows) return std::move(rows).error().during("list applications");
  return ApplicationList{*std::move(rows), std::move(one->next), one->answered};
}

// The filter by stage is missing in some of the documents, but works; `status` takes another word
// than the rows have, and rejected people keep their stage: Harvest v3 'applications'.
Result<ApplicationList> Api::applications(const InProcess& filter) {
  const std::string_view by =
      filter.by == InProcess::By::Stage ? "job_interview_stage_ids" : "job_ids";
  return application_page(
      {.name = "applications",
       .filters = fmt::format("{}={}&status=active&prospect=false", by, joined(filter.ids)),
       .fields = kApplicationFields,
       .per_page = page_size_},
      "");
}

Result<ApplicationList> Api::applications(const Changed& window) {
  return application_page(
      {.name = "applications",
       .filters = "updated_at=" +
                  encode_query_value(fmt::format("gte|{}|lte|{}", format_timestamp(window.from),
                                                 format_timestamp(window.to))),
       .fields = kApplicationFields,
       .per_page = page_size_},
      "");
}

Result<ApplicationList> Api::applications_after(const std::string& cursor) {
  return application_page({.name = "applications", .filters = {}, .fields = {}}, cursor);
}

Result<std::optional<ApplicationRow>> Api::application(std::string_view id) {
  if (!is_id(id)) return std::optional<ApplicationRow>{};
  Result<Rows<ApplicationRow>> rows = all({.name = "applications",
                                           .filters = fmt::format("ids={}", id),
                                           .fields = kOneApplicationFields},
                                          read_applications);
  if (!rows) return std::move(rows).error();
  for (ApplicationRow& row : rows->rows) {
    if (row.id == id) return std::optional(std::move(row));
  }
  if (!rows->flawed.empty())
    return Error{ErrorKind::Rejected, "the application: " + rows->flawed.front().reason};
  return std::optional<ApplicationRow>{};
}

Result<std::optional<CandidateRow>> Api::candidate(std::string_view id) {
  Result<Rows<CandidateRow>> rows = all(
      {.name = "candidates", .filters = fmt::format("ids={}", id), .fields = kOneCandidateFields},
      read_candidates);
  if (!rows) return std::move(rows).error();
  for (CandidateRow& row : rows->rows) {
    if (row.id == id) return std::optional(std::move(row));
  }
  return std::optional<CandidateRow>{};
}

Result<Rows<CandidateRow>> Api::candidates(std::span<const std::string> ids) {
  return all({.name = "candidates", .filters = "ids=" + joined(ids), .fields = kCandidateFields},
             read_candidates);
}

Result<std::vector<Job>> Api::open_jobs() {
  return whole({.name = "jobs", .filters = "status=open", .fields = kJobFields}, read_jobs);
}

Result<std::vector<Job>> Api::jobs(std::span<const std::string> ids) {
  return whole({.name = "jobs", .filters = "ids=" + joined(ids), .fields = kJobFields}, read_jobs);
}

Result<std::vector<Stage>> Api::stages(std::span<const std::string> jobs) {
  return whole({.name = "job_interview_stages",
                .filters = "job_ids=" + joined(jobs) + "&active=true",
                .fields = kStageFields},
               read_stages);
}

Result<std::vector<connector::Named>> Api::rejection_reasons() {
  // Without include_defaults the built-in ones are missing: Harvest v3 'small dictionaries'.
  return whole({.name = "rejection_reasons", .filters = "include_defaults=true", .fields = {}},
               read_named);
}

Result<std::vector<connector::Named>> Api::tags() {
  return whole({.name = "candidate_tags", .filters = {}, .fields = {}}, read_named);
}

Result<std::vector<Field>> Api::fields(FieldOwner owner) {
  const std::string_view type = owner == FieldOwner::Application ? "application" : "candidate";
  return whole({.name = "custom_fields",
                .filters = fmt::format("field_type={}&active=true", type),
                .fields = kFieldFields},
               read_fields);
}

Result<std::vector<FieldOption>> Api::options(std::span<const std::string> fields) {
  return whole({.name = "custom_field_options",
                .filters = "custom_field_ids=" + joined(fields),
                .fields = {}},
               read_options);
}

Result<std::vector<std::string>> Api::notes(std::string_view application) {
  Result<Rows<std::string>> rows =
      all({.name = "notes",
           .filters = fmt::format("application_ids={}&type=NOTE", application),
           .fields = {}},
          read_notes);
  if (!rows) return std::move(rows).error();
  // One that cannot be read may be ours.
  if (!rows->flawed.empty())
    return Error{ErrorKind::Malformed, rows->flawed.front().reason}.during("list notes");
  return std::move(rows->rows);
}

Result<bool> Api::has_tag(std::string_view candidate, std::string_view tag) {
  const Result<std::vector<std::string>> rows =
      whole({.name = "applied_candidate_tags",
             .filters = fmt::format("candidate_ids={}&candidate_tag_ids={}", candidate, tag),
             .fields = {}},
            read_ids);
  if (!rows) return rows.error();
  return !rows->empty();
}

Result<void> Api::probe(std::string_view list) {
  const Result<http::Response> reply =
      send({.url = account_.url(fmt::format("/v3/{}?per_page=1", list))}, Actor::Reader,
           fmt::format("{}:list", list));
  return reply ? Result<void>{} : Result<void>{reply.error()};
}

Result<http::Response> Api::write(Method method, const std::string& path, std::string_view scope,
                                  std::string body) {
  return send({.method = method,
               .url = account_.url("/v3/" + path),
               .headers = {{"Content-Type", "application/json"}},
               .body = std::move(body),
               .repeat = http::Repeat::Look,
               .cost = http::Cost::Write},
              Actor::Writer, scope);
}

/// A success that is no answer of the API (a web page of a proxy) is none.
Result<void> Api::done(const Result<http::Response>& reply) const {
  if (!reply) return reply.error();
  if (reply->body.empty() || is_document(reply->body)) return {};
  return Error{ErrorKind::OutcomeUnknown, "the answer is none of the API's"};
}

Result<void> Api::add_note(std::string_view candidate, std::string_view application,
                           std::string_view text) {
  return done(
      write(Method::Post, "notes", "notes:create", note_body(candidate, application, text)));
}

Result<std::string> Api::create_tag(std::string_view name) {
  const Result<http::Response> reply =
      write(Method::Post, "candidate_tags", "candidate_tags:create", tag_body(name));
  if (!reply) return reply.error();
  return read_made(reply->body);
}

Result<void> Api::apply_tag(std::string_view candidate, std::string_view tag) {
  return done(write(Method::Post, "applied_candidate_tags", "applied_candidate_tags:create",
                    applied_tag_body(candidate, tag)));
}

Result<void> Api::set_fields(FieldOwner owner, std::string_view id, std::string body) {
  const std::string list = owner == FieldOwner::Application ? "applications" : "candidates";
  return done(
      write(Method::Patch, fmt::format("{}/{}", list, id), list + ":update", std::move(body)));
}

Result<void> Api::move(std::string_view application, std::string_view from, std::string_view to) {
  return done(write(Method::Post, fmt::format("applications/{}/move", application),
                    "applications:move", move_body(from, to)));
}

Result<void> Api::reject(std::string_view application, std::string_view reason) {
  return done(write(Method::Post, fmt::format("applications/{}/reject", application),
                    "applications:reject", reject_body(reason)));
}

}  // namespace praxisync::greenhouse
