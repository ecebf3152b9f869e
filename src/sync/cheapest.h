/// What the ways to learn or change something cost, and which is the cheapest. Pure arithmetic.
#pragma once

#include <string>
#include <vector>

namespace praxisync::sync {

struct Requests {
  int reads = 0, writes = 0;
};

/// A request weighs the more, the fewer of its class the hour has left. The limits alone make a
/// write weigh five reads: 100 and 500 an hour.
class Prices {
 public:
  Prices(int reads_left, int writes_left) : reads_left_(reads_left), writes_left_(writes_left) {}

  double of(const Requests& requests) const;

 private:
  int reads_left_, writes_left_;
};

struct Way {
  std::string name;  ///< "by the list", "singly"
  Requests cost;
};

/// The first of the cheapest.
std::size_t cheapest(const std::vector<Way>& ways, const Prices& prices);

/// "by the list: 1 read; singly would be 12 reads and 3 writes".
std::string reason_for(const std::vector<Way>& ways, std::size_t chosen);

}  // namespace praxisync::sync
