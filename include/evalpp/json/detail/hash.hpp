// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fold.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::uint64_t hash_seed = 0x9e3779b97f4a7c15U;

constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) noexcept {
  return evalpp::detail::fold(hash ^ word, 0xd6e8feb86659fd93U) + 0x2545f4914f6cdd1dU;
}

/// Whether two texts are equal: for keys, too short for a call of memcmp.
inline bool same_bytes(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  if (a.size() < 8) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }
  const auto differ = [&](std::size_t at) {
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    std::memcpy(&left, a.data() + at, 8);
    std::memcpy(&right, b.data() + at, 8);
    return left != right;
  };
  for (std::size_t at = 0; at + 8 < a.size(); at += 8) {
    if (differ(at)) return false;
  }
  return !differ(a.size() - 8);
}

/// Of bytes; eight at a time, the last eight may overlap. Depends on the byte order and is never stored.
inline std::uint64_t hash_bytes(std::string_view text) noexcept {
  std::uint64_t hash = hash_seed * (2 * static_cast<std::uint64_t>(text.size()) + 1);
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t word = 0;
  if (left >= 8) {
    for (; left > 8; left -= 8, at += 8) {
      std::memcpy(&word, at, 8);
      hash = mix(hash, word);
    }
    std::memcpy(&word, text.data() + text.size() - 8, 8);
  } else if (left >= 4) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + left - 4, 4);
    word = static_cast<std::uint64_t>(high) << 32 | low;
  } else if (left != 0) {
    const auto byte = [at](std::size_t i) {
      return static_cast<std::uint64_t>(static_cast<unsigned char>(at[i]));
    };
    word = byte(0) | byte(left / 2) << 8 | byte(left - 1) << 16;
  }
  return mix(hash, word);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
