/// Log lines on stderr. Every message is scrubbed of secrets and of what could steer a terminal or
/// forge a line before it goes out. May be used from several threads; libraries do not log.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "domain/clock.h"

namespace praxisync::cli {

enum class LogLevel { Debug, Info, Warn, Error };
enum class LogFormat { Text, Json };

/// From "debug", "info", "warn" or "error"; Info for anything else: the options were checked
/// before.
LogLevel parse_log_level(std::string_view text);
/// From "text" or "json"; Text for anything else.
LogFormat parse_log_format(std::string_view text);

struct LogSettings {
  LogLevel level = LogLevel::Info;
  LogFormat format = LogFormat::Text;
  std::function<std::string(std::string)> redact;  ///< must not be empty
  std::function<void()> before_line{};             ///< takes a progress line away; may be empty
  std::string trace_id{}, span_id{};               ///< on every JSON line; empty: none
};

class Log {
 public:
  /// To stderr.
  static Log open(LogSettings settings, const Clock& clock);
  /// To a stream that outlives the log.
  static Log to(std::ostream& out, LogSettings settings, const Clock& clock);

  Log(Log&&) noexcept;
  Log& operator=(Log&&) noexcept;
  ~Log();

  /// Put on every line from here on; empty for none.
  void set_run(std::string run);

  void debug(std::string_view message);
  void info(std::string_view message);
  void warn(std::string_view message);
  void error(std::string_view message);

 private:
  class Sink;
  explicit Log(std::unique_ptr<Sink> sink);

  std::unique_ptr<Sink> sink_;
};

}  // namespace praxisync::cli
