#include "http/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string_view>
#include <utility>

#include "domain/check.h"
#include "domain/text.h"
#include "http/curl_failure.h"
#include "http/header_check.h"
#include "http/url.h"

namespace praxisync::http {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// How long a wait for the network may last before the deadlines and the stop flag are looked at
/// again.
constexpr Milliseconds kSlice{50};

struct EasyCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiCloser {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCloser>;

void start_curl_once() {
  static const bool started = [] {
    struct sigaction pipe {};
    // Without signals libcurl leaves SIGPIPE to the program, and OpenSSL's writes can raise it.
    if (sigaction(SIGPIPE, nullptr, &pipe) == 0 && pipe.sa_handler == SIG_DFL) {
      std::signal(SIGPIPE, SIG_IGN);
    }
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  PRAXISYNC_CHECK(started, "libcurl starts unless memory has run out");
}

/// One request under way; libcurl's callbacks fill it.
struct Exchange {
  const CurlOptions& options;
  Response response{};
  std::size_t head_bytes = 0;
  bool head_ended = false;  ///< libcurl does not mind a head without its empty line
  Reach reach = Reach::NothingLeft;
  std::optional<Ending> refused{};  ///< why a callback stopped the transfer

  std::size_t bytes() const { return head_bytes + response.body.size(); }
};

void read_header_line(std::string_view line, Exchange& exchange) {
  line = trim(line);
  if (line.empty()) exchange.head_ended = true;
  if (line.starts_with("HTTP/")) {  // the final head follows an interim one (100, 103)
    exchange.head_ended = false;
    exchange.response.headers.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  exchange.response.headers.push_back(
      {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
}

// The callbacks are called through C: an exception (no memory) must end the process here.

std::size_t on_head(char* data, std::size_t, std::size_t size, void* opaque) noexcept {
  Exchange& exchange = *static_cast<Exchange*>(opaque);
  exchange.head_bytes += size;
  if (exchange.head_bytes > exchange.options.max_head) {
    exchange.refused = Ending::HeadTooLarge;
    return 0;
  }
  read_header_line({data, size}, exchange);
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* opaque) noexcept {
  Exchange& exchange = *static_cast<Exchange*>(opaque);
  if (exchange.response.body.size() + size > exchange.options.max_body) {
    exchange.refused = Ending::BodyTooLarge;
    return 0;
  }
  exchange.response.body.append(data, size);
  return size;
}

/// Called when the connection stands, right before the first byte of the request leaves.
int on_connected(void* opaque, char*, char*, int, int) noexcept {
  static_cast<Exchange*>(opaque)->reach = Reach::MayHaveArrived;
  return CURL_PREREQFUNC_OK;
}

/// The deadlines that libcurl does not keep, and the stop flag.
class Watch {
 public:
  Watch(const CurlOptions& options, Repeat repeat) : options_(options), repeat_(repeat) {}

  /// Why the transfer must be given up now, if it must.
  std::optional<Failure> look(const Exchange& exchange, std::size_t uploaded, SteadyTime now) {
    if (is_time_to_stop(exchange, now)) return Failure{.ending = Ending::Stopped};
    if (exchange.reach == Reach::NothingLeft) return std::nullopt;
    if (!connected_at_) connected_at_ = now;
    if (exchange.bytes() == 0) {
      if (now - *connected_at_ < options_.first_byte_timeout) return std::nullopt;
      return Failure{.ending = Ending::NoFirstByte, .limit = options_.first_byte_timeout};
    }
    return look_at_pace(exchange.bytes() + uploaded, now);
  }

 private:
  bool is_time_to_stop(const Exchange& exchange, SteadyTime now) {
    if (options_.stop == nullptr || !options_.stop->load()) return false;
    if (!told_at_) told_at_ = now;
    return repeat_ == Repeat::Safe || exchange.reach == Reach::NothingLeft ||
           now - *told_at_ >= options_.stop_grace;
  }

  std::optional<Failure> look_at_pace(std::size_t bytes, SteadyTime now) {
    if (!window_start_) {
      window_start_ = now;
      window_bytes_ = bytes;
    }
    if (now - *window_start_ < options_.stall_timeout) return std::nullopt;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(options_.stall_timeout);
    const auto least = static_cast<std::size_t>(std::max<std::int64_t>(seconds.count(), 1));
    if (bytes - window_bytes_ < least) {
      return Failure{.ending = Ending::Stalled, .limit = options_.stall_timeout};
    }
    window_start_ = now;
    window_bytes_ = bytes;
    return std::nullopt;
  }

  const CurlOptions& options_;
  Repeat repeat_;
  std::optional<SteadyTime> told_at_, connected_at_, window_start_;
  std::size_t window_bytes_ = 0;
};

HeaderList header_list(const Request& request) {
  HeaderList list;
  const auto add = [&list](const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    PRAXISYNC_CHECK(longer != nullptr, "a list grows unless memory has run out");
    static_cast<void>(list.release());  // the same list, or the first of it
    list.reset(longer);
  };
  for (const Header& header : request.headers) {
    // libcurl takes "Name:" for a wish to leave the header out.
    add(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  add("Expect:");
  if (header(request.headers, "Content-Type").empty()) add("Content-Type:");
  return list;
}

}  // namespace

class CurlTransport::Session {
 public:
  explicit Session(CurlOptions options)
      : options_(std::move(options)), easy_(curl_easy_init()), multi_(curl_multi_init()) {
    PRAXISYNC_CHECK(easy_ != nullptr && multi_ != nullptr, "handles unless memory has run out");
    configure();
  }

  Result<Response> send(const Request& request) {
    const Result<Url> url = parse_url(request.url);
    if (!url) return Error{ErrorKind::Fatal, url.error().what};
    if (Result<void> valid = check_headers(request.headers); !valid) {
      return std::move(valid).error();
    }
    if (options_.stop != nullptr && options_.stop->load()) {
      return Error{ErrorKind::Exhausted, "told to stop"};
    }

    Exchange exchange{.options = options_};
    const HeaderList headers = header_list(request);
    prepare(request, headers.get(), exchange);
    if (const std::optional<Failure> failure = transfer(exchange, request.repeat)) {
      return error_of(*failure, exchange.reach, request.repeat, url->origin);
    }
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    exchange.response.status = static_cast<int>(status);
    return std::move(exchange.response);
  }

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    PRAXISYNC_CHECK(code == CURLE_OK, "an option that this libcurl knows");
  }

  /// What holds for every request.
  void configure() {
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options_.ca_file.empty()) {
      set(CURLOPT_CAINFO, options_.ca_file.c_str());
      set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (options_.proxy == ProxyUse::None) set(CURLOPT_PROXY, "");
    set(CURLOPT_USERAGENT, ("praxisync/" + options_.version).c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count()));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options_.max_body));
    set(CURLOPT_BUFFERSIZE, 64L << 10);
    set(CURLOPT_HEADERFUNCTION, &on_head);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_PREREQFUNCTION, &on_connected);
  }

  /// What holds for this request.
  void prepare(const Request& request, curl_slist* headers, Exchange& exchange) {
    words_[0] = '\0';
    set(CURLOPT_HEADERDATA, &exchange);
    set(CURLOPT_WRITEDATA, &exchange);
    set(CURLOPT_PREREQDATA, &exchange);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_HTTPHEADER, headers);
    const long alone = request.repeat == Repeat::Safe && request.cost == Cost::Read ? 0L : 1L;
    set(CURLOPT_FRESH_CONNECT, alone);
    set(CURLOPT_FORBID_REUSE, alone);
    const bool has_body = !request.body.empty() || request.method == Method::Post ||
                          request.method == Method::Put || request.method == Method::Patch;
    if (has_body) {
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      set(CURLOPT_POSTFIELDS, request.body.c_str());  // not copied: `request` outlives the transfer
    } else {
      set(CURLOPT_POSTFIELDS, static_cast<const char*>(nullptr));
      set(CURLOPT_HTTPGET, 1L);
    }
    set(CURLOPT_CUSTOMREQUEST, std::string(to_string(request.method)).c_str());
  }

  /// nullopt: there is an answer.
  std::optional<Failure> transfer(Exchange& exchange, Repeat repeat) {
    PRAXISYNC_CHECK(curl_multi_add_handle(multi_.get(), easy_.get()) == CURLM_OK,
                    "the handle is under way once at a time");
    std::optional<Failure> failure = run(exchange, Watch(options_, repeat));
    curl_multi_remove_handle(multi_.get(), easy_.get());
    if (exchange.refused) {
      const bool head = exchange.refused == Ending::HeadTooLarge;
      failure = Failure{.ending = *exchange.refused,
                        .limit_bytes = head ? options_.max_head : options_.max_body};
    }
    return failure;
  }

  std::optional<Failure> run(const Exchange& exchange, Watch watch) {
    for (int running = 1;;) {
      const CURLMcode failed = curl_multi_perform(multi_.get(), &running);
      if (failed != CURLM_OK) {
        return Failure{.code = CURLE_FAILED_INIT, .detail = curl_multi_strerror(failed)};
      }
      if (running == 0) return outcome(exchange);
      if (std::optional<Failure> failure =
              watch.look(exchange, uploaded(), std::chrono::steady_clock::now())) {
        return failure;
      }
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(slice().count()), nullptr);
    }
  }

  std::optional<Failure> outcome(const Exchange& exchange) {
    int left = 0;
    const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
    PRAXISYNC_CHECK(message != nullptr, "a transfer that has ended says how");
    CURLcode code = message->data.result;
    if (code == CURLE_OK && exchange.head_ended) return std::nullopt;
    if (code == CURLE_OK) code = CURLE_PARTIAL_FILE;
    long os_error = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &os_error);
    const bool connecting = exchange.reach == Reach::NothingLeft;
    // libcurl's own limit to a single header line shows itself so.
    if (code == CURLE_OUT_OF_MEMORY && !connecting && !exchange.head_ended) {
      return Failure{.ending = Ending::HeadTooLarge, .limit_bytes = options_.max_head};
    }
    return Failure{.code = code,
                   .os_error = os_error,
                   .detail = words_.data(),
                   .limit = connecting ? std::min(options_.connect_timeout, options_.total_timeout)
                                       : options_.total_timeout,
                   .limit_bytes = options_.max_body};
  }

  std::size_t uploaded() {
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &bytes);
    return static_cast<std::size_t>(bytes);
  }

  Milliseconds slice() const {
    return std::max(Milliseconds{1}, std::min({kSlice, options_.stall_timeout / 4,
                                               options_.first_byte_timeout / 4}));
  }

  CurlOptions options_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  std::unique_ptr<CURL, EasyCloser> easy_;
  std::unique_ptr<CURLM, MultiCloser> multi_;  // last: goes first, before the handle in it
};

CurlTransport::CurlTransport(CurlOptions options) {
  start_curl_once();
  session_ = std::make_unique<Session>(std::move(options));
}

CurlTransport::~CurlTransport() = default;

Result<Response> CurlTransport::send(const Request& request) { return session_->send(request); }

}  // namespace praxisync::http
