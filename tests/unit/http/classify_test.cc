#include "http/classify.h"

#include <gtest/gtest.h>

#include "domain/time.h"
#include "http/http_date.h"
#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Timestamp kNow{Milliseconds{1'767'600'000'000}};  // 2026-01-05T08:00:00Z

struct ReplyCase {
  int status;
  Repeat repeat;
  ErrorKind want;
};
void PrintTo(const ReplyCase& row, std::ostream* out) {
  *out << row.status << (row.repeat == Repeat::Never ? " never repeated -> " : " -> ")
       << to_string(row.want);
}
class ClassifyReply : public testing::TestWithParam<ReplyCase> {};

TEST_P(ClassifyReply, SaysWhatIsToBeDone) {
  EXPECT_EQ(classify(status(GetParam().status), GetParam().repeat), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Safe, ClassifyReply,
                         testing::Values(ReplyCase{401, Repeat::Safe, ErrorKind::Unauthorized},
                                         ReplyCase{403, Repeat::Safe, ErrorKind::Unauthorized},
                                         ReplyCase{429, Repeat::Safe, ErrorKind::Throttled},
                                         ReplyCase{408, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{425, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{500, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{502, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{503, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{504, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{599, Repeat::Safe, ErrorKind::Transient},
                                         ReplyCase{301, Repeat::Safe, ErrorKind::Malformed},
                                         ReplyCase{308, Repeat::Safe, ErrorKind::Malformed},
                                         ReplyCase{400, Repeat::Safe, ErrorKind::Rejected},
                                         ReplyCase{404, Repeat::Safe, ErrorKind::Rejected},
                                         ReplyCase{409, Repeat::Safe, ErrorKind::Rejected},
                                         ReplyCase{413, Repeat::Safe, ErrorKind::Rejected},
                                         ReplyCase{422, Repeat::Safe, ErrorKind::Rejected},
                                         ReplyCase{101, Repeat::Safe, ErrorKind::Malformed},
                                         ReplyCase{200, Repeat::Safe, ErrorKind::Malformed},
                                         ReplyCase{600, Repeat::Safe, ErrorKind::Malformed},
                                         ReplyCase{0, Repeat::Safe, ErrorKind::Malformed}));

INSTANTIATE_TEST_SUITE_P(Unrepeatable, ClassifyReply,
                         testing::Values(ReplyCase{401, Repeat::Look, ErrorKind::Unauthorized},
                                         ReplyCase{429, Repeat::Look, ErrorKind::Throttled},
                                         ReplyCase{429, Repeat::Never, ErrorKind::Throttled},
                                         ReplyCase{408, Repeat::Look, ErrorKind::OutcomeUnknown},
                                         ReplyCase{500, Repeat::Never, ErrorKind::OutcomeUnknown},
                                         ReplyCase{502, Repeat::Look, ErrorKind::OutcomeUnknown},
                                         ReplyCase{503, Repeat::Look, ErrorKind::OutcomeUnknown},
                                         ReplyCase{504, Repeat::Look, ErrorKind::OutcomeUnknown},
                                         ReplyCase{302, Repeat::Look, ErrorKind::OutcomeUnknown},
                                         ReplyCase{307, Repeat::Never, ErrorKind::OutcomeUnknown},
                                         ReplyCase{400, Repeat::Look, ErrorKind::Rejected},
                                         ReplyCase{409, Repeat::Never, ErrorKind::Rejected}));

TEST(Classify, TakesA503WithRetryAfterForThrottlingOnlyWhenSafe) {
  const Response busy = status(503, {{"retry-after", "7"}});

  EXPECT_EQ(classify(busy, Repeat::Safe), ErrorKind::Throttled);
  EXPECT_EQ(classify(busy, Repeat::Look), ErrorKind::OutcomeUnknown);
  EXPECT_EQ(classify(status(503, {{"Retry-After", "soon"}}), Repeat::Safe), ErrorKind::Transient);
}

struct RetryAfterCase {
  std::string name, value, date;
  std::optional<Milliseconds> want;
};
void PrintTo(const RetryAfterCase& row, std::ostream* out) { *out << row.name; }
class RetryAfter : public testing::TestWithParam<RetryAfterCase> {};

TEST_P(RetryAfter, IsAWaitBetweenASecondAndAnHour) {
  Response reply = status(429, {{"Retry-After", GetParam().value}});
  if (!GetParam().date.empty()) reply.headers.push_back({"Date", GetParam().date});

  EXPECT_EQ(retry_after(reply, kNow), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RetryAfter,
    testing::Values(
        RetryAfterCase{"Seconds", "17", "", seconds{17}},
        RetryAfterCase{"SecondsWithSpace", "  17 ", "", seconds{17}},
        RetryAfterCase{"Zero", "0", "", seconds{1}}, RetryAfterCase{"AnHour", "3600", "", hours{1}},
        RetryAfterCase{"MoreThanAnHour", "3601", "", hours{1}},
        RetryAfterCase{"Huge", "99999999999999999999999999", "", hours{1}},
        RetryAfterCase{"Negative", "-5", "", std::nullopt},
        RetryAfterCase{"Fraction", "1.5", "", std::nullopt},
        RetryAfterCase{"Garbage", "soon", "", std::nullopt},
        RetryAfterCase{"Empty", "", "", std::nullopt},
        RetryAfterCase{"Date", "Mon, 05 Jan 2026 08:02:00 GMT", "", seconds{120}},
        RetryAfterCase{"DateByThePeersClock", "Mon, 05 Jan 2026 09:00:30 GMT",
                       "Mon, 05 Jan 2026 09:00:00 GMT", seconds{30}},
        RetryAfterCase{"DateWithAGarbledPeersClock", "Mon, 05 Jan 2026 08:02:00 GMT", "today",
                       seconds{120}},
        RetryAfterCase{"PastDate", "Mon, 05 Jan 2026 07:00:00 GMT", "", seconds{1}},
        RetryAfterCase{"FarDate", "Fri, 31 Dec 9999 23:59:59 GMT", "", hours{1}},
        RetryAfterCase{"OldForm", "Monday, 05-Jan-26 08:02:00 GMT", "", seconds{120}},
        RetryAfterCase{"OldestForm", "Mon Jan  5 08:02:00 2026", "", seconds{120}},
        RetryAfterCase{"NoSuchDay", "Mon, 31 Feb 2026 08:02:00 GMT", "", std::nullopt},
        RetryAfterCase{"NoSuchHour", "Mon, 05 Jan 2026 24:02:00 GMT", "", std::nullopt},
        RetryAfterCase{"OtherZone", "Mon, 05 Jan 2026 08:02:00 +0100", "", std::nullopt},
        RetryAfterCase{"Long", std::string(5000, ' ') + std::string(5000, ','), "", std::nullopt}),
    [](const auto& row) { return row.param.name; });

TEST(RetryAfter, IsAbsentWhereThePeerSaysNothing) {
  EXPECT_EQ(retry_after(status(429), kNow), std::nullopt);
}

TEST(HttpDate, IsReadInAllThreeForms) {
  const std::optional<Timestamp> want = Timestamp{seconds{784'111'777}};

  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), want);
  EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), want);
  EXPECT_EQ(parse_http_date("Sun Nov  6 08:49:37 1994"), want);
}

TEST(ErrorOf, NamesTheHostAlone) {
  const Request request{.url = "https://api.example.com/invites/secret-token?cursor=abc"};

  const Error error = error_of(request, status(503), kNow);

  EXPECT_EQ(error, (Error{ErrorKind::Transient, "HTTP 503 from api.example.com"}));
}

TEST(ErrorOf, SaysWhenToComeBack) {
  const Request request{.url = "https://api.example.com/"};

  EXPECT_EQ(error_of(request, status(429, {{"Retry-After", "90"}}), kNow).retry_at,
            kNow + seconds{90});
  EXPECT_EQ(error_of(request, status(429), kNow).retry_at, kNow + hours{1});
  EXPECT_EQ(error_of(request, status(500), kNow).retry_at, std::nullopt);
}

TEST(ErrorOf, NamesOnlyTheOriginOfARedirect) {
  const Request request{.url = "https://api.example.com/"};
  const Response elsewhere = status(302, {{"Location", "https://login.example.net/in?token=abc"}});

  EXPECT_EQ(error_of(request, elsewhere, kNow).what,
            "HTTP 302 from api.example.com, a redirect to https://login.example.net, which is not "
            "followed");
  EXPECT_EQ(error_of(request, status(301, {{"Location", "/in?token=abc"}}), kNow).what,
            "HTTP 301 from api.example.com, a redirect, which is not followed");
}

}  // namespace
}  // namespace praxisync::http
