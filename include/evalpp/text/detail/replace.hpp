// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text::detail {

// Replaces every occurrence of `from`, left to right, by the shorter `to`, in the buffer's text:
// Python's `str.replace`.
inline void replace_all(token_buffer& out, std::string_view from, std::string_view to) {
  const std::string_view text = out.bytes();
  std::size_t found = text.find(from);
  if (found == std::string_view::npos) return;
  char* const data = out.data();
  std::size_t read = 0;
  std::size_t write = 0;
  const auto keep_until = [&](std::size_t end) {
    std::memmove(data + write, data + read, end - read);
    write += end - read;
  };
  while (found != std::string_view::npos) {
    // What lies behind `found` is still as it was: the writing never overtakes the reading.
    keep_until(found);
    for (const char c : to) data[write++] = c;
    read = found + from.size();
    found = text.find(from, read);
  }
  keep_until(text.size());
  out.close(write);
}

// The four XML entities as sacreBLEU decodes them, one after the other: "&amp;lt;" becomes "<".
inline void decode_entities(token_buffer& out) {
  replace_all(out, "&quot;", "\"");
  replace_all(out, "&amp;", "&");
  replace_all(out, "&lt;", "<");
  replace_all(out, "&gt;", ">");
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail
