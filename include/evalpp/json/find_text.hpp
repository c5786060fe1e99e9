// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// A part of a text, in bytes.
struct text_span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

namespace detail {

/// Stands at the beginning of a value in a text and steps into it.
class text_walk {
 public:
  explicit text_walk(std::string_view text) : text_(text), at_(skip_space(0)) {}

  std::size_t at() const { return at_; }

  /// Goes behind the value that begins here.
  bool read(value& out) {
    std::size_t length = 0;
    if (!parser_.parse_prefix(text_.substr(at_), out, length)) return false;
    at_ += length;
    return true;
  }

  /// Goes to the beginning of a member or an element of the value that begins here.
  bool step_into(const std::string& token) {
    const char open = at_ < text_.size() ? text_[at_] : ' ';
    if (open != '{' && open != '[') return false;
    const std::optional<std::size_t> wanted = open == '[' ? pointer_index(token) : std::nullopt;
    if (open == '[' && !wanted) return false;
    ++at_;
    for (std::size_t i = 0;; ++i) {
      at_ = skip_space(at_);
      bool here = wanted == i;
      value passed;
      if (open == '{') {
        if (!read(passed)) return false;
        here = passed.as_string() == token;
        at_ = skip_space(skip_space(at_) + 1);  // over the colon
      }
      if (here) return at_ < text_.size();
      if (!read(passed)) return false;
      at_ = skip_space(at_);
      if (at_ >= text_.size() || text_[at_] != ',') return false;
      ++at_;
    }
  }

 private:
  std::size_t skip_space(std::size_t at) const {
    return (std::min)(text_.find_first_not_of(" \t\r\n", at), text_.size());
  }

  std::string_view text_;
  std::size_t at_;
  parser parser_;
};

}  // namespace detail

/// Where the value that a JSON Pointer leads to stands in a JSON text, for messages; nothing when there is
/// none. Of a key that an object has twice the first. Linear in the text, for each level of the pointer.
inline std::optional<text_span> find_text(std::string_view text, std::string_view pointer) {
  const auto tokens = parse_pointer(pointer);
  if (!tokens) return std::nullopt;
  detail::text_walk here(text);
  for (const std::string& token : *tokens)
    if (!here.step_into(token)) return std::nullopt;
  text_span found{here.at(), 0};
  value passed;
  if (!here.read(passed)) return std::nullopt;
  found.end = here.at();
  return found;
}

/// Gives an error of what a JSON Pointer leads to its place in the text: offset, line and column of the
/// value, or of the nearest one around it where it is missing. Without a place in what is no JSON.
inline evalpp::error at_pointer(evalpp::error e, std::string_view text, std::string_view pointer) {
  auto found = find_text(text, pointer);
  while (!found && !pointer.empty()) {
    const std::size_t slash = pointer.rfind('/');
    pointer = pointer.substr(0, slash == std::string_view::npos ? 0 : slash);
    found = find_text(text, pointer);
  }
  if (!found) return e;
  const detail::position place = detail::locate(text, found->begin);
  e.offset = found->begin;
  e.line = place.line;
  e.column = place.column;
  return e;
}

}  // namespace evalpp::inline EVALPP_ABI::json
