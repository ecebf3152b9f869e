/// What `init` was told: by its options first, then by whoever can be asked, then as usual.
#pragma once

#include <filesystem>

#include "cli/questions.h"
#include "setup/answers.h"

namespace praxisync::cli {

/// The options that answer.
std::vector<OptionSpec> init_answer_options();

/// Rejected where something is missing or wrong and nobody can be asked; Exhausted where the
/// person went away.
Result<setup::Answers> gather_answers(const ParsedOptions& options, Questions& questions);

/// Paths count from the working folder when they are typed, and from the config's when they are
/// read: where the two differ they are written out.
void place_paths(setup::Answers& answers, const connector::ConnectorSpec& spec,
                 const std::filesystem::path& config);

/// The command line that answers the same without a question.
std::string same_again(const setup::Answers& answers, const std::string& config);

const connector::ConnectorSpec& spec_of_type(const std::string& type);

}  // namespace praxisync::cli
