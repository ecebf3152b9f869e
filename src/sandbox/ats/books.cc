#include "sandbox/ats/books.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace praxisync::sandbox::ats {
namespace {

/// How often that person was invited or enrolled for that target, by any of the addresses.
int contacts(const Due& due, const AssessSandbox& assess) {
  const World& world = assess.world();
  int count = 0;
  for (const std::string& address : due.addresses) {
    for (const Invitation& invitation : assess.invitations_of(address))
      count += world.assessments[invitation.assessment].slug == due.target ? 1 : 0;
    for (const Enrollment& enrollment : assess.enrollments_of(address))
      count += world.pipelines[enrollment.pipeline].slug == due.target ? 1 : 0;
  }
  return count;
}

bool is_of(const Effect& effect, const Due& due) {
  if (!effect.application.empty()) return effect.application == due.application;
  return std::find(due.people.begin(), due.people.end(), effect.person) != due.people.end();
}

void count_effects(Books& books, const std::vector<Effect>& effects) {
  std::set<std::tuple<Effect::Kind, std::string, std::string, std::string>> seen;
  for (const Effect& effect : effects) {
    using enum Effect::Kind;
    books.notes += effect.kind == Note ? 1 : 0;
    books.tags += effect.kind == Tag ? 1 : 0;
    books.fields += effect.kind == Field ? 1 : 0;
    books.links += effect.kind == Link ? 1 : 0;
    books.moves += effect.kind == Move ? 1 : 0;
    books.rejections += effect.kind == Reject ? 1 : 0;
    if (!seen.emplace(effect.kind, effect.application, effect.person, effect.text).second)
      ++books.written_twice;
  }
}

}  // namespace

Books balance(const std::vector<Due>& due, const Recruiting& world, const AssessSandbox& assess) {
  Books books;
  count_effects(books, world.effects());
  for (const Due& one : due) {
    const int times = contacts(one, assess);
    books.contacted += times > 0 ? 1 : 0;
    books.twice += times > 1 ? 1 : 0;
    bool noted = false;
    for (const Effect& effect : world.effects()) {
      if (!is_of(effect, one)) continue;
      noted = noted || effect.kind == Effect::Kind::Note;
      const bool decides = effect.kind == Effect::Kind::Move || effect.kind == Effect::Kind::Reject;
      if (decides && one.taken && effect.at >= *one.taken) ++books.overruled;
    }
    if (one.taken) continue;
    ++books.due;
    books.missed += times == 0 ? 1 : 0;
    books.without_note += noted ? 0 : 1;
  }
  return books;
}

}  // namespace praxisync::sandbox::ats
