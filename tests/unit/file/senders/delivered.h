/// A delivery to praxisync as it is read, at the time of the vectors.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "connectors/file/senders/senders.h"
#include "support/result_matchers.h"

namespace praxisync::senders {

using connector::WebhookPurpose;
using testing_support::FailsWith;
using testing_support::IsOk;

inline Result<connector::WebhookEvent> delivered(const std::string& to,
                                                 const std::vector<http::Header>& headers,
                                                 const std::string& body, Timestamp now,
                                                 const std::string& secret = "s3cr3t") {
  const std::vector<WebhookSecret> secrets{WebhookSecret("an-older-one"), WebhookSecret(secret)};
  return find(to)->read({headers, body}, secrets, now);
}

inline std::string signature(const std::string& text, const std::string& secret = "s3cr3t") {
  return webhook_signature(text, WebhookSecret(secret)).text();
}

}  // namespace praxisync::senders
