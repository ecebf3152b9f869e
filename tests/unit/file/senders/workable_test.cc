#include "http/base64.h"
#include "unit/file/senders/delivered.h"

namespace praxisync::senders {
namespace {

const std::string kWorkableMoved =
    R"({"event_type":"candidate_moved","id":"c1","fired_at":"2026-07-08T11:56:16Z","data":{}})";

Result<connector::WebhookEvent> workable_sent(const std::vector<http::Header>& headers,
                                              const std::string& body = kWorkableMoved) {
  return delivered("workable", headers, body, Timestamp());
}

/// The bytes that those digits are.
std::string bytes_of(const std::string& digits) {
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

TEST(Workable, IsKnownByItsSignatureInHexOrBase64) {
  const std::string hex = signature(kWorkableMoved);
  for (const std::string& form : {hex, http::base64(bytes_of(hex))}) {
    const auto event = workable_sent({{"X-Workable-Signature", form}});

    ASSERT_THAT(event, IsOk()) << form;
    EXPECT_EQ(event->kind, "candidate_moved");
    EXPECT_EQ(event->id, "") << "what its id names is not known";
    EXPECT_EQ(event->answer.status, 200);
  }
}

TEST(Workable, IsRefusedWhereItIsForged) {
  const std::string good = signature(kWorkableMoved);
  EXPECT_THAT(workable_sent({}), FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(workable_sent({{"X-Workable-Signature", signature(kWorkableMoved, "another")}}),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(workable_sent({{"X-Workable-Signature", http::base64(bytes_of(good) + 'x')}}),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(workable_sent({{"X-Workable-Signature", http::base64(good)}}),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(workable_sent({{"X-Workable-Signature", good}, {"X-Workable-Signature", good}}),
              FailsWith(ErrorKind::Unauthorized));
  EXPECT_THAT(workable_sent({{"X-Workable-Signature", good}}, kWorkableMoved + ' '),
              FailsWith(ErrorKind::Unauthorized));
}

}  // namespace
}  // namespace praxisync::senders
