// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>

// UTF-8 that may hold surrogates as code points of their own ("WTF-8"), because JSON text can.
namespace evalpp::inline EVALPP_ABI::json::detail {

/// A code point, or one byte that is part of none.
struct code_point_step {
  std::uint32_t code_point = 0;
  std::uint32_t length = 1;
  bool valid = true;
};

/// Precondition: first != last.
inline code_point_step decode_code_point(const char* first, const char* last) noexcept {
  const auto byte = [first](int i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(first[i]));
  };
  // A surrogate is what the strict decoder refuses although its bytes have the right form.
  if (byte(0) == 0xED && last - first >= 3 && byte(1) >= 0xA0 && byte(1) <= 0xBF &&
      (byte(2) & 0xC0) == 0x80) {
    return {0xD000 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3, true};
  }
  const text::utf8_step step = text::decode_utf8(first, last);
  if (!step.well_formed) return {0, 1, false};
  return {static_cast<std::uint32_t>(step.code_point), step.length, true};
}

/// The code point that ends before `last`. Precondition: first != last.
inline code_point_step decode_code_point_before(const char* first, const char* last) noexcept {
  const char* begin = last - 1;
  for (int i = 0; i < 3 && begin != first && (static_cast<unsigned char>(*begin) & 0xC0U) == 0x80U; ++i)
    --begin;
  const code_point_step step = decode_code_point(begin, last);
  return step.valid && begin + step.length == last ? step : code_point_step{0, 1, false};
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
