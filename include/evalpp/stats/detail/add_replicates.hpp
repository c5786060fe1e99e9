// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

// Weighted sums of rows, 256 replicates at a time. Compilers make vectors of the loops over replicates, which
// need no reassociation; numbers are cut into digits that 16 or 32 bits can add up for a whole chunk of
// rows, so that no 64-bit product is needed. All arithmetic is modulo 2^64: exact, in any order.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Rows whose weights lie in the nearest cache together.
inline constexpr std::size_t chunk_rows = 64;

// sums[b] += the sum over rows of weights[r][b] * digit(r), where the sum fits in `Total`. It is added up in
// `Sum`, which has as many bits and no sign.
template <class Total, class Sum = std::make_unsigned_t<Total>, class Digit>
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
  for (std::size_t b = 0; b < size; ++b)
    sums[b] += static_cast<std::uint64_t>(static_cast<Total>(partial[b])) << shift;
}

/// The numbers of one metric, `lanes` for each row, row after row, and the bits that are set in any of them,
/// by lane. Looked up once for all replicates: lanes of 0 are not rare.
struct lane_block {
  const std::int64_t* values;
  std::size_t lanes;
  std::vector<std::uint64_t> bits;

  lane_block(std::span<const std::int64_t> rows, std::size_t width)
      : values(rows.data()), lanes(width), bits(width) {
    for (std::size_t i = 0; i + width <= rows.size() && width != 0; i += width)
      for (std::size_t k = 0; k < width; ++k) bits[k] |= static_cast<std::uint64_t>(rows[i + k]);
  }
};

/// Adds up to `chunk_rows` rows from row `first` on to one block of replicates: sums[lane * 256 + b], the
/// lanes of all metrics one after the other. One more lane than they have counts the rows that were drawn.
/// Weights are drawn once for all metrics.
template <class Weights>
EVALPP_ALWAYS_INLINE void add_chunk(const Weights& weights, std::uint64_t block, std::size_t first,
                                    std::size_t rows, const std::uint64_t* keys,
                                    std::span<const lane_block> metrics, std::uint64_t* sums) {
  constexpr std::size_t size = Weights::block_size;
  std::uint8_t drawn[chunk_rows * size];
  for (std::size_t r = 0; r < rows; ++r) weights.block(keys[first + r], block, drawn + r * size);
  for (const lane_block& metric : metrics) {
    const std::size_t lanes = metric.lanes;
    const std::int64_t* const values = metric.values + first * lanes;
    for (std::size_t k = 0; k < lanes; ++k, sums += size) {
      // What 16 bits can add up without a sign and with one, and 32 with one.
      constexpr std::uint64_t unsigned_16 = 127, signed_16 = Weights::max_weight == 1 ? 127 : 63;
      constexpr std::uint64_t signed_32 = (std::uint64_t{1} << 22) - 1;
      static_assert(Weights::max_weight * unsigned_16 * chunk_rows < 0x10000);
      static_assert(Weights::max_weight * (signed_16 + 1) * chunk_rows < 0x8000);
      static_assert(Weights::max_weight * (signed_32 + 1) * chunk_rows < 0x80000000);
      const auto whole = [&](std::size_t r) { return values[r * lanes + k]; };
      std::uint64_t any = metric.bits[k], size_bits = any;
      if (any == 0) continue;
      if (any > unsigned_16) {
        any = size_bits = 0;
        for (std::size_t r = 0; r < rows; ++r) {
          any |= static_cast<std::uint64_t>(whole(r));
          size_bits |= static_cast<std::uint64_t>(whole(r) < 0 ? ~whole(r) : whole(r));
        }
      }
      if (any <= unsigned_16) {
        if (any != 0) add_digits<std::uint16_t>(rows, drawn, whole, 0, sums);
        continue;
      }
      if (size_bits <= signed_16) {
        add_digits<std::int16_t>(rows, drawn, whole, 0, sums);
        continue;
      }
      if (size_bits <= signed_32) {
        add_digits<std::int32_t>(rows, drawn, whole, 0, sums);
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
  add_digits<std::uint16_t>(
      rows, drawn, [](std::size_t) { return 1; }, 0, sums);
}

#if EVALPP_X86_SIMD
template <class Weights>
EVALPP_TARGET_AVX2 inline void add_chunk_avx2(const Weights& weights, std::uint64_t block, std::size_t first,
                                              std::size_t rows, const std::uint64_t* keys,
                                              std::span<const lane_block> metrics, std::uint64_t* sums) {
  add_chunk(weights, block, first, rows, keys, metrics, sums);
}
template <class Weights>
EVALPP_TARGET_AVX512 inline void add_chunk_avx512(const Weights& weights, std::uint64_t block,
                                                  std::size_t first, std::size_t rows,
                                                  const std::uint64_t* keys,
                                                  std::span<const lane_block> metrics, std::uint64_t* sums) {
  add_chunk(weights, block, first, rows, keys, metrics, sums);
}
#endif

/// Adds all rows to one block of replicates.
template <class Weights>
inline void add_rows(const Weights& weights, std::uint64_t block, std::size_t rows, const std::uint64_t* keys,
                     std::span<const lane_block> metrics, std::uint64_t* sums) {
  for (std::size_t r = 0; r < rows; r += chunk_rows) {
    const std::size_t count = (std::min)(chunk_rows, rows - r);
#if EVALPP_X86_SIMD
    const auto level = evalpp::detail::cpu_level();
    if (level == evalpp::detail::simd_level::avx512) {
      add_chunk_avx512(weights, block, r, count, keys, metrics, sums);
      continue;
    }
    if (level == evalpp::detail::simd_level::avx2) {
      add_chunk_avx2(weights, block, r, count, keys, metrics, sums);
      continue;
    }
#endif
    add_chunk(weights, block, r, count, keys, metrics, sums);
  }
}

/// The same for the rows of one metric, `lanes` numbers each.
template <class Weights>
inline void add_rows(const Weights& weights, std::uint64_t block, std::size_t rows, const std::uint64_t* keys,
                     const std::int64_t* values, std::size_t lanes, std::uint64_t* sums) {
  const lane_block one(std::span(values, rows * lanes), lanes);
  add_rows(weights, block, rows, keys, std::span(&one, 1), sums);
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
