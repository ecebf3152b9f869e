#include <stdlib.h>

#include <filesystem>

#include "cli/app.h"
#include "cli/demo_ats.h"
#include "cli/demo_story.h"
#include "cli/session.h"

namespace praxisync::cli {
namespace {

/// A folder of the demo's own; kept, so that its files can be looked at.
Result<std::filesystem::path> make_folder(const ParsedOptions& options) {
  if (options.has("folder")) {
    std::filesystem::path folder = options.get("folder");
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
      return Error{ErrorKind::Fatal, "cannot make " + folder.string() + ": " + failed.message()};
    if (std::filesystem::exists(folder / "praxisync.db")) {
      return Error{ErrorKind::Rejected,
                   folder.string() + " holds a database already: the demo starts from nothing"};
    }
    return folder;
  }
  std::string name = (std::filesystem::temp_directory_path() / "praxisync-demo-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    return Error{ErrorKind::Fatal, "cannot make a folder like " + name};
  return std::filesystem::path(name);
}

int run_demo(App& app, const ParsedOptions& options) {
  const Result<std::filesystem::path> folder = make_folder(options);
  if (!folder) {
    print_error(app, folder.error());
    return folder.error().kind == ErrorKind::Rejected ? kUsage : kFailed;
  }
  return DemoStory(app, *folder, options.get("ats")).run();
}

}  // namespace

Command demo_command() {
  return {{.name = "demo",
           .summary = "The whole job on loopback: sandbox and sync, two weeks in seconds, with a "
                      "kill in the middle",
           .usage = "Needs no key and no network; mails nobody. What it made stays in its folder "
                    "to be looked at.",
           .options = {{.name = "ats",
                        .argument = "TYPE",
                        .help = "an export in a file, or an ATS played behind a socket, with "
                                "recruiters at work in it",
                        .fallback = "file",
                        .choices = demo_ats_types()},
                       {.name = "folder",
                        .argument = "FOLDER",
                        .help = "where to work; default: a new temporary one"}},
           .examples = {{"praxisync demo", "start to end"}},
           .exit_codes = exit_codes({kDone, kFailed, kUsage, kStopped})},
          run_demo};
}

}  // namespace praxisync::cli
