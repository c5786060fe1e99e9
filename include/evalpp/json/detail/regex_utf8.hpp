// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>

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
EVALPP_ALWAYS_INLINE constexpr code_point_step decode_code_point(const char* first,
                                                                 const char* last) noexcept {
  const auto byte = [first](int i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(first[i]));
  };
  const auto continues = [byte](int i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint32_t lead = byte(0);
  const std::ptrdiff_t left = last - first;
  if (lead < 0x80) return {lead, 1, true};
  if (lead < 0xE0) {
    const std::uint32_t c = (lead & 0x1F) << 6;
    if (lead >= 0xC2 && left >= 2 && continues(1)) return {c | (byte(1) & 0x3F), 2, true};
  } else if (lead < 0xF0) {
    if (left < 3 || !continues(1) || !continues(2)) return {0, 1, false};
    const std::uint32_t c = (lead & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (c >= 0x800) return {c, 3, true};
  } else if (lead < 0xF5 && left >= 4 && continues(1) && continues(2) && continues(3)) {
    const std::uint32_t high = (lead & 7) << 18 | (byte(1) & 0x3F) << 12;
    const std::uint32_t c = high | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    if (c >= 0x10000 && c <= 0x10FFFF) return {c, 4, true};
  }
  return {0, 1, false};
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
