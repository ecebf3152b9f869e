#pragma once

#include <string>

namespace praxisync::serve {

/// The whole page in one document that asks for nothing else, with the Content-Security-Policy that
/// lets it run these very scripts and styles, by their SHA-256, and no others.
struct PageDocument {
  std::string html, policy;
};

/// Whether the page begins by asking for the token, and not for its data.
enum class Door { Open, AsksForToken };

PageDocument make_page_document(Door door);

}  // namespace praxisync::serve
