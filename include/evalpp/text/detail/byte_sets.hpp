// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Blocks of 64 bytes as masks: bit i of a mask tells something about byte i. Tokenizers find where
// tokens begin and end with a few operations on such masks, 64 bytes at a time.
namespace evalpp::inline EVALPP_ABI::text::detail {

inline constexpr std::size_t block_size = 64;

// Up to eight sets of bytes. Bit k of `of[c]` tells whether the byte c is in set k.
struct byte_sets {
  alignas(64) std::array<std::uint8_t, 256> of{};

  constexpr void add(unsigned set, std::string_view members) {
    for (const char c : members) of[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(1U << set);
  }
  constexpr void add_range(unsigned set, unsigned first, unsigned last) {
    for (unsigned c = first; c <= last; ++c) of[c] |= static_cast<std::uint8_t>(1U << set);
  }
};

// Of a block, the bytes that are in each of the sets.
struct block_masks {
  std::uint64_t set[8];
};

// Exchanges the bits of `a` that are not in `low` with those of `b` that are.
inline void swap_bits(std::uint64_t& a, std::uint64_t& b, unsigned distance, std::uint64_t low) noexcept {
  const std::uint64_t differ = ((a >> distance) ^ b) & low;
  b ^= differ;
  a ^= differ << distance;
}

// The 64 table entries, gathered so that byte g of word j belongs to byte 8g+j of the block, make
// eight 8x8 matrices of bits; transposing all of them at once gives the eight masks.
template <const byte_sets& Sets>
block_masks classify_block(const char* block) noexcept {
  const auto entry = [block](std::size_t i) {
    return std::uint64_t{Sets.of[static_cast<unsigned char>(block[i])]};
  };
  block_masks m;
  for (std::size_t j = 0; j < 8; ++j) {
    m.set[j] = entry(j) | entry(8 + j) << 8 | entry(16 + j) << 16 | entry(24 + j) << 24 |
               entry(32 + j) << 32 | entry(40 + j) << 40 | entry(48 + j) << 48 | entry(56 + j) << 56;
  }
  constexpr std::uint64_t nibbles = 0x0F0F'0F0F'0F0F'0F0F;
  swap_bits(m.set[0], m.set[4], 4, nibbles);
  swap_bits(m.set[1], m.set[5], 4, nibbles);
  swap_bits(m.set[2], m.set[6], 4, nibbles);
  swap_bits(m.set[3], m.set[7], 4, nibbles);
  constexpr std::uint64_t pairs = 0x3333'3333'3333'3333;
  swap_bits(m.set[0], m.set[2], 2, pairs);
  swap_bits(m.set[1], m.set[3], 2, pairs);
  swap_bits(m.set[4], m.set[6], 2, pairs);
  swap_bits(m.set[5], m.set[7], 2, pairs);
  constexpr std::uint64_t singles = 0x5555'5555'5555'5555;
  swap_bits(m.set[0], m.set[1], 1, singles);
  swap_bits(m.set[2], m.set[3], 1, singles);
  swap_bits(m.set[4], m.set[5], 1, singles);
  swap_bits(m.set[6], m.set[7], 1, singles);
  return m;
}

// The bytes of a block that lie within a text of which `left` bytes remain.
constexpr std::uint64_t bytes_within(std::size_t left) noexcept {
  return left >= block_size ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
}

// Copies the block at `from`, of which `left` bytes are text, and fills it up with zero bytes.
// Returns where to read it: not what has just been written, when that can be helped.
inline const char* copy_block(const char* from, char* to, std::size_t left) noexcept {
  if (left >= block_size) {
    if (from != to) std::memcpy(to, from, block_size);
    return from;
  }
  if (from != to && left != 0) std::memcpy(to, from, left);
  std::memset(to + left, 0, block_size - left);
  return to;
}

// The same in lower case. The block that it returns is lower-cased or not: the sets do not care.
inline const char* copy_block_lower(const char* from, char* to, std::size_t left) noexcept {
  const char* const read = left >= block_size ? from : copy_block(from, to, left);
  for (std::size_t i = 0; i < block_size; i += 8) lower_eight(read + i, to + i);
  return read;
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail
