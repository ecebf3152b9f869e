#include "connectors/ashby/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "connector/names.h"
#include "domain/text.h"

namespace praxisync::ashby {
namespace {

using connector::Named;

bool has_text(const Field& field) {
  return field.type == "String" || field.type == "LongText" || field.type == "Email" ||
         field.type == "Phone";
}

Error takes(const Field& field, std::string_view what) {
  return {ErrorKind::Rejected,
          fmt::format("the field \"{}\" takes {}", printable(field.named.name, 80), what)};
}

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failed == std::errc{} && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<bool> flag_of(std::string_view text) {
  const std::string word = to_lower(text);
  if (word == "yes" || word == "true") return true;
  if (word == "no" || word == "false") return false;
  return std::nullopt;
}

}  // namespace

bool same_name(std::string_view one, std::string_view other) {
  return to_lower(trim(one)) == to_lower(trim(other));
}

bool is_writable(const Field& field) {
  return has_text(field) || field.type == "Number" || field.type == "Url" ||
         field.type == "Boolean" || field.type == "ValueSelect";
}

Result<FieldValue> value_for(const Field& field, std::string_view text) {
  text = trim(text);
  if (field.type == "Number") {
    const auto number = number_of(text);
    return number ? Result<FieldValue>(*number) : takes(field, "a number");
  }
  if (field.type == "Boolean") {
    const auto flag = flag_of(text);
    return flag ? Result<FieldValue>(*flag) : takes(field, "yes or no");
  }
  if (field.type == "Url") {
    const bool web = text.starts_with("https://") || text.starts_with("http://");
    return web ? Result<FieldValue>(std::string(text)) : takes(field, "a link");
  }
  if (field.type != "ValueSelect") return FieldValue(std::string(text));
  std::vector<Named> options;
  for (const Field::Option& option : field.options) options.push_back({option.value, option.label});
  const Result<Named> chosen = connector::find_named(
      fmt::format("value of \"{}\"", printable(field.named.name, 80)), text, options);
  return chosen ? Result<FieldValue>(chosen->id) : Result<FieldValue>(chosen.error());
}

Result<std::vector<Stage>> Directory::stages(const std::string& plan, const std::string& known) {
  if (const auto found = stages_.find(plan); found != stages_.end()) {
    const bool current =
        known.empty() || std::ranges::any_of(found->second, [&](const Stage& stage) {
          return stage.named.id == known;
        });
    if (current) return found->second;
  }
  Result<std::vector<Stage>> stages = api_.stages(plan);
  if (stages) stages_.insert_or_assign(plan, *stages);
  return stages;
}

Result<std::vector<Field>> Directory::fields() {
  if (!fields_) {
    Result<std::vector<Field>> all = api_.fields();
    if (!all) return all;
    fields_ = *std::move(all);
  }
  return *fields_;
}

Result<std::optional<Field>> Directory::field(std::string_view wanted) {
  const Result<std::vector<Field>> all = fields();
  if (!all) return all.error();
  for (const std::string_view object : {"Application", "Candidate"}) {
    std::vector<Named> named;
    for (const Field& field : *all) {
      const bool meant = field.named.id == wanted || same_name(field.named.name, wanted);
      if (field.object == object && meant) named.push_back(field.named);
    }
    if (named.empty()) continue;
    const Result<Named> found = connector::find_named("custom field", wanted, named);
    if (!found) return found.error();
    const auto field = std::ranges::find(*all, *found, &Field::named);
    return is_writable(*field) ? std::optional(*field) : std::nullopt;
  }
  return std::optional<Field>();
}

Result<std::vector<Named>> Directory::reasons() {
  if (!reasons_) {
    Result<std::vector<Named>> all = api_.reasons();
    if (!all) return all;
    reasons_ = *std::move(all);
  }
  return *reasons_;
}

Result<std::string> Directory::tag(const std::string& title) {
  if (const auto found = tags_.find(title); found != tags_.end()) return found->second;
  Result<std::string> id = api_.make_tag(title);
  if (id) tags_.insert_or_assign(title, *id);
  return id;
}

}  // namespace praxisync::ashby
