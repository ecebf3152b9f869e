/// Ids, slugs and other opaque names as types of their own, so that one cannot stand where another
/// belongs. They are text as the peer gave it: never numbers, never parsed.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace praxisync {

template <typename Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string text_;
};

using ConnectorName =
    Id<struct ConnectorNameTag>;  ///< an instance of a connector, as the config names it
using ApplicationId = Id<struct ApplicationIdTag>;    ///< in its ATS
using CandidateId = Id<struct CandidateIdTag>;        ///< in its ATS
using RouteName = Id<struct RouteNameTag>;            ///< as the config names it
using AssessmentSlug = Id<struct AssessmentSlugTag>;  ///< in the Assess API
using PipelineSlug = Id<struct PipelineSlugTag>;      ///< in the Assess API
using EnrollmentId = Id<struct EnrollmentIdTag>;      ///< in the Assess API
using ScheduleName = Id<struct ScheduleNameTag>;      ///< "instance", or "connector:NAME"
using Cursor = Id<struct CursorTag>;  ///< how far a stream was read; empty: from its start

}  // namespace praxisync

template <typename Tag>
struct std::hash<praxisync::Id<Tag>> {
  std::size_t operator()(const praxisync::Id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
