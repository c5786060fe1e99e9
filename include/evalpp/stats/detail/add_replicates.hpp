// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Weighted sums of rows, 256 replicates at a time. Compilers make vectors of the loops over replicates, which
// need no reassociation; numbers are cut into digits that 16 or 32 bits can add up for a whole chunk of
// rows, so that no 64-bit product is needed. All arithmetic is modulo 2^64: exact, in any order.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Rows whose weights lie in the nearest cache together.
inline constexpr std::size_t chunk_rows = 64;

// sums[b] += the sum over rows of weights[r][b] * digit(r), where the sum fits in `Sum`.
template <class Sum, class Digit>
EVALPP_ALWAYS_INLINE void add_digits(std::size_t rows, const std::uint8_t* weights, Digit digit,
                                     unsigned shift, std::uint64_t* sums) {
  constexpr std::size_t size = poisson_weights::block_size;
  Sum partial[size] = {};
  for (std::size_t r = 0; r < rows; ++r) {
    const auto times = static_cast<Sum>(digit(r));
    if (times == 0) continue;
    const std::uint8_t* const w = weights + r * size;
    for (std::size_t b = 0; b < size; ++b)
      partial[b] = static_cast<Sum>(partial[b] + static_cast<Sum>(w[b] * times));
  }
  for (std::size_t b = 0; b < size; ++b) sums[b] += std::uint64_t{partial[b]} << shift;
}

/// Adds up to `chunk_rows` rows of `lanes` numbers to one block of replicates: sums[lane * 256 + b]. One
/// more lane than the rows have counts the rows that were drawn.
EVALPP_ALWAYS_INLINE void add_chunk(const poisson_weights& weights, std::uint64_t block, std::size_t rows,
                                    const std::uint64_t* keys, const std::int64_t* values, std::size_t lanes,
                                    std::uint64_t* sums) {
  constexpr std::size_t size = poisson_weights::block_size;
  std::uint8_t drawn[chunk_rows * size];
  for (std::size_t r = 0; r < rows; ++r) weights.block(keys[r], block, drawn + r * size);
  add_digits<std::uint16_t>(
      rows, drawn, [](std::size_t) { return 1; }, 0, sums + lanes * size);
  for (std::size_t k = 0; k < lanes; ++k, sums += size) {
    std::uint64_t any = 0;
    for (std::size_t r = 0; r < rows; ++r) any |= static_cast<std::uint64_t>(values[r * lanes + k]);
    constexpr std::uint64_t bits8 = 127;  // 5 * 127 * 64 < 2^16
    static_assert(poisson_weights::max_weight * bits8 * chunk_rows < 0x10000);
    if (any <= bits8) {
      const auto whole = [&](std::size_t r) { return values[r * lanes + k]; };
      if (any != 0) add_digits<std::uint16_t>(rows, drawn, whole, 0, sums);
      continue;
    }
    for (unsigned shift = 0; shift < 64; shift += 16) {
      if ((any >> shift & 0xffff) == 0) continue;
      const auto digit = [&](std::size_t r) {
        return static_cast<std::uint64_t>(values[r * lanes + k]) >> shift & 0xffff;
      };
      add_digits<std::uint32_t>(rows, drawn, digit, shift, sums);
    }
  }
}

#if EVALPP_X86_SIMD
EVALPP_TARGET_AVX2 inline void add_chunk_avx2(const poisson_weights& weights, std::uint64_t block,
                                              std::size_t rows, const std::uint64_t* keys,
                                              const std::int64_t* values, std::size_t lanes,
                                              std::uint64_t* sums) {
  add_chunk(weights, block, rows, keys, values, lanes, sums);
}
EVALPP_TARGET_AVX512 inline void add_chunk_avx512(const poisson_weights& weights, std::uint64_t block,
                                                  std::size_t rows, const std::uint64_t* keys,
                                                  const std::int64_t* values, std::size_t lanes,
                                                  std::uint64_t* sums) {
  add_chunk(weights, block, rows, keys, values, lanes, sums);
}
#endif

/// Adds all rows to one block of replicates.
inline void add_rows(const poisson_weights& weights, std::uint64_t block, std::size_t rows,
                     const std::uint64_t* keys, const std::int64_t* values, std::size_t lanes,
                     std::uint64_t* sums) {
  for (std::size_t r = 0; r < rows; r += chunk_rows) {
    const std::size_t count = (std::min)(chunk_rows, rows - r);
#if EVALPP_X86_SIMD
    const auto level = evalpp::detail::cpu_level();
    if (level == evalpp::detail::simd_level::avx512) {
      add_chunk_avx512(weights, block, count, keys + r, values + r * lanes, lanes, sums);
      continue;
    }
    if (level == evalpp::detail::simd_level::avx2) {
      add_chunk_avx2(weights, block, count, keys + r, values + r * lanes, lanes, sums);
      continue;
    }
#endif
    add_chunk(weights, block, count, keys + r, values + r * lanes, lanes, sums);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
