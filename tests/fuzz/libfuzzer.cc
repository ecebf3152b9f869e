#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);  // of its own size: reading past it is seen
  praxisync::fuzz::run(input);
  return 0;
}
