// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/char_ngrams_index.hpp>
#include <evalpp/metrics/detail/char_ngrams_kernels.hpp>
#include <evalpp/metrics/detail/char_ngrams_sort.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Counts the n-grams that two texts have in common, each as often as in the text where it is
/// rarer, for the orders 1 to 8 at once. Symbols are code points, or ids of words.
///
/// Exact. Short texts by bit sets (char_ngrams_kernels.hpp), in time length * length / 64; long
/// ones by sorting (char_ngrams_sort.hpp), in linear time and memory. Keeps its buffers.
class ngram_counter {
 public:
  using symbols = std::span<const std::uint32_t>;

  /// The matches of orders 1 to `orders` (at most 8); zero above. Symmetric in `a` and `b`.
  /// Fewer than 2^31 symbols each.
  ngram_matches count(symbols a, symbols b, std::size_t orders) {
    ngram_matches matches{};
    if (a.empty() || b.empty()) return matches;
    const bool fits_a = a.size() <= symbol_masks::max_length, fits_b = b.size() <= symbol_masks::max_length;
    if (!fits_a && !fits_b) {
      sorter_.count(a, b, orders, matches);
      return matches;
    }
    // Masks for the text that costs less: the other one is walked, a word of positions at a time.
    if (!fits_b || (fits_a && words_of(a) * b.size() < words_of(b) * a.size())) std::swap(a, b);
    by_masks(a, b, orders, matches);
    for (std::size_t n = orders; n < max_ngram_orders; ++n) matches[n] = 0;
    return matches;
  }

 private:
  static std::size_t words_of(symbols text) noexcept { return (text.size() + 63) / 64; }

  void by_masks(symbols text, symbols masked, std::size_t orders, ngram_matches& matches) {
    switch (words_of(masked)) {
      case 1:
        return run<1>(text, masked, orders, matches);
      case 2:
        return run<2>(text, masked, orders, matches);
      case 3:
        return run<3>(text, masked, orders, matches);
      case 4:
        return run<4>(text, masked, orders, matches);
      case 5:
        return run<5>(text, masked, orders, matches);
      case 6:
        return run<6>(text, masked, orders, matches);
      case 7:
        return run<7>(text, masked, orders, matches);
      default:
        return run<8>(text, masked, orders, matches);
    }
  }

  template <std::size_t W>
  void run(symbols text, symbols masked, std::size_t orders, ngram_matches& matches) {
    const symbol_rows<W> rows = masks_.build<W>(masked);
#if EVALPP_X86_SIMD
    switch (cpu_level()) {
      case simd_level::avx512:
        return count_ngrams_avx512<W>(rows, text, matches);
      case simd_level::avx2:
        return count_ngrams_avx2<W>(rows, text, matches);
      case simd_level::baseline:
        break;
    }
#endif
    count_ngrams_portable<W>(rows, text, orders, sets_, matches);
  }

  symbol_masks masks_;
  std::vector<std::uint64_t> sets_;
  ngram_sorter sorter_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
