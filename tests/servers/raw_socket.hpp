// SPDX-License-Identifier: MIT
#pragma once

// HTTP by hand over a blocking socket: what a server really sends, byte for byte, and how it ends.

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace model_server {

/// How a connection stands after a read.
enum class socket_end : std::uint8_t { open, closed, reset };

/// A connection to a port of 127.0.0.1.
class raw_socket {
 public:
  explicit raw_socket(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~raw_socket() {
    if (fd_ >= 0) close(fd_);
  }
  raw_socket(raw_socket&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        connected_(other.connected_),
        received_(std::move(other.received_)),
        end_(other.end_) {}
  raw_socket& operator=(raw_socket&&) = delete;

  bool connected() const { return connected_; }
  /// As far as the reads have seen.
  socket_end end() const { return end_; }

  /// Whether all bytes went out.
  bool send_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

  /// Reads until `enough` holds of what has come, the connection ends or `patience_ms` have gone; returns and
  /// forgets what has come.
  template <class Enough>
  std::string receive_until(Enough enough, int patience_ms) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (end_ == socket_end::open && !enough(std::string_view(received_))) {
      const auto left =
          std::chrono::duration_cast<std::chrono::microseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) break;
      receive_once(left.count());
    }
    return std::exchange(received_, {});
  }

  /// Everything up to the end of the connection, or what comes in that time.
  std::string receive_all(int patience_ms = 10'000) {
    return receive_until([](std::string_view) { return false; }, patience_ms);
  }

  /// One response with a Content-Length.
  std::string receive_response(int patience_ms = 10'000) {
    return receive_until(is_whole_response, patience_ms);
  }

  /// Whether `bytes` hold a head and as much body as it announces.
  static bool is_whole_response(std::string_view bytes) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t head = bytes.find("\r\n\r\n"), at = bytes.find(name);
    if (head == std::string_view::npos || at > head) return false;
    std::size_t length = 0;
    std::from_chars(bytes.data() + at + name.size(), bytes.data() + head, length);
    return bytes.size() >= head + 4 + length;
  }

 private:
  void receive_once(std::int64_t most_us) {
    const timeval patience{.tv_sec = most_us / 1'000'000, .tv_usec = most_us % 1'000'000};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char block[1 << 14];
    const ssize_t n = recv(fd_, block, sizeof block, 0);
    if (n > 0) {
      received_.append(block, static_cast<std::size_t>(n));
    } else if (n == 0) {
      end_ = socket_end::closed;
    } else if (errno != EAGAIN && errno != EINTR) {
      end_ = socket_end::reset;
    }
  }

  int fd_;
  bool connected_ = false;
  std::string received_;
  socket_end end_ = socket_end::open;
};

/// What follows the head of a response.
inline std::string body_of(std::string_view response) {
  const std::size_t head = response.find("\r\n\r\n");
  return std::string(head == std::string_view::npos ? std::string_view{} : response.substr(head + 4));
}

}  // namespace model_server
