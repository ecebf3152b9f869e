/// A connector to an ATS without a wire: it reads and changes the played world itself, as strictly
/// as the real ones do, and meets the faults that a wire would bring. Quick, so that thousands of
/// worlds a minute can be played.
#pragma once

#include <functional>

#include "connector/connector.h"
#include "connector/spec.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

/// Takes effect as if it had just arrived. Whether a person's hand came first is in the answer.
Result<Written> apply_write(Ats& ats, const WriteBack& action);

connector::Capabilities plain_capabilities();

class PlainConnector final : public connector::Connector {
 public:
  /// `door` is passed before and after each call; `struck` is told of each fault that was met.
  PlainConnector(Ats& ats, const Universe& universe, std::function<void()> door,
                 std::function<void(Act)> struck);

  Result<ApplicationPage> pull(const Cursor& after) override;
  Result<Written> write(const WriteBack& action) override;
  Result<bool> landed(const WriteBack& action) override;
  Result<connector::Openings> openings() override { return connector::Openings{}; }
  std::vector<connector::Finding> check(std::span<const PolicyAction>) override { return {}; }

 private:
  std::optional<AtsFault> strike();
  ApplicationPage page(const Cursor& after);
  ApplicationPage sweep(std::size_t place, long long began);
  ApplicationPage news(Timestamp since);
  void put(ApplicationPage& page, const sandbox::ats::Candidacy& application) const;
  Cursor cursor(std::string_view text) const;

  Ats& ats_;
  const Universe& universe_;
  std::function<void()> door_;
  std::function<void(Act)> struck_;
};

}  // namespace praxisync::simulation
