/// Messages as webhooks take them.
#pragma once

#include <string>

#include "notify/message.h"

namespace praxisync::notify {

enum class Format {
  Slack,  ///< {"text": …}, in Slack's markup: what names people and channels there is escaped
  Json,   ///< the run with its numbers, for programs; see docs/operations.md
};

std::string body_of(Format format, const Message& message, const sync::RunReport& report);

}  // namespace praxisync::notify
