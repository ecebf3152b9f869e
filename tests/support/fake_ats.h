/// An ATS in memory: what it holds is the truth and outlives a crash of whoever speaks with it.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "connector/connector.h"

namespace praxisync::testing_support {

enum class Listing {
  Full,  ///< each pull lists everybody
  New,   ///< each pull lists those who were added since the last one
};

struct FakeAts {
  std::vector<Application> applications;
  std::vector<WriteBack> written;  ///< every arrival that took effect, doubles too
  std::vector<SetAside> flaws;     ///< told with the first page
  std::size_t page_size = 3;
  Listing listing = Listing::Full;
  int pulls = 0;
  /// Taken one by one by the next calls of write(): the error, and whether it took effect all the
  /// same.
  struct WriteFault {
    Error error;
    bool applied = false;
  };
  std::deque<WriteFault> write_faults;
  std::deque<Error> pull_faults;
  Written answer{};  ///< to every write that is not struck by a fault
  std::function<void(const WriteBack&)> at_write{};  ///< told of every arrival first
  std::vector<Departure> left;                       ///< told with the first page

  int count(const std::string& marker) const {
    int found = 0;
    for (const WriteBack& write : written) found += write.marker == marker ? 1 : 0;
    return found;
  }
  Application& find(const std::string& id) {
    for (Application& application : applications) {
      if (application.id.text() == id) return application;
    }
    return add(id);
  }
  /// One more, whose id is new.
  Application& add(const std::string& id) {
    Application added;
    added.id = ApplicationId(id);
    added.candidate = CandidateId("c-" + id);
    applications.push_back(std::move(added));
    return applications.back();
  }
};

/// Page by page; the cursor is the place in the list.
class FakeConnector final : public connector::Connector {
 public:
  FakeConnector(FakeAts& ats, std::function<void()> door) : ats_(ats), door_(std::move(door)) {}

  Result<ApplicationPage> pull(const Cursor& after) override {
    if (door_) door_();
    ++ats_.pulls;
    if (!ats_.pull_faults.empty()) {
      Error error = ats_.pull_faults.front();
      ats_.pull_faults.pop_front();
      return error;
    }
    std::size_t place = after.empty() ? 0 : std::stoul(after.text());
    const bool news = ats_.listing == Listing::New;
    if (place >= ats_.applications.size() && !news) place = 0;
    const std::size_t end = std::min(place + ats_.page_size, ats_.applications.size());
    ApplicationPage page;
    page.applications.assign(ats_.applications.begin() + static_cast<std::ptrdiff_t>(place),
                             ats_.applications.begin() + static_cast<std::ptrdiff_t>(end));
    if (place == 0) page.set_aside = ats_.flaws;
    if (place == 0) page.left = ats_.left;
    page.more = end < ats_.applications.size();
    page.next = Cursor(page.more || news ? std::to_string(end) : "");
    page.sweep = news         ? Sweep::Incremental
                 : place == 0 ? (page.more ? Sweep::Starts : Sweep::Whole)
                              : (page.more ? Sweep::Continues : Sweep::Ends);
    if (door_) door_();
    return page;
  }

  Result<Written> write(const WriteBack& action) override {
    if (door_) door_();
    if (ats_.at_write) ats_.at_write(action);
    if (!ats_.write_faults.empty()) {
      const FakeAts::WriteFault fault = ats_.write_faults.front();
      ats_.write_faults.pop_front();
      if (fault.applied) ats_.written.push_back(action);
      if (door_) door_();
      return fault.error;
    }
    ats_.written.push_back(action);
    if (door_) door_();
    return ats_.answer;
  }

  Result<bool> landed(const WriteBack& action) override { return ats_.count(action.marker) > 0; }

  Result<connector::Openings> openings() override { return connector::Openings{}; }
  std::vector<connector::Finding> check(std::span<const PolicyAction>) override { return {}; }

 private:
  FakeAts& ats_;
  std::function<void()> door_;
};

}  // namespace praxisync::testing_support
