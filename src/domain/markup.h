#pragma once

#include <string>
#include <string_view>

namespace praxisync {

/// `text` as text between the tags of HTML, and of Slack's markup: '&', '<' and '>' as entities.
std::string escape_markup(std::string_view text);

}  // namespace praxisync
