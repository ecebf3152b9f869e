/// Which files an instance reads: one, or those of a folder in the order of their names. The
/// results file is never among them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "connectors/file/open_file.h"
#include "domain/result.h"

namespace praxisync::file {

struct InputFile {
  std::filesystem::path path;
  FileStamp stamp;  ///< when it was listed
};

/// Malformed when `path` is not there, cannot be read, is `results` itself or is a folder without a
/// single input file: a source that has vanished must not look like an empty one.
Result<std::vector<InputFile>> list_inputs(const std::filesystem::path& path,
                                           const std::filesystem::path& results);

/// Whether a folder's file of that name is read: *.csv, *.tsv, *.jsonl and *.ndjson, in any case,
/// but for hidden ones.
bool is_input_name(const std::string& name);

}  // namespace praxisync::file
