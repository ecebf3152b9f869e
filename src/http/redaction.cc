#include "http/redaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "http/base64.h"

namespace praxisync::http {
namespace {

constexpr std::size_t kLeastSecret = 4;
constexpr std::size_t kLeastCore = 6;  // base64 characters: fewer occur by chance

/// A text with an encoding undone, and where each byte came from: byte i of `bytes` is what
/// [starts[i], starts[i + 1]) of the source stands for.
struct Decoded {
  std::string bytes;
  std::vector<std::size_t> starts;
};

using Span = std::pair<std::size_t, std::size_t>;  // [first, second) of the source

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<unsigned> hex_number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    const int digit = hex_digit(c);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value;
}

void append_utf8(Decoded& out, unsigned point, std::size_t start) {
  const auto push = [&](unsigned byte) {
    out.bytes += static_cast<char>(byte);
    out.starts.push_back(start);
  };
  if (point < 0x80) {
    push(point);
  } else if (point < 0x800) {
    push(0xC0 | (point >> 6));
    push(0x80 | (point & 0x3F));
  } else {
    push(0xE0 | (point >> 12));
    push(0x80 | ((point >> 6) & 0x3F));
    push(0x80 | (point & 0x3F));
  }
}

enum class Plus { Literal, Space };

Decoded undo_percent(std::string_view text, Plus plus) {
  Decoded out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    char byte = text[at++];
    if (byte == '%' && at + 2 <= text.size()) {
      if (const std::optional<unsigned> value = hex_number(text.substr(at, 2))) {
        byte = static_cast<char>(*value);
        at += 2;
      }
    } else if (byte == '+' && plus == Plus::Space) {
      byte = ' ';
    }
    out.bytes += byte;
    out.starts.push_back(start);
  }
  out.starts.push_back(text.size());
  return out;
}

char undo_short_escape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return c;
  }
}

Decoded undo_json(std::string_view text) {
  Decoded out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    char byte = text[at++];
    if (byte == '\\' && at < text.size()) {
      const std::optional<unsigned> point = text[at] == 'u' && at + 5 <= text.size()
                                                ? hex_number(text.substr(at + 1, 4))
                                                : std::nullopt;
      if (point) {
        at += 5;
        append_utf8(out, *point, start);
        continue;
      }
      byte = undo_short_escape(text[at++]);
    }
    out.bytes += byte;
    out.starts.push_back(start);
  }
  out.starts.push_back(text.size());
  return out;
}

bool is_base64(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
         c == '/' || c == '-' || c == '_' || c == '=';
}

void find_all(std::string_view text, std::string_view wanted, std::vector<Span>& spans) {
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    spans.emplace_back(at, at + wanted.size());
  }
}

void find_decoded(const Decoded& decoded, std::string_view wanted, std::vector<Span>& spans) {
  std::vector<Span> found;
  find_all(decoded.bytes, wanted, found);
  for (const auto& [first, last] : found) {
    spans.emplace_back(decoded.starts[first], decoded.starts[last]);
  }
}

/// The whole run of base64 in which a secret was found: its ends hold some bits of the secret too.
Span whole_run(std::string_view text, Span core) {
  while (core.first > 0 && is_base64(text[core.first - 1])) --core.first;
  while (core.second < text.size() && is_base64(text[core.second])) ++core.second;
  return core;
}

std::string replace(std::string_view text, std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; at < spans.size();) {
    const std::size_t first = spans[at].first;
    std::size_t last = spans[at].second;
    for (++at; at < spans.size() && spans[at].first < last; ++at) {
      last = std::max(last, spans[at].second);
    }
    out.append(text.substr(done, first - done)).append(kRedacted);
    done = last;
  }
  return out.append(text.substr(done));
}

/// What base64 makes of `secret` after `before` other bytes, less the characters in which other
/// bytes have a part.
std::string base64_core(const std::string& secret, std::size_t before) {
  const std::string whole = base64(std::string(before, '\0') + secret);
  const std::size_t first = (before * 8 + 5) / 6;
  const std::size_t last = (before + secret.size()) * 8 / 6;
  return whole.substr(first, last - first);
}

std::string url_safe(std::string text) {
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

}  // namespace

void Redactor::add_text(const std::string& secret) {
  if (secret.size() < kLeastSecret) return;
  Forms forms{.raw = ApiKey(secret), .hex = {}, .base64_core = {}};
  std::string lower, upper;
  for (const char c : secret) {
    lower += fmt::format("{:02x}", static_cast<unsigned char>(c));
    upper += fmt::format("{:02X}", static_cast<unsigned char>(c));
  }
  forms.hex = {ApiKey(lower), ApiKey(upper)};
  for (std::size_t before = 0; before < 3; ++before) {
    const std::string core = base64_core(secret, before);
    if (core.size() < kLeastCore) continue;
    forms.base64_core.emplace_back(core);
    if (const std::string other = url_safe(core); other != core) {
      forms.base64_core.emplace_back(other);
    }
  }

  const std::unique_lock lock(mutex_);
  for (const Forms& known : secrets_) {
    if (known.raw.reveal() == secret) return;
  }
  secrets_.push_back(std::move(forms));
}

std::string Redactor::scrub(std::string text) const {
  const std::shared_lock lock(mutex_);
  if (secrets_.empty() || text.empty()) return text;
  std::vector<Decoded> readings;
  if (text.find('%') != std::string::npos) readings.push_back(undo_percent(text, Plus::Literal));
  if (text.find('+') != std::string::npos) readings.push_back(undo_percent(text, Plus::Space));
  if (text.find('\\') != std::string::npos) readings.push_back(undo_json(text));

  std::vector<Span> spans;
  for (const Forms& forms : secrets_) {
    const std::string& raw = forms.raw.reveal();
    find_all(text, raw, spans);
    for (const Decoded& reading : readings) find_decoded(reading, raw, spans);
    for (const ApiKey& hex : forms.hex) find_all(text, hex.reveal(), spans);
    for (const ApiKey& core : forms.base64_core) {
      std::vector<Span> found;
      find_all(text, core.reveal(), found);
      for (const Span& span : found) spans.push_back(whole_run(text, span));
    }
  }
  return spans.empty() ? text : replace(text, std::move(spans));
}

}  // namespace praxisync::http
