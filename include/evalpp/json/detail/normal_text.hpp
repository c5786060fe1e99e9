// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/instant.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What is done to strings before they are compared.
struct text_rules {
  bool trim = false;
  bool casefold = false;
  bool collapse_spaces = false;
  bool instants = false;

  bool any() const { return trim || casefold || collapse_spaces || instants; }
};

/// The text without white space at its ends.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const text::utf8_step step = text::decode_utf8(text.data(), text.data() + text.size());
    if (!text::is_whitespace(step.code_point)) break;
    text.remove_prefix(step.length);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    const text::utf8_step step = text::decode_utf8(text.data() + last, text.data() + text.size());
    if (!text::is_whitespace(step.code_point)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

/// Appends the text as the rules want it compared.
inline void append_normal(std::string_view text, text_rules rules, std::vector<char>& out) {
  if (rules.trim) text = trimmed(text);
  if (rules.instants && append_instant(text, out)) return;
  if (!rules.casefold && !rules.collapse_spaces) {
    out.insert(out.end(), text.begin(), text.end());
    return;
  }
  const char* const last = text.data() + text.size();
  bool in_space = false;
  for (const char* at = text.data(); at != last;) {
    const text::utf8_step step = text::decode_utf8(at, last);
    at += step.length;
    const bool is_space = rules.collapse_spaces && text::is_whitespace(step.code_point);
    if (is_space) {
      if (!in_space) out.push_back(' ');
    } else {
      char32_t folded[text::max_fold] = {step.code_point};
      const std::size_t size = rules.casefold ? text::fold_case(step.code_point, folded) : 1;
      for (std::size_t i = 0; i < size; ++i) {
        char bytes[text::max_utf8_length];
        out.insert(out.end(), bytes, bytes + text::encode_utf8(folded[i], bytes));
      }
    }
    in_space = is_space;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
