// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clients/dialect.hpp>
#include <evalpp/judge/clients/http_response.hpp>
#include <evalpp/judge/clients/server_address.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/version.hpp>

#include <curl/curl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#if __has_include(<sys/resource.h>)
#include <sys/resource.h>
#endif

// Judges over HTTP, by libcurl (7.84 or later): opt-in, target evalpp::curl. Proxies are taken from the
// environment as curl does it (https_proxy, no_proxy), certificates are checked, redirects are not followed.

namespace evalpp::inline EVALPP_ABI::judge {

/// Which HTTP is spoken.
enum class http_version : std::uint8_t {
  automatic,            ///< 2 where TLS agrees on it, else 1.1
  http1,                ///< 1.1
  http2_without_asking  ///< 2 from the first byte, also without TLS ("prior knowledge")
};

/// Where and how is asked.
struct curl_options {
  std::string base_url;                   ///< with the version part, as in `https://api.openai.com/v1`
  std::string api_key = {};               ///< empty for none; see `key_from_environment`
  std::vector<std::string> headers = {};  ///< more of them, `Name: value`
  std::size_t most_in_flight = 1024;      ///< as many as `run_options::concurrency`
  double connect_seconds = 10;
  double call_seconds = 600;                       ///< a call without a whole answer by then has failed
  std::size_t most_bytes = std::size_t{64} << 20;  ///< of one response
  std::string ca_file =
      {};  ///< certificates to trust (PEM) in place of the system's, for a server of one's own
  judge::http_version http = http_version::automatic;
  std::size_t streams = 100;  ///< calls that share a connection of HTTP/2; many servers bear no more
};

/// The key for a dialect: the first of its variables that is set, or nothing.
inline std::string key_from_environment(const dialect& by) {
  for (const std::string_view name : by.key_variables())
    if (const char* const key = std::getenv(std::string(name).c_str()); key != nullptr && *key != '\0')
      return key;
  return {};
}

/// Lets this process have as many open files, and so connections, as the system allows it: raises the soft
/// limit to the hard one. Returns the limit that holds now; a large number where there is none.
inline std::size_t raise_descriptor_limit() {
#if __has_include(<sys/resource.h>)
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
  if (limit.rlim_cur < limit.rlim_max) {
    rlimit raised = limit;
    raised.rlim_cur = limit.rlim_max == RLIM_INFINITY ? rlim_t{1} << 20 : limit.rlim_max;
    if (raised.rlim_cur > limit.rlim_cur && setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur == RLIM_INFINITY) return std::size_t{1} << 20;
  return static_cast<std::size_t>(limit.rlim_cur);
#else
  return std::size_t{1} << 20;
#endif
}

/// Asks a server over HTTP, thousands of requests at a time on one thread (libcurl's multi interface).
///
/// Connections are kept and reused; with HTTP/2 many calls share one. What comes of a call is its
/// dialect's to say: the transport adds what broke on the way (`connection`, `timeout`, `bad_response` for a
/// response that is cut or too large). The key is sent to `base_url` alone and struck out of every message.
class curl_client final : public async_client {
 public:
  /// Fails for an address or a key that cannot be sent; connects to nothing yet.
  static result<std::unique_ptr<curl_client>> make(curl_options options, std::shared_ptr<const dialect> by);

  ~curl_client() override;

  void start(const request& asked, call_ticket ticket) override;
  void wait(double seconds, std::vector<finished_call>& done) override;
  void cancel(call_ticket ticket) override;

  /// As many as were asked for, or as the limit of open files bears.
  std::size_t capacity() const override { return capacity_; }

  /// Connections opened so far.
  std::size_t connections() const { return connections_; }

 private:
  struct call {
    CURL* easy = nullptr;
    call_ticket ticket = 0;
    std::string body;
    http_response response;
    std::size_t most_bytes = 0;
    bool too_large = false;
  };

  curl_client(curl_options options, std::shared_ptr<const dialect> by);

  static call_error class_of(CURLcode code);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* of);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* of);

  void share_connections();
  long version_of_next_call();
  static bool reuse_is_broken();
  std::unique_ptr<call> new_call();
  void collect(std::vector<finished_call>& done);
  completion outcome_of(call& ended, CURLcode code);
  void strike_out_key(std::string& text) const;

  curl_options options_;
  std::shared_ptr<const dialect> dialect_;
  steady_clock clock_;
  std::string url_;
  bool loopback_;
  std::size_t capacity_ = 1, connections_ = 0;
  CURLM* multi_ = nullptr;
  curl_slist* headers_ = nullptr;
  bool shares_connections_ = false;  // the server speaks HTTP/2
  bool connected_ = false;           // a call with prior knowledge has been started
  std::unordered_map<call_ticket, std::unique_ptr<call>> flying_;
  std::vector<std::unique_ptr<call>> idle_;  // with their handles and buffers, to be used again
  std::vector<finished_call> ready_;         // canceled, or never sent
};

inline result<std::unique_ptr<curl_client>> curl_client::make(curl_options options,
                                                              std::shared_ptr<const dialect> by) {
  const auto refuse = [](const char* message, const char* fix) {
    return evalpp::error{.code = error_code::invalid_argument, .message = message, .fix = fix};
  };
  if (by == nullptr) return refuse("there is no dialect", "give one, such as openai_chat");
  if (auto good = check_base_url(options.base_url); !good) return std::move(good.error());
  const auto unprintable = [](std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c <= 0x20 || c > 0x7E; });
  };
  if (unprintable(options.api_key))
    return refuse("the key holds characters that a key cannot have",
                  "look for blanks and line ends around it");
  for (const std::string& header : options.headers)
    if (header.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos ||
        header.find(':') == std::string::npos)
      return refuse("a header is not \"Name: value\"", "give one line with a colon");
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (global != CURLE_OK)
    return refuse("libcurl cannot be initialised", "see whether its installation is whole");
  std::unique_ptr<curl_client> made(new curl_client(std::move(options), std::move(by)));
  if (made->multi_ == nullptr || made->headers_ == nullptr)
    return refuse("libcurl has no memory", "free some");
  return made;
}

inline curl_client::curl_client(curl_options options, std::shared_ptr<const dialect> by)
    : options_(std::move(options)), dialect_(std::move(by)), loopback_(is_loopback(options_.base_url)) {
  while (options_.base_url.ends_with('/')) options_.base_url.pop_back();
  url_ = options_.base_url + std::string(dialect_->path());

  // Each call may need a connection of its own; some descriptors are for files and the resolver.
  constexpr std::size_t reserved = 64;
  const std::size_t files = raise_descriptor_limit();
  const bool multiplexed = options_.http == http_version::http2_without_asking;
  const std::size_t bearable = files > 2 * reserved ? files - reserved : files / 2;
  capacity_ = multiplexed ? options_.most_in_flight : (std::min)(options_.most_in_flight, bearable);
  capacity_ = (std::max)(capacity_, std::size_t{1});

  multi_ = curl_multi_init();
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(capacity_));
  if (multiplexed) share_connections();

  const auto add = [this](const std::string& line) {
    if (curl_slist* const longer = curl_slist_append(headers_, line.c_str()); longer != nullptr)
      headers_ = longer;
  };
  add("Content-Type: application/json");
  add("Accept: application/json");
  add("Expect:");  // no round trip before large bodies, which older servers never answer
  for (const std::string& line : dialect_->headers(options_.api_key)) add(line);
  for (const std::string& line : options_.headers) add(line);
}

inline curl_client::~curl_client() {
  for (auto& [ticket, flying] : flying_) {
    curl_multi_remove_handle(multi_, flying->easy);
    curl_easy_cleanup(flying->easy);
  }
  for (const std::unique_ptr<call>& spare : idle_) curl_easy_cleanup(spare->easy);
  curl_multi_cleanup(multi_);
  curl_slist_free_all(headers_);
}

/// Without a limit libcurl opens a connection whenever it does not know yet how many streams a server bears.
inline void curl_client::share_connections() {
  shares_connections_ = true;
  const bool one = options_.http == http_version::http2_without_asking && reuse_is_broken();
  const std::size_t streams = (std::max)(options_.streams, std::size_t{1});
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS,
                    one ? 1L : static_cast<long>((capacity_ + streams - 1) / streams));
}

inline std::size_t curl_client::on_body(char* bytes, std::size_t size, std::size_t count, void* of) {
  call& flying = *static_cast<call*>(of);
  if (size * count > flying.most_bytes - flying.response.body.size()) {
    flying.too_large = true;
    return 0;  // ends the transfer
  }
  flying.response.body.append(bytes, size * count);
  return size * count;
}

inline std::size_t curl_client::on_header(char* bytes, std::size_t size, std::size_t count, void* of) {
  call& flying = *static_cast<call*>(of);
  const std::string_view line(bytes, size * count);
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) flying.response.headers.clear();  // an interim response came before
  if (colon == std::string_view::npos) return size * count;
  constexpr std::string_view blank = " \t\r\n";
  std::string_view value = line.substr(colon + 1);
  value.remove_prefix((std::min)(value.find_first_not_of(blank), value.size()));
  value = value.substr(0, value.find_last_not_of(blank) + 1);
  flying.response.headers.emplace_back(line.substr(0, colon), value);
  return size * count;
}

inline std::unique_ptr<curl_client::call> curl_client::new_call() {
  if (!idle_.empty()) {
    std::unique_ptr<call> spare = std::move(idle_.back());
    idle_.pop_back();
    return spare;
  }
  auto made = std::make_unique<call>();
  made->easy = curl_easy_init();
  if (made->easy == nullptr) return made;
  made->most_bytes = options_.most_bytes;
  const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(made->easy, option, value); };
  const auto milliseconds = [](double seconds) { return static_cast<long>((std::min)(seconds, 1e6) * 1000); };
  set(CURLOPT_URL, url_.c_str());
  set(CURLOPT_POST, 1L);
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_USERAGENT, "evalpp/" EVALPP_VERSION_STRING);
  set(CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl unpacks
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options_.connect_seconds));
  set(CURLOPT_TIMEOUT_MS, milliseconds(options_.call_seconds));
  if (loopback_) set(CURLOPT_PROXY, "");  // a proxy cannot reach this machine's own servers
  if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
  set(CURLOPT_WRITEFUNCTION, &curl_client::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(made.get()));
  set(CURLOPT_HEADERFUNCTION, &curl_client::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(made.get()));
  set(CURLOPT_PRIVATE, static_cast<void*>(made.get()));
  return made;
}

/// libcurl 7.88, which Debian 12 has, breaks connections that are used again with prior knowledge (mended in
/// 8.0: "http2: fix for http2-prior-knowledge when reusing connections"): there the first call opens the one
/// connection, later ones find that it speaks 2.
inline long curl_client::version_of_next_call() {
  if (options_.http == http_version::automatic) return CURL_HTTP_VERSION_2TLS;
  if (options_.http == http_version::http1) return CURL_HTTP_VERSION_1_1;
  const bool opens = !std::exchange(connected_, true);
  return opens || !reuse_is_broken() ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_2_0;
}

inline bool curl_client::reuse_is_broken() {
  const unsigned version = curl_version_info(CURLVERSION_NOW)->version_num;
  return version >= 0x075800 && version < 0x080000;
}

inline void curl_client::start(const request& asked, call_ticket ticket) {
  std::unique_ptr<call> flying = new_call();
  if (flying->easy == nullptr) {
    ready_.push_back({ticket, {.error = call_error::connection, .message = "libcurl has no memory"}});
    return;
  }
  flying->ticket = ticket;
  flying->body.clear();
  flying->response = {};
  flying->too_large = false;
  dialect_->write_body(asked, flying->body);
  curl_easy_setopt(flying->easy, CURLOPT_POSTFIELDS, flying->body.c_str());
  curl_easy_setopt(flying->easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(flying->body.size()));
  curl_easy_setopt(flying->easy, CURLOPT_HTTP_VERSION, version_of_next_call());
  // Where connections may be shared, a call waits to learn whether they are, rather than opening another.
  curl_easy_setopt(flying->easy, CURLOPT_PIPEWAIT,
                   shares_connections_ || url_.starts_with("https") ? 1L : 0L);
  if (const CURLMcode code = curl_multi_add_handle(multi_, flying->easy); code != CURLM_OK) {
    ready_.push_back({ticket, {.error = call_error::connection, .message = curl_multi_strerror(code)}});
    idle_.push_back(std::move(flying));
    return;
  }
  flying_.insert_or_assign(ticket, std::move(flying));
}

inline void curl_client::wait(double seconds, std::vector<finished_call>& done) {
  const std::size_t before = done.size();
  const double until = clock_.now() + seconds;
  std::move(ready_.begin(), ready_.end(), std::back_inserter(done));
  ready_.clear();
  for (;;) {
    int running = 0;
    curl_multi_perform(multi_, &running);
    collect(done);
    if (done.size() != before || flying_.empty()) return;
    const double left = (std::min)(until - clock_.now(), 3600.0);
    if (left <= 0) return;
    // Any failure to wait is a signal's: the caller looks what it was.
    const int milliseconds = static_cast<int>(left * 1000) + 1;
    if (curl_multi_poll(multi_, nullptr, 0, milliseconds, nullptr) != CURLM_OK) return;
  }
}

inline void curl_client::collect(std::vector<finished_call>& done) {
  int left = 0;
  while (const CURLMsg* const said = curl_multi_info_read(multi_, &left)) {
    if (said->msg != CURLMSG_DONE) continue;
    const CURLcode code = said->data.result;
    char* of = nullptr;
    curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &of);
    const auto at = flying_.find(reinterpret_cast<call*>(of)->ticket);
    std::unique_ptr<call> ended = std::move(at->second);
    flying_.erase(at);
    done.push_back({ended->ticket, outcome_of(*ended, code)});
    curl_multi_remove_handle(multi_, ended->easy);
    idle_.push_back(std::move(ended));
  }
}

/// What a failure of the transport is to the runner.
inline call_error curl_client::class_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return call_error::timeout;
    case CURLE_PARTIAL_FILE:  // cut
    case CURLE_WRITE_ERROR:   // too large
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return call_error::bad_response;
    default:
      return call_error::connection;
  }
}

inline completion curl_client::outcome_of(call& ended, CURLcode code) {
  long status = 0, version = 0, opened = 0;
  curl_off_t microseconds = 0;
  curl_easy_getinfo(ended.easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(ended.easy, CURLINFO_HTTP_VERSION, &version);
  curl_easy_getinfo(ended.easy, CURLINFO_NUM_CONNECTS, &opened);
  curl_easy_getinfo(ended.easy, CURLINFO_TOTAL_TIME_T, &microseconds);
  connections_ += static_cast<std::size_t>(opened);
  if (version == CURL_HTTP_VERSION_2_0 && !shares_connections_) share_connections();

  completion out;
  if (code == CURLE_OK) {
    ended.response.status = static_cast<int>(status);
    ended.response.received = static_cast<std::int64_t>(std::time(nullptr));
    out = dialect_->read(ended.response);
  } else {
    connected_ = false;
    out.status = static_cast<int>(status);
    out.error = class_of(code);
    out.message = ended.too_large
                      ? "the response has more than " + std::to_string(options_.most_bytes) + " bytes"
                      : std::string(curl_easy_strerror(code)) + " (" + url_ + ")";
  }
  out.seconds = static_cast<double>(microseconds) * 1e-6;
  strike_out_key(out.message);
  return out;
}

/// Servers quote the key that they refuse.
inline void curl_client::strike_out_key(std::string& text) const {
  if (options_.api_key.size() < 4) return;
  for (std::size_t at = text.find(options_.api_key); at != std::string::npos;
       at = text.find(options_.api_key, at))
    text.replace(at, options_.api_key.size(), "***");
}

inline void curl_client::cancel(call_ticket ticket) {
  const auto at = flying_.find(ticket);
  if (at == flying_.end()) return;
  std::unique_ptr<call> given_up = std::move(at->second);
  flying_.erase(at);
  curl_multi_remove_handle(multi_, given_up->easy);
  idle_.push_back(std::move(given_up));
  ready_.push_back({ticket, {.error = call_error::canceled, .message = "given up"}});
}

}  // namespace evalpp::inline EVALPP_ABI::judge
