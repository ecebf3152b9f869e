#include "http/ledger.h"

#include <algorithm>

namespace praxisync::http {

int Allowance::left(Draw draw) const {
  if (closed_until) return 0;
  const int kept = draw == Draw::Work ? reserve : 0;
  return std::max(0, limit - kept - used);
}

}  // namespace praxisync::http
