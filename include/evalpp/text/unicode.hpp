// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/detail/unicode_tables.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

// The properties of code points that tokenizers and normalizers ask for, as generated tables. See
// whitespace.hpp for `is_whitespace`.
namespace evalpp::inline EVALPP_ABI::text {

/// The version of the Unicode character database behind every property here. It is part of what
/// makes scores comparable: `intl` depends on it, lower-casing is the same in 14.0 and 15.0.
inline constexpr std::string_view unicode_version = detail::unicode_table_version;

/// The first letter of the general category.
enum class category_group : std::uint8_t { other, letter, mark, number, punctuation, symbol };

namespace detail {

inline constexpr std::uint8_t unicode_group_mask = 7;
inline constexpr std::uint8_t unicode_cased = 8;
inline constexpr std::uint8_t unicode_case_ignorable = 16;
inline constexpr std::uint8_t unicode_unspaced = 32;

constexpr std::uint8_t unicode_class(char32_t c) noexcept {
  if (c >= unicode_table_end) return 0;
  constexpr char32_t mask = (char32_t{1} << unicode_block_shift) - 1;
  const char32_t block = unicode_blocks[c >> unicode_block_shift];
  return unicode_classes[block << unicode_block_shift | (c & mask)];
}

constexpr std::uint8_t unicode_flags(char32_t c) noexcept { return unicode_class_flags[unicode_class(c)]; }

}  // namespace detail

constexpr category_group category_group_of(char32_t c) noexcept {
  return static_cast<category_group>(detail::unicode_flags(c) & detail::unicode_group_mask);
}

/// General category L.
constexpr bool is_letter(char32_t c) noexcept { return category_group_of(c) == category_group::letter; }
/// General category M.
constexpr bool is_mark(char32_t c) noexcept { return category_group_of(c) == category_group::mark; }
/// General category N.
constexpr bool is_number(char32_t c) noexcept { return category_group_of(c) == category_group::number; }
/// General category P.
constexpr bool is_punctuation(char32_t c) noexcept {
  return category_group_of(c) == category_group::punctuation;
}
/// General category S.
constexpr bool is_symbol(char32_t c) noexcept { return category_group_of(c) == category_group::symbol; }
/// Python's `str.isalnum()`: general category L or N.
constexpr bool is_alphanumeric(char32_t c) noexcept { return is_letter(c) || is_number(c); }

/// The derived properties Cased and Case_Ignorable; a character can be both.
constexpr bool is_cased(char32_t c) noexcept {
  return (detail::unicode_flags(c) & detail::unicode_cased) != 0;
}
constexpr bool is_case_ignorable(char32_t c) noexcept {
  return (detail::unicode_flags(c) & detail::unicode_case_ignorable) != 0;
}

/// Letters and numbers of scripts that put no spaces between words: Han, Hiragana and Katakana, and
/// those whose lines break only with a dictionary (Thai, Lao, Khmer, Myanmar and their kin).
constexpr bool is_unspaced(char32_t c) noexcept {
  return (detail::unicode_flags(c) & detail::unicode_unspaced) != 0;
}

/// The simple lower-case form, which depends on nothing but `c`. See lowercase.hpp for text.
constexpr char32_t simple_lower(char32_t c) noexcept {
  return static_cast<char32_t>(static_cast<std::int32_t>(c) +
                               detail::unicode_class_lower[detail::unicode_class(c)]);
}

/// The most code points that one folds to.
inline constexpr std::size_t max_fold = 3;

/// Full case folding (Unicode's `toCasefold`, Python's `str.casefold()`), which depends on nothing but
/// `c`: writes the one to three code points to `out` and returns their number. Texts that differ only
/// in case fold to the same: "Straße" and "STRASSE", "Σ", "σ" and "ς".
constexpr std::size_t fold_case(char32_t c, char32_t* out) noexcept {
  out[0] = simple_lower(c);
  if (c < 0x80) return 1;
  constexpr std::size_t row = 1 + max_fold;
  std::size_t first = 0;
  std::size_t last = std::size(detail::unicode_folds) / row;
  while (first != last) {
    const std::size_t middle = (first + last) / 2;
    if (detail::unicode_folds[row * middle] < c) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  const std::uint16_t* const found = detail::unicode_folds + row * first;
  if (row * first == std::size(detail::unicode_folds) || found[0] != c) return 1;
  std::size_t size = 0;
  while (size < max_fold && found[1 + size] != 0) {
    out[size] = found[1 + size];
    ++size;
  }
  return size;
}

}  // namespace evalpp::inline EVALPP_ABI::text
