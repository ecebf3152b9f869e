#pragma once

#include <cstdint>

namespace praxisync {

/// The only source of chance. The same seed gives the same run on every machine, so nothing here
/// uses the standard library's distributions.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;

  /// Evenly from [0, bound); 0 where bound is 0.
  std::uint64_t below(std::uint64_t bound);
  /// Evenly from [0, 1).
  double unit();
};

/// xoshiro256** by Blackman and Vigna, seeded through splitmix64.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  std::uint64_t next() override;

 private:
  std::uint64_t state_[4];
};

}  // namespace praxisync
