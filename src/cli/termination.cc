#include "cli/termination.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "domain/text.h"
#include "report/termination_message.h"

namespace praxisync::cli {
namespace {

std::string meaning_of(int exit_code) {
  for (const ExitMeaning& meaning : sync_exit_codes()) {
    if (meaning.code == exit_code) return meaning.meaning;
  }
  return "ended";
}

}  // namespace

void leave_termination_message(App& app, const std::string& path, int exit_code,
                               const std::string& message) {
  if (path.empty()) return;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << (message.empty() ? report::termination_message(exit_code, meaning_of(exit_code))
                           : message)
       << "\n";
  file.close();
  if (!file) {
    app.err << fmt::format("praxisync: --termination-message: {} cannot be written: {}\n",
                           printable(path, 200), std::strerror(errno));
  }
}

}  // namespace praxisync::cli
