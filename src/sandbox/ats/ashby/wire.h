/// The world as Ashby's JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "sandbox/ats/ashby/ashby.h"

namespace praxisync::sandbox::ats::ashby {

using nlohmann::ordered_json;

ordered_json application_json(Ashby& ashby, const Candidacy& application);
ordered_json candidate_json(Ashby& ashby, const Person& person);
ordered_json job_json(const Job& job);
ordered_json stage_json(const Plan& plan, const Stage& stage);
ordered_json field_json(const Ashby& ashby, const Field& field);
ordered_json value_json(const Ashby& ashby, const Field& field, const std::string& value);
ordered_json note_json(const Note& note, const std::string& author);
ordered_json tag_json(const Tag& tag);
ordered_json reason_json(const Reason& reason);

std::string_view status_of(JobStatus status);
std::string_view status_of(ApplicationStatus status);
/// "ValueSelect" where the knob has options.
std::string type_of(const Ashby& ashby, const Field& field);

}  // namespace praxisync::sandbox::ats::ashby
