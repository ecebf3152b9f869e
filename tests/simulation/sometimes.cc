// Rare places that a suite must reach: a simulator that never goes there proves nothing of them.
#include "simulation/campaign.h"
#include "simulation/schedule.h"

namespace praxisync::simulation {

const std::vector<std::string>& must_be_reached() {
  static const std::vector<std::string> places = [] {
    std::vector<std::string> all;
    for (const ActName& name : all_acts()) {
      if (name.kind == Kind::Fault && name.act != Act::KeepBackup)
        all.push_back("fault " + std::string(name.name));
      if (name.kind == Kind::People) all.push_back("people " + std::string(name.name));
    }
    return all;
  }();
  return places;
}

}  // namespace praxisync::simulation
