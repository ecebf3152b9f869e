#include "report/plan_file_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "domain/digest.h"
#include "domain/text.h"

namespace praxisync::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr const char* kFormatKey = "praxisync_plan";
constexpr const char* kSignatureKey = "integrity";
constexpr int kMostFields = 8;  ///< of an action, and of the plan beside its actions

Error refusal(std::string what) {
  return {ErrorKind::Rejected,
          std::move(what) + "; make a new plan with 'praxisync plan --save FILE'"};
}

Json json_of(const sync::ChosenContact& contact) {
  return {{"connector", contact.connector.text()},
          {"application_id", contact.application.text()},
          {"route", contact.route.text()},
          {"target_kind", to_string(contact.target.kind)},
          {"target", contact.target.slug},
          {"round", contact.round},
          {"email", contact.email},
          {"stage", contact.stage}};
}

Json json_of(const sync::ChosenWrite& write) {
  return {{"connector", write.connector.text()},
          {"application_id", write.application.text()},
          {"route", write.route.text()},
          {"action", to_string(write.kind)},
          {"field", write.field},
          {"value", write.value},
          {"outcome", to_string(write.outcome)},
          {"marker", write.marker}};
}

/// Everything but the signature.
Json content_of(const sync::PlanFile& plan) {
  Json contacts = Json::array(), writes = Json::array();
  for (const sync::ChosenContact& contact : plan.actions.contacts)
    contacts.push_back(json_of(contact));
  for (const sync::ChosenWrite& write : plan.actions.writes) writes.push_back(json_of(write));
  return {{kFormatKey, kFormat},
          {"praxisync", plan.praxisync},
          {"made_at", format_timestamp(plan.made_at)},
          {"organisation", plan.organisation},
          {"database", plan.database},
          {"config", plan.config},
          {"contacts", std::move(contacts)},
          {"write_backs", std::move(writes)}};
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Mac signature_of(const Json& content, const store::PlanKey& key) {
  return hmac_sha256(key.reveal(), dump(content, -1));
}

/// Whether it is nested no deeper and has no more values than a plan: what is read into memory is
/// bounded by that.
bool in_bounds(std::string_view text) {
  constexpr std::size_t kMost = std::size_t{sync::kMostPlannedActions} * (kMostFields + 1) + 100;
  std::size_t values = 0;
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++at;
    if (quoted) continue;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == ',' || c == '{' || c == '[') ++values;
    if (depth > 3 || values > kMost) return false;
  }
  return true;
}

/// Takes the fields of one object, each of which must be there, and no others; remembers the first
/// that is wrong.
class Fields {
 public:
  Fields(const Json& object, std::string path, std::string& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {
    if (!object.is_object()) note("", "is not an object");
  }
  ~Fields() {
    if (object_.is_object() && taken_ < object_.size()) note("", "has fields that do not belong");
  }
  Fields(const Fields&) = delete;
  Fields& operator=(const Fields&) = delete;

  std::string text(const char* key) {
    const Json* value = find(key);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    if (value != nullptr) note(key, "is not text");
    return {};
  }
  int number(const char* key) {
    const Json* value = find(key);
    const bool fits = value != nullptr && value->is_number_integer() &&
                      value->get<std::int64_t>() >= 0 && value->get<std::int64_t>() <= 1'000'000;
    if (fits) return value->get<int>();
    if (value != nullptr) note(key, "is not a number from 0 to 1000000");
    return 0;
  }
  /// A text that `read` understands.
  auto word(const char* key, auto read) {
    const auto value = read(text(key));
    if (!value) note(key, "is not known");
    return value.value_or(typename std::remove_cvref_t<decltype(value)>::value_type{});
  }
  const Json& array(const char* key) {
    static const Json none = Json::array();
    const Json* value = find(key);
    if (value != nullptr && value->is_array()) return *value;
    if (value != nullptr) note(key, "is not a list");
    return none;
  }

 private:
  const Json* find(const char* key) {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    if (found != object_.end()) return ++taken_, &*found;
    note(key, "is missing");
    return nullptr;
  }
  void note(std::string_view key, std::string_view why) {
    if (!fault_.empty()) return;
    const std::string dot = path_.empty() || key.empty() ? "" : ".";
    const std::string place = path_ + dot + std::string(key);
    fault_ =
        fmt::format("{}{}{}", place.empty() ? "the plan" : place, place.empty() ? " " : ": ", why);
  }

  const Json& object_;
  std::string path_;
  std::string& fault_;
  std::size_t taken_ = 0;
};

sync::ChosenContact read_contact(Fields& fields) {
  sync::ChosenContact contact;
  contact.connector = ConnectorName(fields.text("connector"));
  contact.application = ApplicationId(fields.text("application_id"));
  contact.route = RouteName(fields.text("route"));
  contact.target.kind = fields.word("target_kind", parse_target_kind);
  contact.target.slug = fields.text("target");
  contact.round = fields.number("round");
  contact.email = fields.text("email");
  contact.stage = fields.text("stage");
  return contact;
}

sync::ChosenWrite read_write(Fields& fields) {
  sync::ChosenWrite write;
  write.connector = ConnectorName(fields.text("connector"));
  write.application = ApplicationId(fields.text("application_id"));
  write.route = RouteName(fields.text("route"));
  write.kind = fields.word("action", parse_action_kind);
  write.field = fields.text("field");
  write.value = fields.text("value");
  write.outcome = fields.word("outcome", parse_verdict);
  write.marker = fields.text("marker");
  return write;
}

/// The rows of a list, each with its path in what is said of it.
template <typename Row>
std::vector<Row> rows(const Json& list, const char* name, Row (*read)(Fields&),
                      std::string& fault) {
  std::vector<Row> all;
  all.reserve(list.size());
  for (std::size_t i = 0; i < list.size() && fault.empty(); ++i) {
    Fields fields(list[i], fmt::format("{}[{}]", name, i), fault);
    all.push_back(read(fields));
  }
  return all;
}

sync::PlanFile read_fields(const Json& document, std::string& signature, std::string& fault) {
  sync::PlanFile plan;
  Fields fields(document, "", fault);
  fields.number(kFormatKey);
  plan.praxisync = fields.text("praxisync");
  plan.made_at = fields.word("made_at", parse_timestamp);
  plan.organisation = fields.text("organisation");
  plan.database = fields.text("database");
  plan.config = fields.text("config");
  plan.actions.contacts = rows(fields.array("contacts"), "contacts", read_contact, fault);
  plan.actions.writes = rows(fields.array("write_backs"), "write_backs", read_write, fault);
  signature = fields.text(kSignatureKey);
  return plan;
}

}  // namespace

Result<std::string> plan_file_document(const sync::PlanFile& plan, const store::PlanKey& key) {
  if (plan.actions.size() > sync::kMostPlannedActions) {
    return Error{ErrorKind::Rejected,
                 fmt::format("the plan has {} actions, and {} can be saved: plan fewer routes",
                             plan.actions.size(), sync::kMostPlannedActions)};
  }
  Json document = content_of(plan);
  std::string signature = signature_of(document, key).text();
  document[kSignatureKey] = std::move(signature);
  std::string text = dump(document, 1) + "\n";
  if (text.size() > kLongestPlanFile) {
    return Error{ErrorKind::Rejected,
                 fmt::format("the plan is {} bytes long, and {} can be saved: plan fewer routes",
                             text.size(), kLongestPlanFile)};
  }
  return text;
}

Result<sync::PlanFile> read_plan_file(std::string_view text, const store::Identity& identity) {
  if (text.size() > kLongestPlanFile)
    return refusal(fmt::format("longer than {} bytes: not a saved plan", kLongestPlanFile));
  if (!in_bounds(text)) {
    return refusal(begins_a_plan_file(text)
                       ? "changed since it was made: it is nested deeper or holds more than a plan"
                       : "not a saved plan");
  }
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) {
    return begins_a_plan_file(text) ? refusal("cut short or damaged: it is no whole JSON document")
                                    : refusal("not a saved plan: it is no JSON document");
  }
  const bool plan = document.is_object() && document.contains(kFormatKey) &&
                    document[kFormatKey].is_number_integer();
  if (!plan) return refusal(fmt::format("not a saved plan: it has no \"{}\"", kFormatKey));
  if (const auto format = document[kFormatKey].get<std::int64_t>(); format != kFormat) {
    return refusal(
        fmt::format("a plan of format {}, and this praxisync reads format {}", format, kFormat));
  }
  const bool ours = document.contains("database") && document["database"] == identity.database;
  if (!ours) {
    return refusal(
        "made for another database than that of [state] path, so what it lists says "
        "nothing about this one");
  }
  std::string fault, signature;
  sync::PlanFile read = read_fields(document, signature, fault);
  if (!fault.empty()) return refusal("changed since it was made: " + fault);
  if (!signature_of(content_of(read), identity.plan_key).fits(signature)) {
    return refusal("changed since it was made: what it says does not fit its \"integrity\"");
  }
  return read;
}

bool begins_a_plan_file(std::string_view head) {
  std::string bare;
  std::ranges::copy_if(head.substr(0, 200), std::back_inserter(bare),
                       [](char c) { return trim(std::string_view(&c, 1)) != ""; });
  return bare.starts_with(fmt::format("{{\"{}\":", kFormatKey));
}

}  // namespace praxisync::report
