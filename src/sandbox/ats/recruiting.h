/// What an ATS holds, by whatever names it goes: jobs with the stages of their plan, people, their
/// applications, notes, tags, fields; and what recruiters do with them. It is the truth behind each
/// played ATS, apart from any wire format, and the oracle of tests: every write that came over the
/// wire is kept. The same set-up and calls at the same times give the same world. Not for use from
/// two threads at once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/clock.h"
#include "domain/random.h"
#include "sandbox/ats/rows.h"

namespace praxisync::sandbox::ats {

/// Ids are text here. Numbers are odd and above 2^53: a client that reads them as doubles shows.
enum class IdStyle { Numbers, Uuids };

struct Stage {
  std::string id{}, name{};
  bool archived = false;  ///< of an Ashby plan: where applications go that are archived
  bool active = true;     ///< false: retired by an admin
};

/// The stages that applications to a job pass, in order. Greenhouse has one a job, Lever one for
/// the account, Ashby some that jobs share.
struct Plan {
  std::string id{}, name{};
  std::vector<Stage> stages{};
};

enum class JobStatus { Open, Closed, Draft };

struct Job {
  std::string id{}, name{}, plan{};
  JobStatus status = JobStatus::Open;
  bool confidential = false;
  Timestamp updated{};
};

struct Person {
  std::string id{}, first_name{}, last_name{};
  std::vector<std::string> emails{};  ///< the first one is the primary one
  std::vector<std::string> tags{};    ///< names
  std::vector<std::string> links{};
  std::map<std::string, std::string> fields{};  ///< by the field's id
  bool is_private = false, may_be_contacted = true, anonymised = false;
  Timestamp created{}, updated{};  ///< a change of an application is none of the person

  std::string name() const;  ///< "First Last"
};

enum class ApplicationStatus { Active, Rejected, Hired };

struct Candidacy {
  std::string id{}, person{};
  std::string job{};  ///< empty: a prospect, or a lead without a job
  std::string stage{};
  /// Greenhouse's row that stands for this application in this stage: another id in each stage.
  std::string stage_row{};
  ApplicationStatus status = ApplicationStatus::Active;
  std::string reason{};             ///< of the rejection: its id
  std::vector<std::string> tags{};  ///< names; Lever has them here, the others at the person
  std::map<std::string, std::string> fields{};  ///< by the field's id
  bool confidential = false;
  Timestamp created{}, updated{}, in_stage_since{};
};

struct Note {
  std::string id{}, person{}, application{};  ///< no application: of the person alone
  std::string text{}, author{};
  Timestamp created{};
};

struct Tag {
  std::string id{}, name{};
};

struct Reason {
  std::string id{}, name{};
  bool hired = false;  ///< Lever lists those too
  bool active = true;
};

enum class FieldType { Text, Number, Url, Boolean };

struct Field {
  std::string id{}, name{}, key{};  ///< key: Greenhouse's name_key
  FieldType type = FieldType::Text;
  bool of_application = true;  ///< otherwise of the person
  bool active = true;
};

/// One write of an API client that took effect, doubles too.
struct Effect {
  enum class Kind { Note, Tag, NewTag, Field, Link, Move, Reject };
  Kind kind = Kind::Note;
  std::string application{}, person{};  ///< one may be empty where the API does not say
  std::string text{};  ///< the note, the tag's name, "field=value", the stage's or reason's id
  Timestamp at{};
};

/// What was deleted, for peers that list it (Lever).
struct Deletion {
  std::string application{};
  Timestamp at{};
};

class Recruiting {
 public:
  /// `clock` outlives it. The seed decides the ids.
  Recruiting(const Clock& clock, IdStyle ids, std::uint64_t seed = 1);

  // Set-up; each gives the new one's id.
  std::string add_plan(std::string name, const std::vector<std::string>& stages);
  std::string add_job(std::string name, std::string plan, JobStatus status = JobStatus::Open);
  std::string add_person(std::string first_name, std::string last_name,
                         std::vector<std::string> emails);
  /// Into the stage of that name of the job's plan; no job: a prospect.
  std::string apply(const std::string& person, const std::string& job, std::string_view stage);
  std::string add_tag(std::string name);
  std::string add_reason(std::string name, bool hired = false);
  std::string add_field(std::string name, FieldType type, bool of_application = true);
  void make_private(const std::string& person);
  void forbid_contact(const std::string& person);
  /// The job, those who applied to it and those who will.
  void make_confidential(const std::string& job);
  /// Rejected applications go to that stage of the plan from now on.
  void make_archive(const std::string& plan, std::string_view stage);
  /// Gives the stage an id by hand, before anybody is in it: Lever's default stages have words.
  void set_stage_id(const std::string& plan, std::string_view stage, std::string id);

  // What recruiters and admins do, at the clock's time. The ids must be there.
  /// Into another stage_row; the status stays.
  void move(const std::string& application, const std::string& stage_id);
  void reject(const std::string& application, const std::string& reason_id);
  /// From an archive stage into the plan's first.
  void reactivate(const std::string& application);
  void hire(const std::string& application);
  void rename(const std::string& person, std::string first_name, std::string last_name);
  void change_emails(const std::string& person, std::vector<std::string> emails);
  /// The loser is no more; its applications, addresses, tags, links and notes are the winner's.
  /// Where both applied to one job, the loser's application goes.
  void merge(std::string winner, std::string loser);
  /// As Greenhouse: "Anonymized" and the id for a name, no address, tag or note, the first stage.
  void anonymise(const std::string& person);
  void remove_person(const std::string& person);
  void remove_application(const std::string& application);
  void rename_stage(const std::string& stage_id, std::string name);
  void retire_stage(const std::string& stage_id);
  void close_job(const std::string& job);
  /// A field of the person goes to whoever applied.
  void set_field(const std::string& application, const std::string& field_id, std::string value);
  void remove_tag(const std::string& person, const std::string& name);

  // What API clients do: as above, and kept in effects(), also where nothing changed by it.
  /// Its id; the id and time that `note` brings are not looked at.
  std::string write_note(Note note);
  /// To the application where one is given, otherwise to the person. A name that is new becomes a
  /// tag.
  void write_tag(const std::string& application, const std::string& person,
                 const std::string& name);
  std::string write_new_tag(std::string name);
  void write_field(const std::string& application, const std::string& field_id, std::string value);
  void write_link(const std::string& application, const std::string& person, std::string link);
  void write_move(const std::string& application, const std::string& stage_id);
  void write_reject(const std::string& application, const std::string& reason_id);

  // Look-ups, none slower than O(log n); nullptr: there is none of that id.
  const Job* job(std::string_view id) const;
  const Plan* plan(std::string_view id) const;
  const Stage* stage(std::string_view id) const;
  const Plan* plan_of_stage(std::string_view stage_id) const;
  const Person* person(std::string_view id) const;
  const Candidacy* application(std::string_view id) const;
  const Tag* tag(std::string_view id) const;
  const Tag* tag_named(std::string_view name) const;
  const Reason* reason(std::string_view id) const;
  const Field* field(std::string_view id) const;
  /// In the order in which they became that person's.
  std::vector<const Candidacy*> applications_of(std::string_view person) const;
  /// The id of the stage of that name in the job's plan; empty: none.
  std::string stage_id(const std::string& job, std::string_view name) const;

  // In the order of their making.
  const std::vector<Plan>& plans() const;
  const std::vector<Job>& jobs() const;
  std::vector<const Person*> people() const;
  std::vector<const Candidacy*> applications() const;
  const std::vector<Tag>& tags() const;
  const std::vector<Reason>& reasons() const;
  const std::vector<Field>& fields() const;
  const std::vector<Note>& notes() const;
  const std::vector<Deletion>& deletions() const;
  const std::vector<Effect>& effects() const;

  Timestamp now() const;
  /// One more id of the world's style, for what a peer alone has.
  std::string new_id();

 private:
  Stage& stage_at(std::string_view id);
  Candidacy& application_row(const std::string& id) { return applications_.at(id); }
  void changed(Candidacy& application) { application.updated = now(); }
  void changed(Person& person) { person.updated = now(); }
  void enter(Candidacy& application, const std::string& stage_id);
  void hand_over(const std::string& winner, const std::string& loser);
  void did(Effect::Kind kind, const std::string& application, const std::string& person,
           std::string text);

  const Clock& clock_;
  const IdStyle ids_;
  SeededRandom random_;
  std::uint64_t last_number_;

  Table<Plan> plans_;
  Table<Job> jobs_;
  Table<Tag> tags_;
  Table<Reason> reasons_;
  Table<Field> fields_;
  Rows<Person> people_;
  Rows<Candidacy> applications_;
  std::map<std::string, std::string, std::less<>> plan_of_stage_;  ///< ids
  std::map<std::string, std::string, std::less<>> tag_ids_;        ///< by name
  /// The ids of whoever's applications.
  std::map<std::string, std::vector<std::string>, std::less<>> applied_;
  std::vector<Note> notes_;
  std::vector<Deletion> deletions_;
  std::vector<Effect> effects_;
};

}  // namespace praxisync::sandbox::ats
