/// The settings that every connector over HTTP has, beside its own.
#pragma once

#include <string>
#include <vector>

#include "connector/spec.h"
#include "http/url.h"

namespace praxisync::connector {

struct HttpDefaults {
  std::string base_url;  ///< the vendor's
  int page_size = 100, largest_page = 100;
};

/// base_url, page_size and full_sweep, to stand behind a connector's own.
std::vector<SettingSpec> with_http_settings(std::vector<SettingSpec> own,
                                            const HttpDefaults& defaults);

struct HttpSettings {
  http::Origin origin;
  int page_size = 100;
  Milliseconds full_sweep = std::chrono::hours{24};
  std::string account;  ///< for PassPolicy
};

/// Rejected, naming the setting, where a value cannot be used.
Result<HttpSettings> read_http_settings(const Settings& settings, const HttpDefaults& defaults);

}  // namespace praxisync::connector
