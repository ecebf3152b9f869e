#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "http/url.h"
#include "sandbox/ats/greenhouse/harvest.h"
#include "sandbox/routing.h"
#include "sandbox/sandbox_transport.h"

namespace praxisync::sandbox::ats::harvest {
namespace {

/// Ids are numbers that grow with the world's order.
bool before(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// Rows of a list in the world's order, which is that of their ids.
struct Listing {
  std::vector<std::string> ids{};
  std::function<bool(const std::string&)> matches{};  ///< empty: all do
  std::function<Json(const std::string&)> row{};
};

std::string time_text(Timestamp at) {
  std::string text = format_timestamp(at);
  if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
  return text;
}

std::string_view status_of(ApplicationStatus status) {
  if (status == ApplicationStatus::Rejected) return "rejected";
  return status == ApplicationStatus::Hired ? "hired" : "in_process";
}

std::string_view type_of(const Call& call, const Field& field) {
  if (call.peer.selects.contains(field.id)) return "single_select";
  if (field.type == FieldType::Number) return "number";
  if (field.type == FieldType::Url) return "url";
  return field.type == FieldType::Boolean ? "yes_no" : "short_text";
}

/// By name_key, with a null where nothing is.
Json fields_of(const Call& call, const std::map<std::string, std::string>& values,
               bool of_application) {
  Json map = Json::object();
  for (const Field& field : call.world.fields()) {
    if (field.of_application != of_application || !field.active) continue;
    const auto found = values.find(field.id);
    Json value;
    if (found != values.end() && !found->second.empty()) {
      const bool plain = field.type == FieldType::Number || field.type == FieldType::Boolean;
      value = plain ? Json::parse(found->second, nullptr, false) : Json(found->second);
      if (value.is_discarded()) value = found->second;
    }
    map[field.key] = {{"name", field.name}, {"type", type_of(call, field)}, {"value", value}};
  }
  return map;
}

std::vector<std::string> wanted_or(const std::optional<std::vector<std::string>>& wanted,
                                   const std::function<std::vector<std::string>()>& all) {
  if (!wanted) return all();
  std::vector<std::string> ids = *wanted;
  std::sort(ids.begin(), ids.end(), before);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

template <typename Rows>
std::vector<std::string> ids_of(const Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) {
    if constexpr (std::is_pointer_v<std::decay_t<decltype(row)>>) {
      ids.push_back(row->id);
    } else {
      ids.push_back(row.id);
    }
  }
  std::sort(ids.begin(), ids.end(), before);
  return ids;
}

Listing jobs(const Call& call, Query& query) {
  const Recruiting& world = call.world;
  const auto ids = query.ids("ids");
  const auto status = query.one_of("status", {"open", "closed", "draft"});
  const auto word = [](JobStatus of) {
    return of == JobStatus::Open ? "open" : of == JobStatus::Closed ? "closed" : "draft";
  };
  return {.ids = wanted_or(ids, [&] { return ids_of(world.jobs()); }),
          .matches =
              [&world, status, word](const std::string& id) {
                const Job* const job = world.job(id);
                return job && !job->confidential && (!status || word(job->status) == *status);
              },
          .row =
              [&world, word](const std::string& id) {
                const Job& job = *world.job(id);
                return Json{{"id", number(id)},
                            {"name", job.name},
                            {"requisition_id", nullptr},
                            {"confidential", job.confidential},
                            {"status", word(job.status)},
                            {"is_template", nullptr},
                            {"updated_at", time_text(job.updated)}};
              }};
}

/// The plan of a job has its stages: they are that job's alone.
Listing stages(const Call& call, Query& query) {
  const Recruiting& world = call.world;
  const auto of_jobs = query.ids("job_ids");
  const auto active = query.flag("active");
  Listing listing;
  std::map<std::string, std::pair<std::string, int>> places;  // stage -> job, place
  for (const Job& job : world.jobs()) {
    if (job.confidential || (of_jobs && !has(*of_jobs, job.id))) continue;
    int place = 0;
    for (const Stage& stage : world.plan(job.plan)->stages) {
      if (!active || stage.active == *active) {
        listing.ids.push_back(stage.id);
        places[stage.id] = {job.id, place};
      }
      ++place;
    }
  }
  std::sort(listing.ids.begin(), listing.ids.end(), before);
  listing.row = [&world, places](const std::string& id) {
    const Stage& stage = *world.stage(id);
    const auto& [job, place] = places.at(id);
    return Json{{"id", number(id)},
                {"job_id", number(job)},
                {"name", stage.name},
                {"sort_order", place},
                {"active", stage.active}};
  };
  return listing;
}

Listing applications(const Call& call, Query& query) {
  const Recruiting& world = call.world;
  const auto ids = query.ids("ids");
  const auto people = query.ids("candidate_ids"), of_jobs = query.ids("job_ids"),
             rows = query.ids("stage_ids");
  std::optional<std::vector<std::string>> in_stages;
  if (call.peer.filters_by_stage) in_stages = query.ids("job_interview_stage_ids");
  const auto stage_name = query.text("stage_name");
  const auto status = query.one_of("status", {"active", "rejected", "hired", "converted"});
  const auto prospect = query.flag("prospect");
  const auto created = query.span("created_at"), updated = query.span("updated_at");
  if (created && updated) query.refuse("updated_at", "cannot be combined with created_at");
  const auto matches = [=, &world](const std::string& id) {
    const Candidacy* const row = world.application(id);
    if (row == nullptr || !shown(world, *row)) return false;
    const Stage* const stage = world.stage(row->stage);
    const std::string word =
        row->status == ApplicationStatus::Active ? "active" : std::string(status_of(row->status));
    return (!people || has(*people, row->person)) && (!of_jobs || has(*of_jobs, row->job)) &&
           (!in_stages || has(*in_stages, row->stage)) && (!rows || has(*rows, row->stage_row)) &&
           (!stage_name || (stage && stage->name == *stage_name)) && (!status || word == *status) &&
           (!prospect || row->job.empty() == *prospect) &&
           (!created || (row->created >= created->first && row->created <= created->second)) &&
           (!updated || (row->updated >= updated->first && row->updated <= updated->second));
  };
  return {
      .ids = wanted_or(ids, [&] { return ids_of(world.applications()); }),
      .matches = matches,
      .row = [call](const std::string& id) { return row_of(call, *call.world.application(id)); }};
}

Listing candidates(const Call& call, Query& query) {
  const Recruiting& world = call.world;
  const auto ids = query.ids("ids");
  return {.ids = wanted_or(ids, [&] { return ids_of(world.people()); }),
          .matches = [&world](const std::string& id) { return world.person(id) != nullptr; },
          .row = [call](const std::string& id) { return row_of(call, *call.world.person(id)); }};
}

Listing notes(const Call& call, Query& query) {
  const auto of_applications = query.ids("application_ids"), people = query.ids("candidate_ids");
  const auto type = query.one_of("type", {"NOTE", "ACTIVITY", "EMAIL"});
  std::map<std::string, const Note*> found;
  for (const Note& note : call.world.notes()) {
    if (of_applications && !has(*of_applications, note.application)) continue;
    if (people && !has(*people, note.person)) continue;
    if (type && *type != "NOTE") continue;
    found[note.id] = &note;
  }
  Listing listing;
  for (const auto& [id, note] : found) listing.ids.push_back(id);
  std::sort(listing.ids.begin(), listing.ids.end(), before);
  listing.row = [found](const std::string& id) {
    const Note& note = *found.at(id);
    return Json{{"id", number(id)},
                {"candidate_id", number(note.person)},
                {"application_id", number(note.application)},
                {"body", note.text},
                {"type", "NOTE"},
                {"user_id", number(note.author)},
                {"visibility", "publicly_visible"},
                {"created_at", time_text(note.created)}};
  };
  return listing;
}

template <typename Row>
Listing named(const std::vector<Row>& rows) {
  std::map<std::string, std::string> names;
  for (const Row& row : rows) names[row.id] = row.name;
  return {.ids = ids_of(rows), .matches = {}, .row = [names](const std::string& id) {
            return Json{{"id", number(id)}, {"name", names.at(id)}};
          }};
}

Listing reasons(const Call& call, Query& query) {
  std::vector<Reason> rows;
  // All of the world's are built in.
  if (query.flag("include_defaults").value_or(false)) {
    for (const Reason& reason : call.world.reasons()) {
      if (!reason.hired && reason.active) rows.push_back(reason);
    }
  }
  return named(rows);
}

/// A row of its own stands for each tag of each person; its id is made of both.
Listing applied_tags(const Call& call, Query& query) {
  const Recruiting& world = call.world;
  const auto people = query.ids("candidate_ids"), of_tags = query.ids("candidate_tag_ids");
  std::map<std::string, std::pair<std::string, std::string>> rows;
  const auto add = [&](const Person& person) {
    for (const std::string& name : person.tags) {
      const std::string tag = world.tag_named(name)->id;
      if (of_tags && !has(*of_tags, tag)) continue;
      rows[std::to_string(fnv1a(person.id + "/" + tag) >> 2U | 1U)] = {person.id, tag};
    }
  };
  if (people) {
    for (const std::string& id : *people) {
      if (const Person* person = world.person(id)) add(*person);
    }
  } else {
    for (const Person* person : world.people()) add(*person);
  }
  Listing listing;
  for (const auto& [id, row] : rows) listing.ids.push_back(id);
  std::sort(listing.ids.begin(), listing.ids.end(), before);
  listing.row = [rows](const std::string& id) {
    const auto& [person, tag] = rows.at(id);
    return Json{
        {"id", number(id)}, {"candidate_id", number(person)}, {"candidate_tag_id", number(tag)}};
  };
  return listing;
}

Listing custom_fields(const Call& call, Query& query) {
  const auto type = query.one_of("field_type", {"application", "candidate", "job", "offer"});
  const auto active = query.flag("active");
  std::vector<Field> rows;
  for (const Field& field : call.world.fields()) {
    const bool its_type = !type || (field.of_application ? "application" : "candidate") == *type;
    if (its_type && (!active || field.active == *active)) rows.push_back(field);
  }
  return {.ids = ids_of(rows), .matches = {}, .row = [call](const std::string& id) {
            const Field& field = *call.world.field(id);
            return Json{{"id", number(id)},
                        {"field_type", field.of_application ? "application" : "candidate"},
                        {"name", field.name},
                        {"name_key", field.key},
                        {"value_type", type_of(call, field)},
                        {"private", false},
                        {"required", false},
                        {"active", field.active}};
          }};
}

Listing options(const Call& call, Query& query) {
  const auto fields = query.ids("custom_field_ids");
  std::map<std::string, std::pair<std::string, std::string>> rows;  // id -> field, name
  for (const auto& [field, all] : call.peer.selects) {
    if (fields && !has(*fields, field)) continue;
    for (const auto& [id, name] : all) rows[id] = {field, name};
  }
  Listing listing;
  for (const auto& [id, row] : rows) listing.ids.push_back(id);
  std::sort(listing.ids.begin(), listing.ids.end(), before);
  listing.row = [rows](const std::string& id) {
    return Json{{"id", number(id)},
                {"custom_field_id", number(rows.at(id).first)},
                {"name", rows.at(id).second},
                {"active", true}};
  };
  return listing;
}

Listing listing_of(const Call& call, std::string_view name, Query& query) {
  if (name == "jobs") return jobs(call, query);
  if (name == "job_interview_stages") return stages(call, query);
  if (name == "applications") return applications(call, query);
  if (name == "candidates") return candidates(call, query);
  if (name == "notes") return notes(call, query);
  if (name == "candidate_tags") return named(call.world.tags());
  if (name == "rejection_reasons") return reasons(call, query);
  if (name == "applied_candidate_tags") return applied_tags(call, query);
  if (name == "custom_fields") return custom_fields(call, query);
  return options(call, query);
}

Json trimmed(const Json& row, const std::vector<std::string>& fields) {
  Json kept = Json::object();
  for (const auto& [key, value] : row.items()) {
    if (has(fields, key) || key == "message") kept[key] = value;
  }
  return kept;
}

/// What a cursor stands for; it carries all of it, so that no one need remember.
struct Place {
  std::string list{}, query{};
  std::string behind{};  ///< the id of the last row that was shown
  Timestamp made{};
  int era = 0;

  std::string text() const {
    const std::string inside = "list=" + http::encode_query_value(list) +
                               "&query=" + http::encode_query_value(query) + "&behind=" + behind +
                               "&made=" + std::to_string(made.time_since_epoch().count()) +
                               "&era=" + std::to_string(era);
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : inside) {
      const auto byte = static_cast<unsigned char>(c);
      text += kDigits[byte >> 4U];
      text += kDigits[byte & 15U];
    }
    return text;
  }
  static std::optional<Place> parse(std::string_view text) {
    std::string inside = "?";
    if (text.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); i += 2) {
      unsigned byte = 0;
      const auto [end, failed] = std::from_chars(&text[i], &text[i] + 2, byte, 16);
      if (failed != std::errc{} || end != &text[i] + 2) return std::nullopt;
      inside += static_cast<char>(byte);
    }
    const auto list = http::query_parameter(inside, "list"),
               query = http::query_parameter(inside, "query"),
               behind = http::query_parameter(inside, "behind"),
               made = http::query_parameter(inside, "made"),
               era = http::query_parameter(inside, "era");
    if (!list || !query || !behind || !made || !era) return std::nullopt;
    Milliseconds::rep count = 0;
    std::from_chars(made->data(), made->data() + made->size(), count);
    int number = 0;
    std::from_chars(era->data(), era->data() + era->size(), number);
    return Place{*list, *query, *behind, Timestamp(Milliseconds{count}), number};
  }
};

http::Response page_of(const Call& call, Place place) {
  Query query(parse_target(place.query).query);
  const std::size_t size = std::min(query.per_page(), call.peer.page_cap);
  std::optional<std::vector<std::string>> fields;
  if (call.peer.takes_fields) fields = query.fields();
  const Listing listing = listing_of(call, place.list, query);
  if (const auto refused = query.refused()) return refusal(*refused);

  // Newest first.
  auto end = listing.ids.end();
  if (!place.behind.empty())
    end = std::lower_bound(listing.ids.begin(), listing.ids.end(), place.behind, before);
  Json rows = Json::array();
  std::string last;
  bool more = false;
  for (auto id = std::make_reverse_iterator(end); id != listing.ids.rend(); ++id) {
    if (listing.matches && !listing.matches(*id)) continue;
    more = rows.size() == size;
    if (more) break;
    const Json row = listing.row(*id);
    for (const std::string& field : fields.value_or(std::vector<std::string>{})) {
      if (!row.contains(field) && !row.contains("message"))
        return refusal({"fields", "is unknown: " + field});
    }
    rows.push_back(fields ? trimmed(row, *fields) : row);
    last = *id;
  }
  http::Response response = answer(200, rows);
  if (more) {
    place.behind = last;
    place.made = call.now;
    place.era = call.peer.era();
    response.headers.push_back({"Link", "<https://harvest.greenhouse.io/v3/" + place.list +
                                            "?cursor=" + place.text() + ">; rel=\"next\""});
  }
  return response;
}

}  // namespace

bool shown(const Recruiting& world, const Candidacy& application) {
  const Job* const job = world.job(application.job);
  return job == nullptr || !job->confidential;
}

Json row_of(const Call& call, const Candidacy& application) {
  const Stage* const stage = call.world.stage(application.stage);
  Json row{{"id", number(application.id)},
           {"candidate_id", number(application.person)},
           {"job_id", number(application.job)},
           {"stage_id", number(application.stage_row)},
           {"stage_name", stage ? Json(stage->name) : Json(nullptr)}};
  if (call.peer.stage_ids_in_rows) row["job_interview_stage_id"] = number(application.stage);
  row["status"] = status_of(application.status);
  row["prospect"] = application.job.empty();
  row["custom_fields"] = fields_of(call, application.fields, true);
  row["created_at"] = time_text(application.created);
  row["updated_at"] = time_text(application.updated);
  row["last_activity_at"] = time_text(application.updated);
  return row;
}

Json row_of(const Call& call, const Person& person) {
  if (person.is_private) return {{"message", "This candidate is private."}};
  Json emails = Json::array();
  for (const std::string& email : person.emails)
    emails.push_back({{"value", email}, {"type", "personal"}});
  return {{"id", number(person.id)},
          {"first_name", person.first_name},
          {"last_name", person.last_name},
          {"preferred_name", nullptr},
          {"email_addresses", emails},
          {"tags", person.tags},
          {"private", false},
          {"can_email", person.may_be_contacted},
          {"custom_fields", fields_of(call, person.fields, false)},
          {"created_at", time_text(person.created)},
          {"updated_at", time_text(person.updated)}};
}

http::Response list(const Call& call, const Endpoint& endpoint, std::string_view query) {
  const Target target = parse_target("/" + std::string(query));
  const auto cursor = target.parameter("cursor");
  if (!cursor)
    return page_of(call, {.list = std::string(endpoint.list), .query = "/" + std::string(query)});
  if (target.query.size() != 1)
    return refusal({"", "When passing a cursor, do not include other query params."});
  const std::optional<Place> place = Place::parse(*cursor);
  const bool good = place && place->list == endpoint.list && place->era == call.peer.era() &&
                    call.now - place->made <= call.peer.cursor_life;
  if (!good) return refusal({"cursor", "is invalid"});
  return page_of(call, *place);
}

}  // namespace praxisync::sandbox::ats::harvest
