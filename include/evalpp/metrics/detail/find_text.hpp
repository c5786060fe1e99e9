// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Whether `needle` occurs in `text`, in time linear in both: `find` alone is quadratic on text such
/// as "aaa...a" and "aa...ab" (Knuth, Morris and Pratt 1977).
inline bool contains_text(std::string_view text, std::string_view needle, std::vector<std::size_t>& borders) {
  constexpr std::size_t short_needle = 32;
  if (needle.size() <= short_needle) return text.find(needle) != std::string_view::npos;
  if (needle.size() > text.size()) return false;

  // borders[k]: the length of the longest proper prefix of needle[0..k] that is also its suffix.
  borders.resize(needle.size());
  borders[0] = 0;
  for (std::size_t k = 1, matched = 0; k < needle.size(); ++k) {
    while (matched != 0 && needle[k] != needle[matched]) matched = borders[matched - 1];
    if (needle[k] == needle[matched]) ++matched;
    borders[k] = matched;
  }
  std::size_t matched = 0;
  for (const char c : text) {
    while (matched != 0 && c != needle[matched]) matched = borders[matched - 1];
    if (c == needle[matched] && ++matched == needle.size()) return true;
  }
  return false;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
