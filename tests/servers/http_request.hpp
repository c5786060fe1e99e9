// SPDX-License-Identifier: MIT
#pragma once

#include "words.hpp"

#include <evalpp/text/ascii.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model_server {

inline bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return evalpp::text::lower_ascii(x) == evalpp::text::lower_ascii(y);
  });
}

/// One HTTP/1.1 request; points into the bytes that it was read from.
struct http_request {
  std::string_view method, path, version;
  std::vector<std::pair<std::string_view, std::string_view>> headers = {};
  std::string_view body = {};
  std::size_t size = 0;  ///< bytes that it took, of head and body

  std::optional<std::string_view> header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (same_name(key, name)) return value;
    return std::nullopt;
  }
  bool keeps_alive() const {
    return version == "HTTP/1.1" && !same_name(header("connection").value_or(""), "close");
  }
};

/// What the first bytes of a connection are: a request, the beginning of one, or nothing that is served,
/// which `refused` says as a status.
struct request_reading {
  http_request request = {};
  bool whole = false;
  int refused = 0;
  bool wants_continue = false;  ///< the client waits for "100 Continue" before it sends the body
};

inline request_reading read_request(std::string_view bytes) {
  constexpr std::size_t most_head = 64 << 10, most_body = 64 << 20;
  request_reading out;
  const auto refuse = [&](int status) {
    out.refused = status;
    return out;
  };
  const std::size_t head = bytes.find("\r\n\r\n");
  if ((std::min)(head, bytes.size()) > most_head) return refuse(431);
  if (head == std::string_view::npos) return out;

  http_request& request = out.request;
  std::string_view lines = bytes.substr(0, head + 2);
  const auto next_line = [&] {
    const std::size_t end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 2);
    return line;
  };
  const std::string_view first = next_line();
  const std::size_t a = first.find(' '), b = first.rfind(' ');
  if (a == std::string_view::npos || a == b) return refuse(400);
  request.method = first.substr(0, a);
  request.path = first.substr(a + 1, b - a - 1);
  request.version = first.substr(b + 1);
  if (!request.version.starts_with("HTTP/1.")) return refuse(505);
  while (!lines.empty()) {
    const std::string_view line = next_line();
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return refuse(400);
    const std::size_t begin = (std::min)(line.find_first_not_of(" \t", colon + 1), line.size());
    request.headers.emplace_back(line.substr(0, colon), line.substr(begin));
  }
  if (request.header("transfer-encoding")) return refuse(411);
  const auto length = whole_number(request.header("content-length").value_or("0"));
  if (!length) return refuse(400);
  if (*length > most_body) return refuse(413);
  request.size = head + 4 + static_cast<std::size_t>(*length);
  out.whole = bytes.size() >= request.size;
  if (out.whole) {
    request.body = bytes.substr(head + 4, static_cast<std::size_t>(*length));
  } else {
    out.wants_continue = same_name(request.header("expect").value_or(""), "100-continue");
  }
  return out;
}

}  // namespace model_server
