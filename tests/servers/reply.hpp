// SPDX-License-Identifier: MIT
#pragma once

// From a request and the words that hold for it to the bytes that go out, and how they go.

#include "completion_body.hpp"
#include "http_request.hpp"
#include "words.hpp"

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace model_server {

/// What happens to the connection when the bytes have gone.
enum class ending : std::uint8_t {
  keep,   ///< it waits for the next request
  close,  ///< it is closed
  drain,  ///< no more is sent, and what still comes is thrown away: a refused request is read to its end
  reset,  ///< it is closed by a reset
  hang    ///< it stays open and nothing comes
};

struct reply {
  std::string bytes = {};
  ending end = ending::keep;
  std::uint64_t delay_ms = 0;
  std::uint64_t bytes_per_second = 0;  ///< 0: as fast as it goes
};

inline std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 529:
      return "Overloaded";
    default:
      return "Status";
  }
}

/// An instant in the form of HTTP: "Sun, 06 Nov 1994 08:49:37 GMT".
inline std::string http_date(std::time_t when) {
  std::tm parts{};
  gmtime_r(&when, &parts);
  char text[40];
  return {text,
          std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};  // the C locale holds here
}

namespace detail {

inline void add_header(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

/// The chunked form of a body, `size` bytes a chunk.
inline std::string in_chunks(std::string_view body, std::size_t size) {
  std::string out;
  while (!body.empty()) {
    const std::string_view chunk = body.substr(0, size);
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, chunk.size(), 16).ptr);
    out += "\r\n";
    out += chunk;
    out += "\r\n";
    body.remove_prefix(chunk.size());
  }
  return out += "0\r\n\r\n";
}

struct content {
  std::string type = "application/json";
  std::string body = {};
};

inline std::string_view error_type(int status, std::string_view code) {
  if (code == "insufficient_quota") return "insufficient_quota";
  switch (status) {
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 404:
      return "not_found_error";
    case 429:
      return "rate_limit_error";
    case 529:
      return "overloaded_error";
    default:
      return status < 500 ? "invalid_request_error" : "server_error";
  }
}

/// The body of an error in the form that `error=` names, else in that of the dialect.
inline content error_content(dialect form, int status, std::string_view code, const words& how) {
  const std::string message = "the server was told to answer " + std::to_string(status);
  const std::string_view type = error_type(status, code), shape = how.value("error");
  content out;
  if (shape == "plain") return {"text/plain", message};
  if (shape == "html") return {"text/html", "<html><body><h1>" + message + "</h1></body></html>"};
  if (shape == "empty") return {"text/plain", ""};
  json::writer json(out.body);
  json.begin_object();
  if (shape == "ollama") {
    json.member("error", message);
  } else if (shape == "tgi") {
    json.member("error", message).member("error_type", status == 429 ? "overloaded" : "validation");
  } else if (form == dialect::messages) {
    json.member("type", "error").key("error").begin_object().member("type", type).member("message", message);
    json.end_object().member("request_id", "req_1");
  } else {
    json.key("error").begin_object().member("message", message).member("type", type).member("param", nullptr);
    json.key("code");
    if (code.empty()) {
      json.value(nullptr);
    } else {
      json.value(code);
    }
    json.end_object();
  }
  json.end_object();
  return out;
}

/// The code of an error: `400=context_length_exceeded` says it, some have their own.
inline std::string_view error_code(int status, const word* given) {
  if (given != nullptr && !given->value.empty()) return given->value;
  if (status == 429) return "rate_limit_exceeded";
  if (status == 401) return "invalid_api_key";
  return {};
}

inline std::string head_of(int status, std::string_view type, const words& how) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + ' ';
  head += reason_phrase(status);
  head += "\r\n";
  add_header(head, "Content-Type", type);
  for (const std::string_view name : {"retry-after", "retry-after-ms"})
    if (how.has(name)) add_header(head, name, how.value(name));
  if (how.has("retry-after-date")) {
    const auto seconds = static_cast<std::time_t>(how.number("retry-after-date", 0));
    add_header(head, "retry-after", http_date(std::time(nullptr) + seconds));
  }
  if (how.has("reset")) add_header(head, "x-ratelimit-reset-requests", how.value("reset"));
  if (how.has("should-retry")) add_header(head, "x-should-retry", how.value("should-retry"));
  if (how.has("redirect")) add_header(head, "Location", "/ok/v1/chat/completions");
  return head;
}

}  // namespace detail

/// An answer without misbehaviour.
inline reply plain_reply(int status, std::string_view type, std::string_view body,
                         ending end = ending::keep) {
  reply out{.bytes = detail::head_of(status, type, {}), .end = end};
  detail::add_header(out.bytes, "Content-Length", std::to_string(body.size()));
  if (end != ending::keep) detail::add_header(out.bytes, "Connection", "close");
  out.bytes += "\r\n";
  out.bytes += body;
  return out;
}

/// The answer to a question to the model.
inline reply reply_to(dialect form, const http_request& request, const words& how) {
  reply out{.delay_ms = how.number("latency", 0), .bytes_per_second = how.number("slow", 0)};
  const ending broken = how.has("rst") ? ending::reset : how.has("hang") ? ending::hang : ending::close;
  out.end = how.has("conn-close") || !request.keeps_alive() ? ending::close : ending::keep;
  const bool in_part = how.has("cut") || how.has("half-header");
  if (!in_part && (how.has("rst") || how.has("hang") || how.has("close"))) {
    out.end = broken;
    return out;
  }

  const word* const given = how.status();
  int status = how.has("redirect") ? 302 : 200;
  if (given != nullptr) status = static_cast<int>(*whole_number(given->name));
  detail::content content;
  if (status >= 400 || how.has("error-200")) {
    // The error that the body tells of; a status 200 does not betray it.
    const int told = status >= 400 ? status : static_cast<int>(how.number("error-200", 400));
    content = detail::error_content(form, told, detail::error_code(told, given), how);
  } else if (how.has("html")) {
    content = {"text/html", "<html><body><h1>Please sign in to this network</h1></body></html>"};
  } else if (how.has("no-json")) {
    content.body = "upstream connect error or disconnect before headers";
  } else {
    content.body = completion_body(form, request.body, how);
  }

  out.bytes = detail::head_of(status, content.type, how);
  if (how.has("chunked")) {
    detail::add_header(out.bytes, "Transfer-Encoding", "chunked");
    content.body = detail::in_chunks(content.body, (std::max<std::size_t>)(how.number("chunked", 100), 1));
  } else {
    detail::add_header(out.bytes, "Content-Length", std::to_string(content.body.size()));
  }
  if (out.end != ending::keep) detail::add_header(out.bytes, "Connection", "close");
  out.bytes += "\r\n";
  if (how.has("half-header"))
    out.bytes.resize(out.bytes.find("Content-Type") + 9);
  else if (how.has("cut"))
    content.body.resize(
        std::min<std::size_t>(how.number("cut", content.body.size() / 2), content.body.size()));
  if (!how.has("half-header")) out.bytes += content.body;
  if (in_part) out.end = broken;
  return out;
}

}  // namespace model_server
