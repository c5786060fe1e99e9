// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/write.hpp>

#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Whether a key reads back from a path as it is.
inline bool is_plain_key(std::string_view key) {
  if (key.empty() || key == "$") return false;
  for (const char c : key) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '.' || c == '[' || c == ']' || c == '"') return false;
  }
  return true;
}

/// Appends a key to a path: `.price`, or `["a b"]` when it would not read back.
inline void append_path(std::string& path, std::string_view key) {
  if (is_plain_key(key)) {
    if (!path.empty()) path += '.';
    path += key;
  } else {
    path += '[';
    writer(path).value(key);
    path += ']';
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
