/// A connector to an ATS without a wire: it reads and changes the played world itself, as strictly
/// as the real ones do, and meets the faults that a wire would bring. It stands beside the real
/// ones for speed, and for schedules that were kept before those were played.
#pragma once

#include "connector/connector.h"
#include "connector/spec.h"
#include "simulation/ats_wire.h"
#include "simulation/universe.h"

namespace praxisync::simulation {

/// Takes effect as if it had just arrived. Whether a person's hand came first is in the answer.
Result<Written> apply_write(Ats& ats, const WriteBack& action);

connector::Capabilities plain_capabilities();

class PlainConnector final : public connector::Connector {
 public:
  PlainConnector(Ats& ats, const Universe& universe, const AtsWatch& watch);

  Result<ApplicationPage> pull(const Cursor& after) override;
  Result<Written> write(const WriteBack& action) override;
  Result<bool> landed(const WriteBack& action) override;
  Result<connector::Openings> openings() override { return connector::Openings{}; }
  std::vector<connector::Finding> check(std::span<const PolicyAction>) override { return {}; }

 private:
  enum class Call { Read, Write };
  std::optional<AtsFault> met(Call call);
  /// nullopt: nothing is wrong for good.
  std::optional<Error> out_of_order() const;
  ApplicationPage page(const Cursor& after);
  ApplicationPage sweep(std::size_t place, long long began);
  ApplicationPage news(Timestamp since);
  void put(ApplicationPage& page, const sandbox::ats::Candidacy& application) const;
  Cursor cursor(std::string_view text) const;

  Ats& ats_;
  const Universe& universe_;
  AtsWatch watch_;
};

}  // namespace praxisync::simulation
