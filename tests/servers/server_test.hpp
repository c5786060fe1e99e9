// SPDX-License-Identifier: MIT
#pragma once

// Asks the misbehaving server by hand and takes apart what comes back.

#include "servers/http_request.hpp"
#include "servers/local_server.hpp"
#include "servers/raw_socket.hpp"

#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace model_server {

namespace json = evalpp::json;

/// What the verdict of `chat` shall be like.
inline constexpr std::string_view verdict_schema =
    R"({"type":"object","additionalProperties":false,"required":["reason","score","good"],"properties":{)"
    R"("reason":{"type":"string"},"score":{"type":"integer","enum":[1,2,3,4,5]},"good":{"type":"boolean"}}})";

/// The body of a question; `more` are members in JSON, each behind a comma.
inline std::string chat(std::string_view message = "hello", std::string_view more = {}) {
  std::string out = R"({"model":"judge-1","messages":[{"role":"user","content":")";
  out.append(message).append(
      R"("}],"response_format":{"type":"json_schema","json_schema":{"name":"v","schema":)");
  return out.append(verdict_schema).append("}}").append(more).append("}");
}

struct response {
  int status = 0;
  std::string head = {}, body = {};
  socket_end end = socket_end::open;
  json::document document = {};

  /// The value of a header; "(none)" when it is not there.
  std::string header(std::string_view name) const {
    for (std::size_t at = 0; (at = head.find("\r\n", at)) + 2 < head.size();) {
      at += 2;
      const std::string_view line = std::string_view(head).substr(at, head.find("\r\n", at) - at);
      const std::size_t colon = line.find(": ");
      if (same_name(line.substr(0, colon), name)) return std::string(line.substr(colon + 2));
    }
    return "(none)";
  }
  /// The body; absent when it is no JSON.
  json::value root() const& { return document.root(); }
  json::value root() const&& = delete;
  /// What the first choice of a chat completion says; "(none)" when it says nothing.
  std::string content() const {
    return std::string(document.root()["choices"][0]["message"]["content"].as_string().value_or("(none)"));
  }
  std::string finish_reason() const {
    return std::string(document.root()["choices"][0]["finish_reason"].as_string().value_or("(none)"));
  }
};

inline response split(std::string_view bytes, socket_end end) {
  response out{.end = end};
  const std::size_t head = bytes.find("\r\n\r\n");
  out.head = bytes.substr(0, head == bytes.npos ? head : head + 2);
  out.body = body_of(bytes);
  if (bytes.starts_with("HTTP/1.1 "))
    out.status = static_cast<int>(whole_number(bytes.substr(9, 3)).value_or(0));
  auto parsed = json::parse(out.body, {.surrogates = json::lone_surrogates::replace});
  if (parsed) out.document = std::move(*parsed);
  return out;
}

/// A POST as a client sends it.
inline std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
  std::string out = "POST ";
  out.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n").append(headers);
  out.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
  return out.append(body);
}

class misbehaving_server : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(server.running()); }

  static std::string path(std::string_view mode, std::string_view endpoint = "chat/completions") {
    std::string out = "/";
    return out.append(mode).append("/v1/").append(endpoint);
  }
  raw_socket sent(std::string_view bytes) const {
    raw_socket socket(server.port());
    EXPECT_TRUE(socket.connected() && socket.send_all(bytes));
    return socket;
  }
  /// A response with a length, whole or cut by the end of the connection.
  response ask(std::string_view mode, std::string_view body = chat(),
               std::string_view endpoint = "chat/completions") const {
    return receive(sent(post(path(mode, endpoint), body)));
  }
  static response receive(raw_socket&& socket) {
    const std::string bytes = socket.receive_response();
    return split(bytes, socket.end());
  }
  /// All that comes up to the end of the connection, or in that time.
  response all(std::string_view mode, int patience_ms = 10'000) const {
    raw_socket socket = sent(post(path(mode), chat()));
    const std::string bytes = socket.receive_all(patience_ms);
    return split(bytes, socket.end());
  }

  /// Whether so many questions come within ten seconds.
  bool has_been_asked(std::size_t times) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (server.count("requests") < static_cast<std::int64_t>(times))
      if (std::chrono::steady_clock::now() > until) return false;
    return true;
  }

  local_server server;
};

}  // namespace model_server
