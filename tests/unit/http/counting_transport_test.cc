#include "http/counting_transport.h"

#include <gtest/gtest.h>

#include "unit/http/scripted_transport.h"

namespace praxisync::http {
namespace {

TEST(CountingTransport, CountsByCostAndNotByVerb) {
  ScriptedTransport peer({status(200)});
  CountingTransport counting(peer);

  const std::string url = "https://api.example.com/";
  (void)counting.send({.method = Method::Post, .url = url, .cost = Cost::Read});
  (void)counting.send({.method = Method::Get, .url = url, .cost = Cost::Write});
  (void)counting.send({.method = Method::Get, .url = url, .cost = Cost::Write});

  EXPECT_EQ(counting.counts(), (RequestCounts{.reads = 1, .writes = 2, .throttled = 0}));
}

TEST(CountingTransport, CountsWhatFailedOrWasThrottledToo) {
  ScriptedTransport peer({status(429), Error{ErrorKind::Transient, "no answer"}, status(500)});
  CountingTransport counting(peer);

  for (int request = 0; request < 3; ++request) (void)counting.send({});

  EXPECT_EQ(counting.counts(), (RequestCounts{.reads = 3, .writes = 0, .throttled = 1}));
}

TEST(CountingTransport, DoesNotCountWhatTheLayerBelowRefused) {
  ScriptedTransport gate({Error{ErrorKind::Fatal, "refused"}});
  CountingTransport counting(gate);

  (void)counting.send({});

  EXPECT_EQ(counting.counts(), RequestCounts{});
}

}  // namespace
}  // namespace praxisync::http
