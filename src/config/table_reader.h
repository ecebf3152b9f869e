/// Takes the values out of one table by type and notes everything that is wrong with it. A value
/// that is missing or wrong comes back as nullopt: the caller goes on, so that all mistakes show at
/// once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/document.h"
#include "config/problem.h"
#include "connector/spec.h"
#include "domain/time.h"

namespace praxisync::config {

using connector::Need;

struct Key {
  std::string name;
  Need need = Need::Optional;
  std::string example{};  ///< the value as it could be written: `"praxisync.db"`
};

struct IntegerRange {
  std::int64_t least, most;
};

struct DurationRange {
  Milliseconds least, most;
};

class TableReader {
 public:
  /// `title` is how messages call the table: `[assess]`, `route "backend"`. Keys that are not in
  /// `known` are noted here; an empty `known` allows every key.
  TableReader(const Node& table, std::string title, std::vector<std::string> known,
              Findings& findings);

  /// Not empty, and without control characters other than line breaks and tabs.
  std::optional<std::string> text(const Key& key);
  /// A list of such texts; of a value from the environment, its words between commas.
  std::vector<std::string> texts(const Key& key);
  std::optional<std::int64_t> integer(const Key& key, IntegerRange range);
  /// Written "10%": a whole number from 0 to `most`.
  std::optional<int> percent(const Key& key, int most);
  std::optional<bool> boolean(const Key& key);
  std::optional<Milliseconds> duration(const Key& key, DurationRange range);
  const Node* table(const Key& key);
  /// The entry as it is, for whoever reads its value otherwise.
  const Entry* entry(const Key& key);

  const Where& where() const { return table_.where; }
  Findings& findings() { return findings_; }

 private:
  void note_unknown_keys();

  const Node& table_;
  std::string title_;
  std::vector<std::string> known_;
  Findings& findings_;
};

/// The value's text, where it is text that can be used: see TableReader::text.
std::optional<std::string> text_of(const Entry& entry, std::string_view example,
                                   Findings& findings);

/// Whether `text` uses only the variables in `known`; notes it where not.
bool usable_template(const Entry& entry, std::string_view text,
                     const std::vector<std::string>& known, Findings& findings);

/// Notes that a value is not what it should be.
void note_wrong_type(const Entry& entry, std::string_view wanted, std::string_view example,
                     Findings& findings);

/// `did you mean "assessment"?`, or empty.
std::string did_you_mean_hint(std::string_view word, const std::vector<std::string>& known);

/// "a", "b" and "c".
std::string quoted_list(const std::vector<std::string>& words);

}  // namespace praxisync::config
