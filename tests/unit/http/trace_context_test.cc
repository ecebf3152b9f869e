#include "http/trace_context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/result_matchers.h"
#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing_support::IsOk;

const std::string kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string kSpan = "00f067aa0ba902b7";
const std::string kParent = "00-" + kTrace + "-" + kSpan + "-01";

TEST(Traceparent, IsReadIntoItsParts) {
  const TraceContext context = parse_traceparent(kParent).value();

  EXPECT_EQ(context.trace_id, kTrace);
  EXPECT_EQ(context.parent_id, kSpan);
  EXPECT_TRUE(context.sampled);
}

struct FlagCase {
  std::string flags;
  bool sampled;
};

TEST(Traceparent, IsSampledByTheLowestBitOfItsFlags) {
  for (const FlagCase& row : {FlagCase{"00", false}, {"01", true}, {"02", false}, {"ff", true}}) {
    const auto context = parse_traceparent("00-" + kTrace + "-" + kSpan + "-" + row.flags);

    EXPECT_EQ(context.value().sampled, row.sampled) << row.flags;
  }
}

TEST(Traceparent, OfALaterVersionMayHaveMoreBehind) {
  EXPECT_THAT(parse_traceparent("cc" + kParent.substr(2) + "-what-the-future-holds"), IsOk());
  EXPECT_THAT(parse_traceparent("cc" + kParent.substr(2)), IsOk());
}

struct BadParent {
  std::string name, text;
};
void PrintTo(const BadParent& row, std::ostream* out) { *out << row.name; }

class Malformed : public testing::TestWithParam<BadParent> {};

TEST_P(Malformed, IsIgnoredWithOneWarningThatDoesNotRepeatIt) {
  EXPECT_FALSE(parse_traceparent(GetParam().text).has_value());

  const FoundTrace found = trace_in({{"TRACEPARENT", GetParam().text}, {"TRACESTATE", "a=b"}});

  EXPECT_FALSE(found.context.has_value());
  EXPECT_THAT(found.warning, HasSubstr("TRACEPARENT is ignored: "));
  EXPECT_THAT(found.warning, testing::Not(HasSubstr(GetParam().text)));
}

INSTANTIATE_TEST_SUITE_P(
    Table, Malformed,
    testing::Values(BadParent{"Short", kParent.substr(0, 54)}, BadParent{"Long", kParent + "0"},
                    BadParent{"LongWithADash", kParent + "-00"},
                    BadParent{"LaterVersionRunsOn", "cc" + kParent.substr(2) + "0"},
                    BadParent{"VersionFf", "ff" + kParent.substr(2)},
                    BadParent{"VersionNotHex", "0x" + kParent.substr(2)},
                    BadParent{"UpperCase", "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + kSpan + "-01"},
                    BadParent{"NoTrace", "00-" + std::string(32, '0') + "-" + kSpan + "-01"},
                    BadParent{"NoSpan", "00-" + kTrace + "-" + std::string(16, '0') + "-01"},
                    BadParent{"FlagsNotHex", "00-" + kTrace + "-" + kSpan + "-0g"},
                    BadParent{"OtherSeparator", "00_" + kTrace + "-" + kSpan + "-01"},
                    BadParent{"LineBreak", kParent.substr(0, 54) + "\n"}),
    [](const auto& row) { return row.param.name; });

TEST(TraceIn, IsNoneWithoutTraceparentOrWhereTurnedOff) {
  EXPECT_FALSE(trace_in({{"TRACESTATE", "a=b"}}).context.has_value());
  for (const char* off : {"true", "TRUE", "True"}) {
    const FoundTrace found = trace_in({{"TRACEPARENT", "broken"}, {"OTEL_SDK_DISABLED", off}});

    EXPECT_FALSE(found.context.has_value());
    EXPECT_THAT(found.warning, IsEmpty());
  }
  for (const char* on : {"", "false", "1"}) {
    EXPECT_TRUE(
        trace_in({{"TRACEPARENT", kParent}, {"OTEL_SDK_DISABLED", on}}).context.has_value());
  }
}

TEST(TraceIn, LeavesOutAStateThatNoHeaderMayHold) {
  for (const std::string& state : {std::string("a=b\r\nX-Evil: 1"), std::string(513, 'x')}) {
    const FoundTrace found = trace_in({{"TRACEPARENT", kParent}, {"TRACESTATE", state}});

    EXPECT_EQ(found.context.value().state, "");
    EXPECT_THAT(found.warning, HasSubstr("TRACESTATE is ignored"));
  }
}

TEST(TraceTransport, GivesEachRequestASpanOfItsOwnInTheSameTrace) {
  ScriptedTransport network({status(200)});
  SeededRandom random(7);
  FoundTrace found = trace_in({{"TRACEPARENT", kParent}, {"TRACESTATE", "vendor=a:1,b=2"}});
  TraceTransport traced(network, found.context, random);

  for (int i = 0; i < 2; ++i) EXPECT_THAT(traced.send({.url = "https://example.com/"}), IsOk());

  ASSERT_EQ(network.sent.size(), 2U);
  std::vector<std::string> parents;
  for (const Request& request : network.sent) {
    parents.emplace_back(header(request.headers, "traceparent"));
    EXPECT_THAT(parents.back(), MatchesRegex("00-" + kTrace + "-[0-9a-f]{16}-01"));
    EXPECT_THAT(parents.back(), testing::Not(HasSubstr(kSpan)));
    EXPECT_EQ(header(request.headers, "tracestate"), "vendor=a:1,b=2");
  }
  EXPECT_NE(parents[0], parents[1]);
}

TEST(TraceTransport, NeverMakesASpanOfZeros) {
  class Zeros final : public Random {
   public:
    std::uint64_t next() override { return ++calls_ < 3 ? 0 : 0xabc; }

   private:
    int calls_ = 0;
  };
  ScriptedTransport network({status(200)});
  Zeros random;
  TraceTransport traced(network, parse_traceparent(kParent).value(), random);

  EXPECT_THAT(traced.send({.url = "https://example.com/"}), IsOk());

  EXPECT_EQ(header(network.sent[0].headers, "traceparent"),
            "00-" + kTrace + "-0000000000000abc-01");
}

TEST(TraceTransport, AddsNothingWithoutATrace) {
  ScriptedTransport network({status(200)});
  SeededRandom random(7);
  TraceTransport traced(network, std::nullopt, random);

  EXPECT_THAT(traced.send({.url = "https://example.com/"}), IsOk());

  EXPECT_THAT(network.sent[0].headers, IsEmpty());
}

}  // namespace
}  // namespace praxisync::http
