#include "cli/questions.h"

#include <fmt/format.h>
#include <unistd.h>

#include <iostream>

#include "domain/text.h"

namespace praxisync::cli {

OptionSpec no_input_option() {
  return {.name = "no-input", .help = "ask nothing: what no option says is as usual, or an error"};
}

Questions::Questions(App& app, const ParsedOptions& options)
    : app_(app),
      open_(!options.has("no-input") && ::isatty(STDIN_FILENO) == 1 && app.err_terminal.tty) {}

Result<std::string> Questions::line(const std::string& prompt) {
  app_.err << prompt << std::flush;
  std::string text;
  if (!std::getline(std::cin, text) || app_.stop) {
    app_.err << "\n";
    return Error{ErrorKind::Exhausted, "the answers ended; nothing was written"};
  }
  return std::string(trim(text));
}

Result<void> Questions::ask(const std::string& question, const std::string& fallback,
                            const std::function<Result<void>(const std::string&)>& take) {
  for (;;) {
    Result<std::string> answer =
        line(fallback.empty() ? question + ": " : fmt::format("{} [{}]: ", question, fallback));
    if (!answer) return std::move(answer).error();
    const Result<void> taken = take(answer->empty() ? fallback : *answer);
    if (taken) return {};
    app_.err << "  " << taken.error().what << "\n";
  }
}

Result<bool> Questions::agrees(const std::string& question) {
  Result<std::string> answer = line(question + " [Y/n] ");
  if (!answer) return std::move(answer).error();
  const std::string word = to_lower(*answer);
  return word.empty() || word == "y" || word == "yes";
}

}  // namespace praxisync::cli
