#include "connectors/file/senders/senders.h"

#include <algorithm>

namespace praxisync::senders {

const std::vector<Sender>& all() {
  static const std::vector<Sender> kAll{{"recruitee", read_recruitee},
                                        {"smartrecruiters", read_smartrecruiters},
                                        {"teamtailor", read_teamtailor},
                                        {"workable", read_workable}};
  return kAll;
}

const Sender* find(std::string_view name) {
  const auto found = std::ranges::find(all(), name, &Sender::name);
  return found == all().end() ? nullptr : &*found;
}

std::string names_of_all() {
  std::string names;
  for (const Sender& sender : all()) names += (names.empty() ? "" : ", ") + sender.name;
  return names;
}

}  // namespace praxisync::senders
