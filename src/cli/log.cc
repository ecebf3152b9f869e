#include "cli/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cstdint>
#include <mutex>

#include "domain/check.h"
#include "domain/text.h"

namespace praxisync::cli {
namespace {

constexpr std::size_t kMaxMessage = 8192;

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return spdlog::level::debug;
    case LogLevel::Info:
      return spdlog::level::info;
    case LogLevel::Warn:
      return spdlog::level::warn;
    case LogLevel::Error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::Debug:
      return "debug";
    case LogLevel::Info:
      return "info";
    case LogLevel::Warn:
      return "warn";
    case LogLevel::Error:
      return "error";
  }
  return "info";
}

/// On one line: breaks and tabs as \n and \t, the rest as `printable` has it.
std::string escaped(std::string_view message) {
  std::string out;
  for (const char c : message) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return printable(out, kMaxMessage);
}

/// Inside JSON's quotes; control characters are gone already.
std::string json_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

class Log::Sink {
 public:
  Sink(std::shared_ptr<spdlog::sinks::sink> sink, LogSettings settings, const Clock& clock)
      : settings_(std::move(settings)), clock_(clock), logger_("praxisync", std::move(sink)) {
    PRAXISYNC_CHECK(settings_.redact != nullptr, "no log line goes out unscrubbed");
    logger_.set_pattern("%v");
    logger_.set_level(level_of(settings_.level));
    logger_.flush_on(spdlog::level::trace);
  }

  void set_run(std::string run) {
    const std::scoped_lock lock(mutex_);
    run_ = std::move(run);
  }

  void write(LogLevel level, std::string_view message) {
    if (!logger_.should_log(level_of(level))) return;
    const std::scoped_lock lock(mutex_);
    const std::string line = line_of(level, escaped(settings_.redact(std::string(message))));
    if (settings_.before_line) settings_.before_line();
    logger_.log(level_of(level), spdlog::string_view_t(line.data(), line.size()));
  }

 private:
  std::string line_of(LogLevel level, const std::string& message) const {
    const std::string at = format_timestamp(clock_.now());
    if (settings_.format == LogFormat::Text) {
      const std::string run = run_.empty() ? "" : " [" + escaped(run_) + "]";
      return fmt::format("{} {:<5}{} {}", at, name_of(level), run, message);
    }
    return fmt::format(R"({{"at":"{}","level":"{}","message":"{}"{}{}{}}})", at, name_of(level),
                       json_text(message), field("run", run_),
                       field("trace_id", settings_.trace_id), field("span_id", settings_.span_id));
  }

  /// One more field of a JSON line; nothing where it has no value.
  static std::string field(std::string_view name, std::string_view value) {
    return value.empty() ? "" : fmt::format(R"(,"{}":"{}")", name, json_text(escaped(value)));
  }

  LogSettings settings_;
  const Clock& clock_;
  spdlog::logger logger_;
  std::mutex mutex_;
  std::string run_;
};

LogLevel parse_log_level(std::string_view text) {
  if (text == "debug") return LogLevel::Debug;
  if (text == "warn") return LogLevel::Warn;
  if (text == "error") return LogLevel::Error;
  return LogLevel::Info;
}

LogFormat parse_log_format(std::string_view text) {
  return text == "json" ? LogFormat::Json : LogFormat::Text;
}

Log Log::open(LogSettings settings, const Clock& clock) {
  return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                    std::move(settings), clock));
}

Log Log::to(std::ostream& out, LogSettings settings, const Clock& clock) {
  return Log(std::make_unique<Sink>(std::make_shared<spdlog::sinks::ostream_sink_mt>(out),
                                    std::move(settings), clock));
}

Log::Log(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

void Log::set_run(std::string run) { sink_->set_run(std::move(run)); }
void Log::debug(std::string_view message) { sink_->write(LogLevel::Debug, message); }
void Log::info(std::string_view message) { sink_->write(LogLevel::Info, message); }
void Log::warn(std::string_view message) { sink_->write(LogLevel::Warn, message); }
void Log::error(std::string_view message) { sink_->write(LogLevel::Error, message); }

}  // namespace praxisync::cli
