#include "connectors/file/source.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "connectors/file/records.h"

namespace praxisync::file {
namespace {

/// A page of long records ends before it is full, so that memory stays flat.
constexpr std::uint64_t kPageBytes = 8 * 1024 * 1024;

std::string name_of(const InputFile& file) { return file.path.filename().native(); }

std::uint64_t digest_of_earlier(const std::vector<InputFile>& files, std::size_t index) {
  Digest digest;
  for (std::size_t i = 0; i < index; ++i) {
    digest.add_text(name_of(files[i]));
    digest.add_text(std::to_string(files[i].stamp.inode));
    digest.add_text(std::to_string(files[i].stamp.size));
    digest.add_text(std::to_string(files[i].stamp.modified_ns));
  }
  return digest.value();
}

bool is_empty(const ApplicationPage& page) {
  return page.applications.empty() && page.set_aside.empty();
}

}  // namespace

Result<ApplicationPage> Source::pull(const Cursor& after,
                                     const std::filesystem::path& results) const {
  Result<std::vector<InputFile>> files = list_inputs(path_, results);
  if (!files) return std::move(files).error();
  Result<Start> start = find_start(*files, after);
  if (!start) return std::move(start).error();
  if (start->phase != Phase::Done) return read_page(*files, *start);

  const std::optional<Position> done = Position::parse(after);
  PRAXISYNC_CHECK(done.has_value(), "only a cursor that was read leads to Done");
  Position next = *done;
  next.stamp = start->file.stamp;  // the same bytes, written anew: not to be compared again
  return ApplicationPage{.applications = {}, .set_aside = {}, .next = next.cursor()};
}

Result<Source::Start> Source::new_sweep(const std::vector<InputFile>& files) const {
  Result<OpenFile> file = open_input(files.front().path);
  if (!file) return std::move(file).error();
  return Start{.file = *std::move(file)};
}

Result<Source::Start> Source::find_start(const std::vector<InputFile>& files,
                                         const Cursor& after) const {
  const std::optional<Position> at = Position::parse(after);
  if (!at || at->layout != layout_.digest()) return new_sweep(files);
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const InputFile& file) { return name_of(file) == at->file; });
  if (found == files.end()) return new_sweep(files);
  const auto index = static_cast<std::size_t>(found - files.begin());
  const bool last = index + 1 == files.size();
  if (digest_of_earlier(files, index) != at->earlier) return new_sweep(files);
  if (at->phase != Phase::Sweep && !last) return new_sweep(files);

  Result<OpenFile> file = open_input(found->path);
  if (!file) return std::move(file).error();
  const FileStamp stamp = file->stamp;
  Start start{.phase = at->phase, .mark = at->mark, .index = index, .file = *std::move(file)};
  if (stamp == at->stamp) return start;
  if (at->seen == 0 || stamp.size < at->seen) return new_sweep(files);
  Result<Digest> digest = digest_of(start.file.descriptor, at->seen);
  if (!digest) return std::move(digest).error().during(start.file.name);
  if (*digest != at->seen_digest) return new_sweep(files);
  if (start.phase == Phase::Done && stamp.size > at->seen) start.phase = Phase::Tail;
  return start;
}

Position Source::position_in(const std::vector<InputFile>& files, const Start& start) const {
  return {.phase = start.phase,
          .layout = layout_.digest(),
          .earlier = digest_of_earlier(files, start.index),
          .file = name_of(files[start.index]),
          .stamp = start.file.stamp,
          .mark = {}};
}

Result<Source::Stop> Source::read_file(ApplicationPage& page, const std::vector<InputFile>& files,
                                       const Start& start) const {
  Result<std::unique_ptr<RecordReader>> opened = open_records(start.file, layout_, start.mark);
  if (!opened) return std::move(opened).error();
  RecordReader& reader = **opened;
  Stop stop{.position = position_in(files, start)};
  const std::uint64_t limit = reader.mark().offset + kPageBytes;
  const auto has_room = [&] {
    return page.applications.size() + page.set_aside.size() < page_size_ &&
           reader.mark().offset < limit;
  };
  // Once a record runs into the file's end, what is left is less than a row's limit: it goes into
  // this page, or the next one would not know that the record has to be read again when the file
  // has grown.
  while (stop.unfinished || has_room()) {
    Result<RecordReader::Read> read = reader.next(page);
    if (!read) return std::move(read).error();
    if (*read == RecordReader::Read::End) break;
    if (reader.ending() == Ending::File && !stop.unfinished) stop.unfinished = reader.begin();
  }
  Result<bool> ended = reader.at_end();
  if (!ended) return std::move(ended).error();
  stop.file_ended = *ended;
  stop.position.mark = reader.mark();
  stop.position.seen = reader.mark().offset;
  stop.position.seen_digest = reader.mark().digest;
  return stop;
}

Result<ApplicationPage> Source::read_page(const std::vector<InputFile>& files,
                                          const Start& start) const {
  ApplicationPage page;
  page.applications.reserve(page_size_);
  Result<Stop> stop = read_file(page, files, start);
  if (!stop) return std::move(stop).error();
  std::size_t index = start.index;
  while (stop->file_ended && index + 1 < files.size()) {
    Result<OpenFile> file = open_input(files[index + 1].path);
    Result<Stop> further =
        file ? read_file(page, files, {.index = index + 1, .file = *std::move(file)})
             : Result<Stop>(std::move(file).error());
    if (!further && is_empty(page)) return std::move(further).error();
    if (!further)
      break;  // what was read before it is not lost: the next pull meets the error first
    stop = std::move(further);
    ++index;
  }

  const bool ended = stop->file_ended && index + 1 == files.size();
  if (ended) {
    stop->position.phase = Phase::Done;
    stop->position.mark = stop->unfinished.value_or(stop->position.mark);
  }
  page.next = stop->position.cursor();
  page.more = !ended;
  if (start.phase == Phase::Tail) {
    page.sweep = Sweep::Incremental;
  } else if (!start.mark) {
    page.sweep = ended ? Sweep::Whole : Sweep::Starts;
  } else {
    page.sweep = ended ? Sweep::Ends : Sweep::Continues;
  }
  return page;
}

}  // namespace praxisync::file
