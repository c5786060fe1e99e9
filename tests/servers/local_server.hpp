// SPDX-License-Identifier: MIT
#pragma once

#include "raw_socket.hpp"

#include <evalpp/json/parse.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace model_server {

/// The misbehaving model server, file EVALPP_MISBEHAVING_SERVER, as a process of its own for as long as this
/// object lives. What its modes mean: misbehaving_server.cpp.
///
///     local_server server;
///     ASSERT_TRUE(server.running());
///     ask(server.url("times=2,429,retry-after=1"));
///     EXPECT_EQ(server.count("requests"), 3);
class local_server {
 public:
  explicit local_server(std::vector<std::string> arguments = {},
                        const std::string& program = EVALPP_MISBEHAVING_SERVER) {
    // No other child may hold these: the server lives until the last copy of its standard input is closed.
    int in[2], out[2];
    if (pipe2(in, O_CLOEXEC) != 0) return;
    if (pipe2(out, O_CLOEXEC) != 0) {
      close(in[0]);
      close(in[1]);
      return;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    arguments.insert(arguments.begin(), program);
    std::vector<char*> words;
    for (std::string& each : arguments) words.push_back(each.data());
    words.push_back(nullptr);
    if (posix_spawn(&child_, program.c_str(), &actions, nullptr, words.data(), environ) != 0) child_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    stdin_ = in[1];
    read_port(out[0]);
    close(out[0]);
  }
  ~local_server() {
    if (stdin_ >= 0) close(stdin_);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  local_server(const local_server&) = delete;
  local_server& operator=(const local_server&) = delete;

  bool running() const { return port_ != 0; }
  std::uint16_t port() const { return port_; }

  /// The base URL with that behaviour.
  std::string url(std::string_view mode = "ok") const {
    std::string out = "http://127.0.0.1:" + std::to_string(port_) + '/';
    out += mode;
    return out += "/v1";
  }

  /// The body of the answer to a GET; empty when there is none.
  std::string get(std::string_view path) const { return ask("GET", path); }

  /// A member of /stats: requests, connections, max_in_flight, bodies, repeated; -1 when there is none.
  std::int64_t count(std::string_view name) const {
    const auto stats = evalpp::json::parse(get("/stats"));
    return stats ? stats->root()[name].as_int64().value_or(-1) : -1;
  }

  /// Forgets what has been counted.
  void reset() const { ask("POST", "/reset"); }

 private:
  std::string ask(std::string_view method, std::string_view path) const {
    raw_socket socket(port_);
    std::string request(method);
    request += ' ';
    request += path;
    request += " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n";
    return socket.send_all(request) ? body_of(socket.receive_response()) : std::string{};
  }

  void read_port(int fd) {
    std::string line;
    for (char c = 0; read(fd, &c, 1) == 1 && c != '\n';) line += c;
    constexpr std::string_view says = "listening ";
    if (line.starts_with(says)) std::from_chars(line.data() + says.size(), line.data() + line.size(), port_);
  }

  pid_t child_ = -1;
  int stdin_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace model_server
