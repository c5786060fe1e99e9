// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/value.hpp>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// JSON Pointer, RFC 6901: "" is the whole document, "/a/0" element 0 of member "a"; in a token "~1" stands
// for "/" and "~0" for "~".

namespace evalpp::inline EVALPP_ABI::json {

/// Appends "/" and the escaped token.
inline void append_pointer(std::string& pointer, std::string_view token) {
  pointer += '/';
  for (const char c : token) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

inline void append_pointer(std::string& pointer, std::size_t index) {
  pointer += '/';
  pointer += std::to_string(index);
}

/// The index that a token means in an array: digits without a leading zero. Nothing for any other
/// token, "-" among them, which names no element that exists.
inline std::optional<std::size_t> pointer_index(std::string_view token) {
  if (token.empty() || (token.size() > 1 && token[0] == '0')) return std::nullopt;
  std::size_t index = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), index);
  if (read.ec != std::errc{} || read.ptr != token.data() + token.size()) return std::nullopt;
  return index;
}

/// The tokens of a pointer, unescaped; an error with the offset when it is none: it must be empty
/// or begin with "/", and "~" must be followed by "0" or "1".
inline result<std::vector<std::string>> parse_pointer(std::string_view text) {
  const auto refuse = [](std::string message, std::size_t offset) {
    return error{.code = error_code::syntax, .message = std::move(message), .offset = offset};
  };
  std::vector<std::string> tokens;
  if (!text.empty() && text[0] != '/') return refuse("a JSON Pointer is empty or begins with '/'", 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '/') {
      tokens.emplace_back();
    } else if (text[i] != '~') {
      tokens.back() += text[i];
    } else if (i + 1 < text.size() && (text[i + 1] == '0' || text[i + 1] == '1')) {
      tokens.back() += text[++i] == '0' ? '~' : '/';
    } else {
      return refuse("'~' in a JSON Pointer is written \"~0\"", i);
    }
  }
  return tokens;
}

/// One step of a pointer: a member, or an element when the token is an index; absent otherwise.
inline value step_into(value from, std::string_view token) {
  if (from.is_object()) return from.find(token);
  const auto index = pointer_index(token);
  return index ? from.at(*index) : value{};
}

/// What a pointer leads to; absent when there is nothing or the text is no pointer.
inline value resolve_pointer(value root, std::string_view pointer) {
  const auto tokens = parse_pointer(pointer);
  if (!tokens) return {};
  for (const std::string& token : *tokens) root = step_into(root, token);
  return root;
}

}  // namespace evalpp::inline EVALPP_ABI::json
