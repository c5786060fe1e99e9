// SPDX-License-Identifier: MIT
#pragma once

#include "http_request.hpp"
#include "reply.hpp"
#include "words.hpp"

#include <evalpp/json/write.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace model_server {

/// What the model has been asked, counted.
class tally {
 public:
  /// How often the same body came to the same path before, and the how-manieth request of that path this is.
  std::pair<std::size_t, std::size_t> note(const http_request& request, std::string_view bytes,
                                           std::uint64_t connection) {
    ++requests_;
    connections_.insert(connection);
    last_.assign(bytes.substr(0, request.size));
    ++in_flight_;
    most_in_flight_ = (std::max)(most_in_flight_, in_flight_);
    const std::uint64_t path = hash_of(request.path);
    return {bodies_[hash_of(request.body, path)]++, ++paths_[path]};
  }
  void end_request() { --in_flight_; }
  void forget() {
    const std::size_t in_flight = in_flight_;
    *this = {};
    in_flight_ = most_in_flight_ = in_flight;
  }

  std::string stats() const {
    std::string text;
    json::writer out(text);
    out.begin_object().member("requests", requests_).member("connections", connections_.size());
    out.member("max_in_flight", most_in_flight_).member("bodies", bodies_.size());
    out.member("repeated", requests_ - bodies_.size()).end_object();
    return text;
  }

  std::string last() const {
    const request_reading read = read_request(last_);
    std::string text;
    json::writer out(text);
    out.begin_object().member("path", read.request.path).key("headers").begin_object();
    for (const auto& [name, value] : read.request.headers) {
      std::string lower;
      for (const char c : name) lower += evalpp::text::lower_ascii(c);
      out.member(lower, value);
    }
    out.end_object().member("body", read.request.body).end_object();
    return text;
  }

 private:
  std::size_t requests_ = 0, in_flight_ = 0, most_in_flight_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> bodies_, paths_;
  std::unordered_set<std::uint64_t> connections_;  // that carried a question
  std::string last_;
};

/// Behaves: from a request to a reply.
class model {
 public:
  explicit model(std::uint64_t latency_ms) : latency_ms_(latency_ms) {}

  tally& counts() { return counts_; }

  /// Also whether it was a question to the model, and so is counted until `end_request`.
  std::pair<reply, bool> answer(const http_request& request, std::string_view bytes,
                                std::uint64_t connection) {
    const std::string_view path = request.path;
    if (path == "/stats") return {plain_reply(200, "application/json", counts_.stats()), false};
    if (path == "/last") return {plain_reply(200, "application/json", counts_.last()), false};
    if (path == "/reset") {
      counts_.forget();
      return {plain_reply(200, "application/json", "{}"), false};
    }
    const std::size_t end = path.find("/v1/", 1);
    const auto form = end == std::string_view::npos ? std::nullopt : dialect_of(path.substr(end + 4));
    if (!form || request.method != "POST")
      return {plain_reply(404, "text/plain", "there is nothing here"), false};
    const mode& how = mode_of(path.substr(1, end - 1));
    if (!how.fault().empty()) return {plain_reply(418, "text/plain", "no such word: " + how.fault()), false};
    const auto [seen, nth] = counts_.note(request, bytes, connection);
    reply out = reply_to(*form, request, how.at(seen, nth));
    out.delay_ms += latency_ms_;
    return {std::move(out), true};
  }

 private:
  static std::optional<dialect> dialect_of(std::string_view path) {
    if (path == "chat/completions") return dialect::chat;
    if (path == "responses") return dialect::responses;
    if (path == "messages") return dialect::messages;
    return std::nullopt;
  }
  const mode& mode_of(std::string_view text) {
    const auto [found, is_new] = modes_.try_emplace(std::string(text));
    if (is_new) found->second = mode(text);
    return found->second;
  }

  std::uint64_t latency_ms_;
  tally counts_;
  std::unordered_map<std::string, mode> modes_;
};

}  // namespace model_server
