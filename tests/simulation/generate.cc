#include "simulation/generate.h"

#include <algorithm>

#include "domain/random.h"
#include "simulation/universe.h"

namespace praxisync::simulation {
namespace {

constexpr int kDay = 24 * 60;

class Generator {
 public:
  Generator(std::uint64_t seed, int attempts)
      : random_(seed + 0x9e3779b97f4a7c15U * static_cast<std::uint64_t>(attempts)),
        serving_(~seed),
        fewest_faults_(12 * (attempts + 1)) {
    schedule_.seed = seed;
  }

  Schedule generate() {
    set_knobs();
    add_people();
    draw_swarm();
    // Most are small: those are quick, and show most of what goes wrong.
    const int runs = chance(85) ? between(2, 4) : between(5, 8);
    int minute = 0;
    for (int run = 0; run < runs; ++run) {
      for (int i = below(4); i > 0; --i) people_act(minute);
      for (int i = faults_of(run, runs); i > 0; --i) strike(minute);
      if (chance(10)) add(minute, Act::Restart);
      if (chance(6)) add(minute, Act::Plan);
      add(minute, Act::Run);
      minute += gap();
    }
    return schedule_;
  }

 private:
  int below(int bound) {
    return static_cast<int>(random_.below(static_cast<std::uint64_t>(bound)));
  }
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int percent) { return below(100) < percent; }

  void add(int minute, Act act, int ats = 0, int first = 0, int second = 0) {
    schedule_.steps.push_back({minute, act, ats, first, second});
  }
  void set(std::string_view name, int value) { schedule_.knobs[std::string(name)] = value; }
  int one_of(std::initializer_list<int> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }

  void set_knobs() {
    set("sources", one_of({1, 1, 1, 2, 2, 2, 3}));
    // Half of them without a wire: those are quick.
    for (const char* kind : {"kind0", "kind1", "kind2"}) set(kind, chance(50) ? 0 : between(1, 3));
    set("incremental", below(2));
    set("ats_page", between(1, 4));
    if (chance(15)) set("quota", between(3, 8));
    if (chance(15)) set("reads_per_hour", between(40, 80));
    if (chance(15)) set("writes_per_hour", between(6, 15));
    if (chance(40)) set("bulk_size", between(1, 4));
    if (chance(20)) set("bulk_limit", between(1, 3));
    set("by_page", below(2));
    set("old_documents", below(2));
    set("enroll_again", one_of({0, 1, 2, 2}));
    set("renews_expired", below(2));
    set("cancel_when_left", below(2));
    set("remind", below(2));
    set("reinvite", below(2));
    set("moves", below(2));
    if (chance(15)) set("brake", between(2, 5));
    set("eager", below(2));
    set("rests", below(2));
    set("webhooks", chance(40) && serving_.below(10) < 7 ? 1 : 0);
    if (schedule_.knob("sources") > 1 && chance(12)) {
      set("never_heals", between(1, schedule_.knob("sources")));
      set("revoked", below(2));
    }
    set_serving();
  }

  /// From numbers of its own: the rest of the world is the same with it and without.
  void set_serving() {
    if (serving_.below(100) >= 20) return;
    set("scheduled", 1 + static_cast<int>(serving_.below(2)));
    set("skips_missed", static_cast<int>(serving_.below(2)));
    set("jitter", static_cast<int>(serving_.below(10)));
  }

  void add_people() {
    const int people = chance(85) ? between(3, 5) : between(6, 12);
    for (int i = 0; i < people; ++i) {
      Applicant person{below(schedule_.knob("sources")), below(kJobs), i};
      // People are made by changing those that are there: independent ones never meet.
      if (i > 0 && chance(25)) person.address = schedule_.people[at(below(i))].address % 1000;
      if (chance(10)) person.address += 1000;  // the same, spelt in capitals
      if (chance(5)) person.address = kNoAddress;
      if (chance(3)) person.address = kBadAddress;
      schedule_.people.push_back(person);
    }
    for (int i = 0; i < people; ++i) {
      if (chance(60)) {
        add(0, Act::Apply, 0, i);
        unborn_.erase(std::remove(unborn_.begin(), unborn_.end(), i), unborn_.end());
      } else {
        unborn_.push_back(i);
      }
    }
  }

  /// The first that gives addresses of next pages; the first of all where there is none.
  int a_greenhouse() const {
    for (int i = 0; i < schedule_.knob("sources"); ++i) {
      if (schedule_.knob("kind" + std::to_string(i)) == static_cast<int>(AtsKind::Greenhouse))
        return i;
    }
    return 0;
  }

  static std::size_t at(int place) { return static_cast<std::size_t>(place); }
  int anybody() { return below(static_cast<int>(schedule_.people.size())); }

  void people_act(int minute) {
    if (!unborn_.empty() && chance(50)) {
      add(minute, Act::Apply, 0, unborn_.back());
      unborn_.pop_back();
      return;
    }
    static constexpr Act kActs[] = {Act::Move,       Act::Move,  Act::Move,      Act::Reject,
                                    Act::Reactivate, Act::Hire,  Act::Rename,    Act::Readdress,
                                    Act::Readdress,  Act::Merge, Act::Anonymise, Act::Remove,
                                    Act::Untag};
    const Act act = kActs[below(std::size(kActs))];
    int second = 0;
    if (act == Act::Move) second = chance(50) ? kRouted : below(kStages);
    if (act == Act::Readdress)
      second = one_of({100 + below(20), 100 + below(20), below(10), below(10), kNoAddress});
    if (act == Act::Merge) second = anybody();
    add(minute, act, 0, anybody(), second);
  }

  void draw_swarm() {
    for (const ActName& name : all_acts()) {
      const bool nothing_to_befall = befalls_webhooks(name.act) && schedule_.knob("webhooks") == 0;
      if (nothing_to_befall) continue;
      if (name.kind == Kind::Fault && name.act != Act::KeepBackup && chance(35))
        swarm_.push_back(name.act);
    }
    if (swarm_.empty()) swarm_.push_back(Act::Crash);
    // What lands late and a clock that jumps: then no wait of any length is long enough.
    const bool late = chance(50);
    const auto out = [&](Act act) { std::erase(swarm_, act); };
    if (late) {
      out(Act::SetClock);
    } else {
      out(Act::Late);
      out(Act::AtsLate);
    }
    // Without its database it cannot know what is on its way; on another, what was enrolled.
    if (late) {
      out(Act::LoseDatabase);
      out(Act::RestoreBackup);
    }
    // Whether a lost database told an outcome before shows in the order of two clocks alone.
    if (std::ranges::find(swarm_, Act::LoseDatabase) != swarm_.end()) out(Act::SetClock);
    if (swarm_.empty()) swarm_.push_back(Act::Drop);
    // Greenhouse alone gives addresses of next pages, and small pages have many.
    if (std::ranges::find(swarm_, Act::AtsAstray) != swarm_.end()) {
      set("kind0", static_cast<int>(AtsKind::Greenhouse));
      set("ats_page", 1);
    }
    intensity_ = between(1, 3);
  }

  int faults_of(int run, int runs) {
    if (run == 0 && chance(50)) return 0;
    const int left = runs - run;
    const int owed = (fewest_faults_ - struck_ + left - 1) / left;
    return std::max(owed, below(intensity_ + 3));
  }

  void strike(int minute) {
    ++struck_;
    const Act act = swarm_[at(below(static_cast<int>(swarm_.size())))];
    const int ats = act == Act::AtsAstray ? a_greenhouse() : below(schedule_.knob("sources"));
    // Half of the faults look for a write: those are fewer.
    const int writes = below(2);
    switch (act) {
      case Act::Crash:
        for (int i = between(1, 3); i > 0; --i) add(minute, act, 0, below(90));
        return;
      case Act::Signal:
        return add(minute, act, 0, below(60));
      case Act::SetClock:
        return add(minute, act, 0, one_of({-525'600, -1500, -70, -3, 2, 45, 200, 3000, 100'000}));
      case Act::Second:
        return add(minute, act, 0, below(12));
      case Act::RestoreBackup:
        return add(minute, chance(50) ? Act::KeepBackup : act);
      case Act::ServerError:
      case Act::ErrorAfter:
        return add(minute, act, one_of({500, 502, 503, 504}), below(8),
                   writes * 100 + between(1, 9));
      case Act::Redirect:
        return add(minute, act, one_of({301, 302, 303, 307, 308}), below(8), writes * 100 + 1);
      case Act::Drop:
      case Act::DropAfter:
      case Act::Cut:
      case Act::Junk:
      case Act::Throttle:
      case Act::Refuse:
      case Act::Forbid:
      case Act::Delay:
        return add(minute, act, 0, below(writes == 1 ? 3 : 10), writes * 100 + between(1, 5));
      case Act::Late:
        return add(minute, act, 0, below(3), between(1, 9));
      case Act::Twice:
      case Act::Swap:
        return add(minute, act, 0, below(10));
      case Act::Others:
        return add(minute, act, 0, between(5, 60));
      case Act::Strangers:
        return add(minute, act, 0, between(1, 4));
      case Act::Retire:
        return add(minute, act, 0, below(2));
      case Act::AtsLate:
        return add(minute, act, ats, below(3), between(1, 9));
      case Act::AtsAstray:
        return add(minute, act, ats, 0, 1);
      case Act::AtsForget:
        return add(minute, act, ats, below(8), 1);
      case Act::AtsDrop:
      case Act::AtsDropAfter:
      case Act::AtsCut:
      case Act::AtsThrottle:
      case Act::AtsError:
      case Act::AtsErrorAfter:
      case Act::AtsJunk:
      case Act::AtsRefuse:
      case Act::AtsRedirect:
        return add(minute, act, ats, below(writes == 1 ? 2 : 8), writes * 100 + between(1, 3));
      case Act::HookLost:
        return add(minute, act, below(2), below(3), between(1, 9));
      case Act::HookTwice:
      case Act::HookLate:
        return add(minute, act, 0, below(3), one_of({0, 40, 400, 2 * kDay, 6 * kDay, 12 * kDay}));
      case Act::HookForged:
        return add(minute, act, 0, below(2), below(1000));
      default:
        return add(minute, act, ats);
    }
  }

  int gap() {
    if (chance(4)) return between(6, 10) * kDay;  // longer than an invitation runs
    const int kind = below(4);
    if (kind == 0) return between(1, 20);
    if (kind == 1) return between(30, 180);
    return between(200, kDay);
  }

  SeededRandom random_, serving_;
  int fewest_faults_;
  Schedule schedule_;
  std::vector<Act> swarm_;
  std::vector<int> unborn_;
  int intensity_ = 1, struck_ = 0;
};

}  // namespace

Schedule generate(std::uint64_t seed, int attempts) { return Generator(seed, attempts).generate(); }

}  // namespace praxisync::simulation
