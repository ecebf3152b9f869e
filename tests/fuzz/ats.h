/// Answers of an ATS through its connector's real code: a value within its bounds, or an error of
/// the right class; whatever they say, requests go to the ATS's own origins alone, nothing that may
/// have landed is sent twice, and nobody of an answer that was understood is lost.
///
/// The first byte chooses the call ('i' pull, 'j' openings, 'k' check, 'l' to 'q' a write of each
/// kind, 'r' to 'w' whether it landed), the second '1' routes by globs instead of by name, '2' a
/// process of its own for each page, '3' both; the rest of that line is nothing. Then come the
/// answers, in the order in which they are given, each in two lines: "STATUS" or
/// "STATUS HEADER: VALUE", and the body. Behind the last one the connection breaks.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connector/spec.h"
#include "fuzz/fuzz.h"
#include "fuzz/still_clock.h"

namespace praxisync::fuzz {

/// What differs between them.
struct Ats {
  connector::ConnectorSpec spec;
  std::vector<std::string> secrets;  ///< names of settings
  std::vector<std::string> origins;
  /// Whether it asks for a page of applications.
  bool (*lists)(const http::Request& request);
  /// How many there are in such a page; nullopt: the answer is none.
  std::optional<std::size_t> (*rows)(std::string_view body);
  ApplicationId application;  ///< whom write-backs are for
  CandidateId candidate;
};

/// Plays the answers of an input.
class Answers final : public http::Transport {
 public:
  Answers(const Ats& ats, std::string_view input, Pieces& pieces)
      : ats_(ats), input_(input), pieces_(pieces) {}

  Result<http::Response> send(const http::Request& request) override;
  /// Another call begins.
  void forget();

  bool at_end() const { return pieces_.rest().empty(); }
  bool asked_for_page() const { return asked_for_page_; }
  /// How many the last page of applications held; nullopt: it was none.
  std::optional<std::size_t> rows() const { return rows_; }
  /// Whether a page was not given.
  bool refused() const { return refused_; }
  int writes() const { return writes_; }
  /// Whether nobody knows what became of a write.
  bool unsettled() const { return unsettled_; }

 private:
  void check(const http::Request& request);
  std::optional<http::Response> next_answer();

  const Ats& ats_;
  std::string_view input_;
  Pieces& pieces_;
  bool asked_for_page_ = false, refused_ = false, unsettled_ = false;
  std::optional<std::size_t> rows_;
  int writes_ = 0;
  std::set<std::string> maybe_landed_;
};

/// The whole of a target.
void run_ats(const Ats& ats, std::string_view input);

}  // namespace praxisync::fuzz
