#include "config/secret_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "config/schema.h"
#include "config/table_reader.h"

namespace praxisync::config {
namespace {

constexpr std::size_t kMaxSecret = 16 * 1024;
/// Whoever has seen one signed text can try shorter ones out: Standard Webhooks 1.0, 'signatures'.
constexpr std::size_t kShortSigner = 24;

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Whether the name can be shown: what is no usual variable name may be the secret itself.
bool shows_safely(std::string_view name) {
  return name.size() <= 64 && std::ranges::all_of(name, [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::optional<ApiKey> checked(std::string text, const Entry& entry, std::string_view source,
                              Findings& findings) {
  std::string message;
  if (text.empty()) {
    message = fmt::format("{} is empty", source);
  } else if (text.size() > kMaxSecret) {
    message = fmt::format("{} is longer than 16 KiB", source);
  } else if (std::ranges::any_of(
                 text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
    message = fmt::format("{} holds a line break or another control character", source);
  } else if (text.front() == ' ' || text.back() == ' ') {
    message = fmt::format("{} has a space at an end", source);
  }
  if (message.empty()) return ApiKey(std::move(text));
  findings.error(entry.value.where, message, "it must be the secret and nothing else");
  return std::nullopt;
}

/// The file's bytes, at most one more than a secret may have; else errno's text.
std::optional<std::string> slurp(int fd) {
  std::string text(kMaxSecret + 3, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = ::read(fd, text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return text;
}

/// Whether more people can read the file than it takes for this process to read it.
bool is_open_to_others(const struct stat& file) {
  const mode_t too_many = file.st_uid == ::geteuid() ? S_IRGRP | S_IROTH : S_IROTH;
  return S_ISREG(file.st_mode) && (file.st_mode & too_many) != 0;
}

/// `source` is what findings call the file.
std::optional<ApiKey> from_file(const Entry& entry, const std::filesystem::path& path,
                                std::string_view source, Findings& findings) {
  const Descriptor file(path);
  struct stat status {};
  std::optional<std::string> text;
  if (file.get() >= 0 && ::fstat(file.get(), &status) == 0) text = slurp(file.get());
  if (!text) {
    const std::string why = std::generic_category().message(errno);
    findings.error(entry.value.where, fmt::format("{} cannot be read: {}", source, why),
                   "give the path of a file that holds the secret and nothing else");
    return std::nullopt;
  }
  if (text->ends_with('\n')) text->pop_back();
  if (text->ends_with('\r')) text->pop_back();
  auto secret = checked(std::move(*text), entry, source, findings);
  if (secret && is_open_to_others(status)) {
    findings.warning(entry.value.where, fmt::format("others than its owner can read {}", source),
                     status.st_uid == ::geteuid() ? "chmod 600 it" : "chmod 640 it");
  }
  return secret;
}

std::optional<ApiKey> from_environment(const Entry& entry, const std::string& name,
                                       const Surroundings& surroundings, Findings& findings) {
  const bool safe = shows_safely(name);
  const std::string shown =
      safe ? "the environment variable " + name : "the environment variable named here";
  const Environment& environment = surroundings.environment;
  if (const auto found = environment.find(name); found != environment.end())
    return checked(found->second, entry, shown, findings);
  if (const auto path = environment.find(name + "_FILE"); path != environment.end()) {
    return from_file(entry, surroundings.folder / path->second,
                     safe ? fmt::format("the file that {}_FILE names", name) : "the secret's file",
                     findings);
  }
  findings.error(
      entry.value.where, shown + " is not set",
      safe ? fmt::format("set it, or {}_FILE to the path of a file that holds the secret", name)
           : "give the variable's name, not the secret");
  return std::nullopt;
}

/// What systemd has loaded for this service under that name.
std::optional<ApiKey> from_credential(const Entry& entry, const std::string& name,
                                      const Surroundings& surroundings, Findings& findings) {
  if (name == "." || name == ".." || name.find('/') != std::string::npos) {
    findings.error(entry.value.where, "a credential's name is no path",
                   "give the name that stands after LoadCredential= in the unit");
    return std::nullopt;
  }
  const auto folder = surroundings.environment.find("CREDENTIALS_DIRECTORY");
  if (folder == surroundings.environment.end() || !folder->second.starts_with('/')) {
    findings.error(entry.value.where,
                   "there are no credentials here: CREDENTIALS_DIRECTORY is not set",
                   "have systemd start it, with LoadCredential= in the unit, or use env or file");
    return std::nullopt;
  }
  return from_file(entry, std::filesystem::path(folder->second) / name, "the credential", findings);
}

}  // namespace

std::optional<ApiKey> read_secret(const Entry& entry, const Surroundings& surroundings,
                                  Findings& findings) {
  if (surroundings.secrets == Secrets::NotNeeded) return ApiKey{};
  const Node& value = entry.value;
  if (value.kind != NodeKind::Table && value.raw) {
    return checked(*value.raw, entry, "the secret", findings);
  }
  const std::string ways =
      fmt::format("use {0} = {{ env = \"NAME\" }} or {0} = {{ file = \"/path\" }}", entry.key);
  if (value.kind != NodeKind::Table) {
    findings.error(value.where, "a secret is never written into the config", ways);
    return std::nullopt;
  }
  for (const Entry& inner : value.entries) {
    if (std::ranges::find(secret_keys(), inner.key) != secret_keys().end()) continue;
    // It is not named: it may be the secret itself.
    findings.error(inner.where, fmt::format("unknown key in \"{}\"", entry.key), ways);
  }
  TableReader reader(value, fmt::format("\"{}\"", entry.key), {}, findings);
  const Entry* env = value.find("env");
  const Entry* file = value.find("file");
  const Entry* credential = value.find("credential");
  if ((env != nullptr) + (file != nullptr) + (credential != nullptr) != 1) {
    findings.error(
        value.where,
        fmt::format("\"{}\" needs exactly one of \"env\", \"file\" and \"credential\"", entry.key),
        ways);
    return std::nullopt;
  }
  if (env != nullptr) {
    const auto name = reader.text({"env", Need::Required, "\"NAME\""});
    return name ? from_environment(entry, *name, surroundings, findings) : std::nullopt;
  }
  if (credential != nullptr) {
    const auto name = reader.text({"credential", Need::Required, "\"name\""});
    return name ? from_credential(entry, *name, surroundings, findings) : std::nullopt;
  }
  const auto path = read_path(*file, surroundings, "\"/run/secrets/name\"", findings);
  return path ? from_file(entry, *path, "the secret's file", findings) : std::nullopt;
}

std::vector<ApiKey> read_secrets(const Entry& entry, const Surroundings& surroundings,
                                 Findings& findings) {
  std::vector<ApiKey> secrets;
  const auto add = [&](const Entry& one) {
    auto secret = read_secret(one, surroundings, findings);
    if (!secret) return;
    if (!secret->empty() && secret->reveal().size() < kShortSigner) {
      findings.warning(one.value.where, "a secret that signs should have 24 characters or more",
                       "make a longer one, and name both while it is changed");
    }
    secrets.push_back(*std::move(secret));
  };
  if (entry.value.kind != NodeKind::List) {
    add(entry);
    return secrets;
  }
  for (const Node& item : entry.value.items) add({entry.key, item.where, item});
  if (entry.value.items.empty()) {
    findings.error(entry.value.where, fmt::format("\"{}\" is empty", entry.key),
                   fmt::format("take it out, or write {} = [{{ env = \"NAME\" }}]", entry.key));
  }
  return secrets;
}

std::optional<std::filesystem::path> read_path(const Entry& entry, const Surroundings& surroundings,
                                               std::string_view example, Findings& findings) {
  const auto text = text_of(entry, example, findings);
  if (!text) return std::nullopt;
  if (*text == "~" || text->starts_with("~/")) {
    findings.error(entry.value.where, fmt::format("\"{}\" starts with ~", entry.key),
                   "write the folder out: nothing expands it here");
    return std::nullopt;
  }
  return (surroundings.folder / *text).lexically_normal();
}

}  // namespace praxisync::config
