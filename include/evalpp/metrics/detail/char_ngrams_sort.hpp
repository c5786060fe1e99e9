// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/metrics/detail/char_ngrams_index.hpp>
#include <evalpp/metrics/detail/char_ngrams_kernels.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Clipped n-gram matches of two long texts: the windows of `orders` symbols of both are sorted
/// together, after which the equal n-grams of every order stand side by side, and one scan counts
/// all orders. Exact; O(orders * length) time, whatever the text, and O(length) memory.
class ngram_sorter {
 public:
  using symbols = std::span<const std::uint32_t>;

  void count(symbols a, symbols b, std::size_t orders, ngram_matches& matches) {
    number(a, b, orders);
    run counting{orders, matches};
    if (orders * bits_ < 64)
      by_keys(a.size(), b.size(), counting);
    else
      by_positions(a.size(), b.size(), counting);
    counting.close(0);
  }

 private:
  /// The scan: closes the groups of equal n-grams as the sorted windows pass by.
  struct run {
    std::size_t orders;
    ngram_matches& matches;
    std::int64_t a = 0, b = 0;             // windows of either text so far
    ngram_matches a_before{}, b_before{};  // and before the open group of each order

    /// The next window has only its first `common` symbols in common with the last one.
    void close(std::size_t common) noexcept {
      for (std::size_t n = common; n < orders; ++n) {
        matches[n] += (std::min)(a - a_before[n], b - b_before[n]);
        a_before[n] = a;
        b_before[n] = b;
      }
    }
    void add(std::int64_t from_b) noexcept {
      a += 1 - from_b;
      b += from_b;
    }
  };

  // Numbers the symbols of b from 1; those that only a has are 0. Behind a stand zeros and behind b
  // a number that nothing else has: windows that reach over an end match none of the other text.
  void number(symbols a, symbols b, std::size_t orders) {
    index_.clear();
    ids_.resize(a.size() + b.size() + 2 * orders);
    const auto of_b = ids_.begin() + static_cast<std::ptrdiff_t>(a.size() + orders);
    std::transform(b.begin(), b.end(), of_b, [this](std::uint32_t s) { return index_.insert(s); });
    const auto end_of_a =
        std::transform(a.begin(), a.end(), ids_.begin(), [this](std::uint32_t s) { return index_.find(s); });
    std::fill(end_of_a, of_b, 0);
    end_ = index_.size() + 1;
    std::fill(of_b + static_cast<std::ptrdiff_t>(b.size()), ids_.end(), end_);
    bits_ = static_cast<unsigned>(std::bit_width(end_));
  }

  // Small alphabets: a window is a number, above the bit that tells which text it is from.
  void by_keys(std::size_t a_size, std::size_t b_size, run& counting) {
    const std::size_t orders = counting.orders;
    const unsigned top = bits_ * static_cast<unsigned>(orders - 1) + 1;
    const auto drop_last = ~std::uint64_t{1};
    keys_.clear();
    std::uint64_t key = 0;
    for (std::size_t i = a_size; i-- > 0;) {
      key = ((key >> bits_) & drop_last) | std::uint64_t{ids_[i]} << top;
      if (ids_[i] != 0) keys_.push_back(key);
    }
    key = 0;
    for (std::size_t i = b_size + orders; i-- > 0;) {
      key = ((key >> bits_) & drop_last) | std::uint64_t{ids_[a_size + orders + i]} << top;
      if (i < b_size) keys_.push_back(key | 1);
    }

    sort_keys(bits_ * static_cast<unsigned>(orders));

    // common[p]: how many symbols two windows have in common whose highest different bit is p.
    std::array<unsigned char, 64> common{};
    for (unsigned p = 1; p <= bits_ * static_cast<unsigned>(orders); ++p)
      common[p] = static_cast<unsigned char>(orders - 1 - (p - 1) / bits_);
    std::uint64_t last = keys_.front();
    for (const std::uint64_t window : keys_) {
      const std::uint64_t different = (window ^ last) & drop_last;
      if (different != 0) counting.close(common[static_cast<std::size_t>(std::bit_width(different)) - 1]);
      counting.add(static_cast<std::int64_t>(window & 1));
      last = window;
    }
  }

  // Radix sort by the `bits` bits above the lowest one, the last digit first.
  void sort_keys(unsigned bits) {
    const unsigned passes = (bits + max_digit - 1) / max_digit;
    const unsigned digit = (bits + passes - 1) / passes;
    const std::size_t mask = (std::size_t{1} << digit) - 1;
    counts_.assign(passes << digit, 0);
    for (const std::uint64_t key : keys_)
      for (unsigned pass = 0; pass < passes; ++pass)
        ++counts_[(std::size_t{pass} << digit) + ((key >> (1 + pass * digit)) & mask)];
    sorted_keys_.resize(keys_.size());
    for (unsigned pass = 0; pass < passes; ++pass) {
      std::uint32_t* const counts = counts_.data() + (std::size_t{pass} << digit);
      std::uint32_t before = 0;
      for (std::size_t d = 0; d <= mask; ++d) {
        const std::uint32_t count = counts[d];
        counts[d] = before;
        before += count;
      }
      for (const std::uint64_t key : keys_) sorted_keys_[counts[(key >> (1 + pass * digit)) & mask]++] = key;
      keys_.swap(sorted_keys_);
    }
  }

  // Large alphabets: sorts where the windows begin, symbol by symbol, the last symbol first.
  void by_positions(std::size_t a_size, std::size_t b_size, run& counting) {
    const std::size_t orders = counting.orders;
    starts_.clear();
    for (std::size_t i = 0; i < a_size; ++i)
      if (ids_[i] != 0) starts_.push_back(static_cast<std::uint32_t>(i));
    for (std::size_t i = 0; i < b_size; ++i)
      starts_.push_back(static_cast<std::uint32_t>(a_size + orders + i));

    sorted_starts_.resize(starts_.size());
    for (std::size_t k = orders; k-- > 0;)
      for (unsigned shift = 0; shift < bits_; shift += max_digit) {
        counts_.assign(std::size_t{1} << max_digit, 0);
        const auto digit_of = [&](std::uint32_t start) {
          return (ids_[start + k] >> shift) & ((std::size_t{1} << max_digit) - 1);
        };
        for (const std::uint32_t start : starts_) ++counts_[digit_of(start)];
        std::uint32_t before = 0;
        for (std::uint32_t& count : counts_) {
          const std::uint32_t here = count;
          count = before;
          before += here;
        }
        for (const std::uint32_t start : starts_) sorted_starts_[counts_[digit_of(start)]++] = start;
        starts_.swap(sorted_starts_);
      }

    std::uint32_t last = starts_.front();
    for (const std::uint32_t start : starts_) {
      std::size_t common = 0;
      while (common < orders && ids_[start + common] == ids_[last + common]) ++common;
      counting.close(common);
      counting.add(start < a_size ? 0 : 1);
      last = start;
    }
  }

  static constexpr unsigned max_digit = 11;

  symbol_index index_;
  std::vector<std::uint32_t> ids_;
  std::uint32_t end_ = 0;
  unsigned bits_ = 0;
  std::vector<std::uint64_t> keys_, sorted_keys_;
  std::vector<std::uint32_t> starts_, sorted_starts_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
