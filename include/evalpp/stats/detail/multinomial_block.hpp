// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/stats/detail/add_replicates.hpp>
#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats::detail {

// How often each of 256 replicates has drawn each of n rows, up to 7 times, as weights for `add_rows`; the
// key of a row is its number. In tiles of 64 rows, each 64 bytes of every replicate: one page is read at a
// time.
class drawn_times {
 public:
  static constexpr std::size_t block_size = poisson_weights::block_size;
  static constexpr std::uint8_t max_weight = 7;

  explicit drawn_times(std::size_t n) : times_((n + tile - 1) / tile * tile * block_size) {}

  void set(std::size_t replicate, std::span<const std::uint8_t> times) noexcept {
    for (std::size_t row = 0; row < times.size(); row += tile)
      std::copy_n(times.begin() + static_cast<std::ptrdiff_t>(row), (std::min)(tile, times.size() - row),
                  times_.data() + row * block_size + replicate * tile);
  }
  EVALPP_ALWAYS_INLINE void block(std::uint64_t row, std::uint64_t, std::uint8_t* weights) const noexcept {
    const std::uint8_t* const from = times_.data() + row / tile * tile * block_size + row % tile;
    for (std::size_t b = 0; b < block_size; ++b) weights[b] = from[b * tile];
  }

 private:
  static constexpr std::size_t tile = 64;

  std::vector<std::uint8_t> times_;
};

// The sums of 256 replicates side by side: each first counts its draws, so that the rows are then read once
// for all of them.
class multinomial_block {
 public:
  static constexpr std::size_t size = drawn_times::block_size;

  multinomial_block(std::uint64_t seed, std::uint64_t first, std::size_t lanes)
      : lanes_(lanes), sums_((lanes + 1) * size) {
    for (std::uint64_t b = 0; b < size; ++b) draws_.emplace_back(seed, first + b);
  }

  /// Adds n rows drawn from these n to each replicate: from all rows, or from one stratum after the other.
  void add(const std::int64_t* rows, std::size_t n) {
    drawn_times times(n);
    std::vector<std::uint8_t> drawn(n);
    for (std::size_t b = 0; b < size; ++b) {
      std::fill(drawn.begin(), drawn.end(), std::uint8_t{0});
      multinomial_draws draws = draws_[b];  // in registers
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t row = draws.below(static_cast<std::uint32_t>(n));
        if (drawn[row] < drawn_times::max_weight)
          ++drawn[row];
        else  // one draw in 100,000
          for (std::size_t k = 0; k < lanes_; ++k)
            sums_[k * size + b] += static_cast<std::uint64_t>(rows[row * lanes_ + k]);
      }
      draws_[b] = draws;
      times.set(b, drawn);
    }
    for (std::size_t i = numbers_.size(); i < n; ++i) numbers_.push_back(i);
    add_rows(times, 0, n, numbers_.data(), rows, lanes_, sums_.data());
  }
  void copy_sum(std::size_t b, std::int64_t* out) const noexcept {
    for (std::size_t k = 0; k < lanes_; ++k) out[k] = static_cast<std::int64_t>(sums_[k * size + b]);
  }

 private:
  std::size_t lanes_;
  std::vector<multinomial_draws> draws_;
  std::vector<std::uint64_t> numbers_;  // 0, 1, 2, ...
  std::vector<std::uint64_t> sums_;     // modulo 2^64, as `add_rows` lays them out
};

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
