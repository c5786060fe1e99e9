// SPDX-License-Identifier: MIT
// A model server for tests that misbehaves on demand: OpenAI's chat completions, and in passing its Responses
// and Anthropic's messages, over HTTP/1.1 on 127.0.0.1. One thread, epoll, thousands of connections.
//
//     evalpp_misbehaving_server [--port N] [--latency-ms N]
//
// prints "listening PORT" and runs until its standard input is closed, so that no dead test leaves it behind.
// The base URL http://127.0.0.1:PORT/MODE/v1 says how it behaves; MODE is a list of words as in words.hpp:
//
//     latency=MS                every answer waits; what follows holds beside it
//     times=K, every=K          the words behind it hold for the first K requests with one body, for each
//     K-th 429, 500, 400=CODE, ...   any status, with OpenAI's error object or
//     error=plain|html|empty|ollama|tgi quota                     429 with the code insufficient_quota
//     retry-after=TEXT, retry-after-date=SECONDS, retry-after-ms=MS, reset=12ms, should-retry=false   headers
//     hang, close, rst          no answer: silence, an end, a reset
//     half-header, cut[=BYTES]  a part of the head, of the body, then the end (or with rst, hang: that)
//     slow=BYTES_PER_SECOND, chunked[=BYTES], conn-close, redirect, html, no-json, error-200[=500]
//     prose, fenced, two-verdicts, empty, null-content, no-choices, truncated-lie, length, whole-length,
//     refusal, filter, reasoning, huge=BYTES, bad-utf8, lone-surrogate[=inner]        what the model says
//
// GET /stats and /last tell what has come, POST /reset forgets it. A word that nobody knows is status 418.
#include "connection.hpp"
#include "http_request.hpp"
#include "model.hpp"
#include "reply.hpp"
#include "words.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace model_server;

class server {
 public:
  server(std::uint16_t port, std::uint64_t latency_ms)
      : model_(latency_ms),
        listener_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
        poll_(epoll_create1(EPOLL_CLOEXEC)) {
    const int on = 1;
    setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener_.get(), any, size) == 0 && listen(listener_.get(), 4096) == 0 &&
        getsockname(listener_.get(), any, &size) == 0 && watch(listener_.get(), EPOLLIN) &&
        watch(STDIN_FILENO, EPOLLIN))
      port_ = ntohs(address.sin_port);
  }

  /// 0 when it could not be had, or when standard input is a file, which nobody can close.
  std::uint16_t port() const { return port_; }

  void run() {
    epoll_event events[512];
    for (;;) {
      const int n = epoll_wait(poll_.get(), events, 512, until_next_timer());
      for (int i = 0; i < n; ++i) {
        const int fd = events[i].data.fd;
        if (fd == STDIN_FILENO) {
          char ignored[256];
          if (read(fd, ignored, sizeof ignored) <= 0) return;
        } else if (fd == listener_.get()) {
          accept_all();
        } else if (connection* const c = find(fd)) {
          if (receive(*c, (events[i].events & EPOLLRDHUP) != 0)) advance(*c);
        }
      }
      run_timers();
    }
  }

 private:
  struct timer {
    steady::time_point when;
    int fd;
    std::uint64_t serial;
    bool operator<(const timer& other) const { return when > other.when; }  // the queue gives the largest
  };

  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }

  bool watch(int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    return epoll_ctl(poll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
  }

  connection* find(int fd) {
    const auto at = static_cast<std::size_t>(fd);
    return at < connections_.size() ? connections_[at].get() : nullptr;
  }

  void accept_all() {
    for (;;) {
      const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0) return;
      const int on = 1;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const auto at = static_cast<std::size_t>(fd);
      if (connections_.size() <= at) connections_.resize(at + 1);
      connections_[at] = std::make_unique<connection>(fd, ++serial_);
      watch(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
    }
  }

  void drop(connection& c) {
    if (c.in_flight) model_.counts().end_request();
    connections_[static_cast<std::size_t>(c.socket.get())].reset();
  }

  /// Takes what has come; false when the client has gone, and then the connection has too. A client that has
  /// only ended its side counts as gone: none of HTTP does that before it has its answer.
  bool receive(connection& c, bool to_the_end) {
    for (;;) {
      const ssize_t n = recv(c.socket.get(), block_.data(), block_.size(), 0);
      if (n > 0) {
        if (c.now != phase::draining && c.now != phase::hanging)
          c.in.append(block_.data(), static_cast<std::size_t>(n));
        // A short read has emptied the socket, and what comes later is an event of its own.
        if (!to_the_end && static_cast<std::size_t>(n) < block_.size()) return true;
        continue;
      }
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EAGAIN) return true;
      drop(c);
      return false;
    }
  }

  void advance(connection& c) {
    for (;;) {
      if (c.now == phase::reading && !begin_answer(c)) return;
      if (c.now != phase::writing || !send_some(c) || !end_answer(c)) return;
    }
  }

  /// True when there is an answer to send now.
  bool begin_answer(connection& c) {
    const request_reading read = read_request(c.in);
    if (read.wants_continue && !c.continued) {
      constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      send(c.socket.get(), go_on.data(), go_on.size(), MSG_NOSIGNAL);
      c.continued = true;
    }
    if (read.refused != 0) {
      c.out = plain_reply(read.refused, "text/plain", "not served", ending::drain);
      c.in.clear();
    } else if (!read.whole) {
      return false;
    } else {
      std::tie(c.out, c.in_flight) = model_.answer(read.request, c.in, c.serial);
      c.in.erase(0, read.request.size);
    }
    c.continued = false;
    c.sent = 0;
    c.now = phase::waiting;
    c.began = steady::now() + std::chrono::milliseconds(c.out.delay_ms);
    if (c.out.delay_ms == 0) {
      c.now = phase::writing;
      return true;
    }
    wake(c, c.began);
    return false;
  }

  /// True when all has been sent.
  bool send_some(connection& c) {
    const std::string_view bytes = c.out.bytes;
    while (c.sent < bytes.size()) {
      std::size_t due = bytes.size();
      if (const std::uint64_t rate = c.out.bytes_per_second; rate != 0) {
        const std::chrono::duration<double> gone = steady::now() - c.began;
        const double so_far = gone.count() * static_cast<double>(rate);
        if (so_far < static_cast<double>(due)) due = static_cast<std::size_t>(so_far);
        if (due <= c.sent) {
          const std::chrono::duration<double> next(static_cast<double>(c.sent + 1) /
                                                   static_cast<double>(rate));
          const auto tick = std::chrono::milliseconds(10);
          wake(c, (std::max)(c.began + std::chrono::duration_cast<steady::duration>(next),
                             steady::now() + tick));
          return false;
        }
      }
      const ssize_t n = send(c.socket.get(), bytes.data() + c.sent, due - c.sent, MSG_NOSIGNAL);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno != EAGAIN) drop(c);
      if (n < 0) return false;
      c.sent += static_cast<std::size_t>(n);
    }
    return true;
  }

  /// True when the connection goes on to its next request.
  bool end_answer(connection& c) {
    if (c.out.end == ending::hang) {
      c.now = phase::hanging;
      return false;
    }
    if (std::exchange(c.in_flight, false)) model_.counts().end_request();
    if (c.out.end == ending::keep) {
      c.now = phase::reading;
      return true;
    }
    if (c.out.end == ending::drain) {
      c.now = phase::draining;
      shutdown(c.socket.get(), SHUT_WR);
      return false;
    }
    if (c.out.end == ending::reset) {
      const linger at_once{.l_onoff = 1, .l_linger = 0};
      setsockopt(c.socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    drop(c);
    return false;
  }

  void wake(connection& c, steady::time_point when) {
    c.wakes = when;
    timers_.push({when, c.socket.get(), c.serial});
  }

  /// Milliseconds, rounded up: an answer may come late, never early.
  int until_next_timer() const {
    if (timers_.empty()) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(timers_.top().when - steady::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
  }

  void run_timers() {
    if (timers_.empty()) return;
    const steady::time_point now = steady::now();
    while (!timers_.empty() && timers_.top().when <= now) {
      const timer due = timers_.top();
      timers_.pop();
      connection* const c = find(due.fd);
      if (c == nullptr || c->serial != due.serial || c->wakes != due.when) continue;
      if (c->now == phase::waiting) c->now = phase::writing;
      advance(*c);
    }
  }

  model model_;
  descriptor listener_, poll_;
  std::uint16_t port_ = 0;
  std::uint64_t serial_ = 0;
  std::vector<std::unique_ptr<connection>> connections_;  // by descriptor
  std::priority_queue<timer> timers_;
  std::vector<char> block_ = std::vector<char>(1 << 16);
};

void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t port = 0, latency_ms = 0;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    const auto value = whole_number(i + 1 < argc ? argv[i + 1] : "");
    if (!value || (name != "--port" && name != "--latency-ms")) {
      std::fputs("evalpp_misbehaving_server [--port N] [--latency-ms N]\n", stderr);
      return 2;
    }
    (name == "--port" ? port : latency_ms) = *value;
  }
  raise_descriptor_limit();
  server local(static_cast<std::uint16_t>(port), latency_ms);
  if (local.port() == 0) {
    std::perror("evalpp_misbehaving_server");
    return 1;
  }
  std::printf("listening %d\n", local.port());
  std::fflush(stdout);
  local.run();
  return 0;
}
