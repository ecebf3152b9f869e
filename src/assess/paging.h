/// Both paginations of the Assess API behind one token. The server names another host in `next`
/// (trap 1), so only the cursor or page number is ever taken out of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assess/types.h"

namespace praxisync::assess {

/// The page after this one: the query parameter to send, as "cursor=…" or "page=2" in its text
/// form, which is what checkpoints keep. Empty: the first page.
class PageToken {
 public:
  PageToken() = default;
  /// Out of a `next` URL, whatever host it names. nullopt where it holds neither parameter.
  static std::optional<PageToken> from_next(std::string_view url);
  /// Out of `text()`, so that "" is the first page. nullopt for anything else.
  static std::optional<PageToken> from_text(std::string_view text);

  bool first() const { return name_.empty(); }
  const std::string& name() const { return name_; }    ///< "cursor" or "page"
  const std::string& value() const { return value_; }  ///< decoded
  std::string text() const { return first() ? "" : name_ + "=" + value_; }

  friend bool operator==(const PageToken&, const PageToken&) = default;

 private:
  PageToken(std::string name, std::string value)
      : name_(std::move(name)), value_(std::move(value)) {}
  std::string name_, value_;
};

/// Whether asking for `next` after `asked` gets any further: not the same page, not an earlier
/// number.
bool leads_on(const PageToken& asked, const PageToken& next);

template <typename Row>
struct Page {
  std::vector<Row> rows;
  std::optional<PageToken> next;  ///< nullopt: the last page, or `cut_off`
  bool cut_off = false;           ///< there is more, but how to go on cannot be read
  std::optional<Quota> quota;     ///< with assessments: the list's `meta`
  /// What could not be read, by path and reason ("results[3].email: missing"); all else is in
  /// `rows`.
  std::vector<std::string> bad_rows;
};

}  // namespace praxisync::assess
