/// One request that was let in: each method is one call of the API.
#pragma once

#include "sandbox/ats/ashby/input.h"
#include "sandbox/ats/ashby/lists.h"

namespace praxisync::sandbox::ats {

class AshbyDesk {
 public:
  AshbyDesk(Ashby& ashby, nlohmann::json body)
      : ashby_(ashby), world_(ashby.world_), input_(std::move(body)) {}

  struct Call {
    std::string_view name, scope;
    ashby::Outcome (AshbyDesk::*act)();
  };
  /// nullptr: there is no such call.
  static const Call* find(std::string_view name);

  ashby::Outcome run(const Call& call) { return (this->*call.act)(); }

 private:
  ashby::Outcome api_key_info();
  ashby::Outcome application_list();
  ashby::Outcome application_info();
  ashby::Outcome application_change_stage();
  ashby::Outcome archive_reason_list();
  ashby::Outcome candidate_info();
  ashby::Outcome candidate_list_notes();
  ashby::Outcome candidate_create_note();
  ashby::Outcome candidate_add_tag();
  ashby::Outcome candidate_tag_create();
  ashby::Outcome custom_field_list();
  ashby::Outcome custom_field_set_value();
  ashby::Outcome interview_stage_list();
  ashby::Outcome job_list();

  /// Refused where the input is not as documented.
  std::optional<ashby::Refusal> wrong() const;
  ashby::Outcome page(ashby::Asked asked, const ashby::Lists::All& all,
                      const ashby::Lists::Show& show);
  ashby::Asked asked(std::string list);

  /// nullptr where there is none that the key may see.
  const Candidacy* application(const std::string& id) const;
  const Person* candidate(const std::string& id) const;
  bool shows(const Candidacy& application) const;
  ashby::Item item_of(const Candidacy& application) const;

  Ashby& ashby_;
  Recruiting& world_;
  ashby::Input input_;
};

}  // namespace praxisync::sandbox::ats
