// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion_json.hpp>
#include <evalpp/judge/request.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge {

namespace detail {

/// A text in a form that shows where the fence stood and not what it was: each piece with its length before
/// it.
inline std::string without_fence(std::string_view text, std::string_view fence) {
  std::string pieces;
  while (true) {
    const std::size_t at = fence.empty() ? std::string_view::npos : text.find(fence);
    const std::string_view piece = text.substr(0, at);
    pieces += std::to_string(piece.size());
    pieces += ':';
    pieces += piece;
    if (at == std::string_view::npos) return pieces;
    text.remove_prefix(at + fence.size());
  }
}

}  // namespace detail

/// What tells a request from every other whose answer may differ: SHA-256, in 64 hexadecimal digits, over the
/// model, where it is asked (`base_url`, or whatever else names the server), the messages with the fence left
/// out, the schema, the sampling and the number of the sample. Equal requests have equal keys in every run
/// and version: recordings and journals rest on it.
inline std::string request_key(const request& asked, std::string_view base_url) {
  request shown = asked;
  shown.fence.clear();
  for (message& m : shown.messages) m.content = detail::without_fence(m.content, asked.fence);
  std::string text;
  json::writer out(text);
  out.begin_object();
  detail::write_text(out, "base_url", base_url);
  write_request(out.key("request"), shown);
  out.end_object();
  return evalpp::detail::sha256_hex(text);
}

}  // namespace evalpp::inline EVALPP_ABI::judge
