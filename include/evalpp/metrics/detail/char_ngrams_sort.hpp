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
#include <cstring>
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
    scan counting;
    if (orders * bits_ < 64)
      by_keys(a.size(), b.size(), orders, counting);
    else
      by_positions(a.size(), b.size(), orders, counting);
    counting.store(matches);
  }

 private:
  /// What is counted while the sorted windows pass by, for all orders at once and without a branch.
  class scan {
   public:
    /// The next window is of a (`side` 0) or b (-1). Its first `common` symbols are those of the
    /// window before: beyond them it begins a new group of equal n-grams.
    void add(std::int32_t side, std::size_t common) noexcept {
      for (std::size_t k = 0; k < groups; ++k) {
        lanes same_group;
        std::memcpy(&same_group, masks.data() + (max_ngram_orders - common) + k * width, sizeof same_group);
        const lanes before = alone_[k] & same_group;
        matches_[k] -= ((before ^ side) - side) >> 31;  // -1 when it finds a partner
        alone_[k] = before + (side | 1);
      }
    }
    void store(ngram_matches& matches) const noexcept {
      std::array<std::int32_t, max_ngram_orders> counts;
      std::memcpy(counts.data(), matches_, sizeof counts);
      std::copy(counts.begin(), counts.end(), matches.begin());
    }

   private:
#if defined(__GNUC__)
    using lanes = std::int32_t __attribute__((vector_size(16)));  // four orders
#else
    using lanes = std::int32_t;
#endif
    static constexpr std::size_t width = sizeof(lanes) / sizeof(std::int32_t);
    static constexpr std::size_t groups = max_ngram_orders / width;
    // From `max_ngram_orders - common` on: `common` times -1, then 0.
    static constexpr std::array<std::int32_t, 2 * max_ngram_orders> masks = [] {
      std::array<std::int32_t, 2 * max_ngram_orders> m{};
      std::fill_n(m.begin(), max_ngram_orders, -1);
      return m;
    }();

    lanes matches_[groups] = {};
    // In the group that is passing: the n-grams of a that have no partner in b so far, or as a
    // negative number those of b.
    lanes alone_[groups] = {};
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
  void by_keys(std::size_t a_size, std::size_t b_size, std::size_t orders, scan& counting) {
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

    // common[k]: how many symbols two windows have in common whose difference takes k bits.
    std::array<unsigned char, 65> common{};
    common[0] = static_cast<unsigned char>(orders);
    for (unsigned k = 2; k <= bits_ * static_cast<unsigned>(orders) + 1; ++k)
      common[k] = static_cast<unsigned char>(orders - 1 - (k - 2) / bits_);
    scan counted;                         // a local one, for registers
    std::uint64_t last = ~keys_.front();  // nothing in common with the first
    for (const std::uint64_t window : keys_) {
      const std::uint64_t different = (window ^ last) & drop_last;
      counted.add(-static_cast<std::int32_t>(window & 1),
                  common[static_cast<std::size_t>(std::bit_width(different))]);
      last = window;
    }
    counting = counted;
  }

  // Radix sort by the `bits` bits above the lowest one, the last digit first.
  void sort_keys(unsigned bits) {
    const unsigned passes = (bits + max_digit - 1) / max_digit;
    const unsigned digit = (bits + passes - 1) / passes;
    const std::size_t mask = (std::size_t{1} << digit) - 1;
    counts_.assign(std::size_t{passes} << digit, 0);
    switch (passes) {  // so that the loop over the digits of a key is unrolled
      case 1:
        count_digits<1>(digit);
        break;
      case 2:
        count_digits<2>(digit);
        break;
      case 3:
        count_digits<3>(digit);
        break;
      case 4:
        count_digits<4>(digit);
        break;
      case 5:
        count_digits<5>(digit);
        break;
      default:
        count_digits<6>(digit);
    }
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

  template <unsigned Passes>
  void count_digits(unsigned digit) {
    static_assert(Passes <= 6 && 6 * max_digit >= 63);
    const std::size_t mask = (std::size_t{1} << digit) - 1;
    std::uint32_t* const counts = counts_.data();
    for (std::uint64_t key : keys_) {
      key >>= 1;
      for (unsigned pass = 0; pass < Passes; ++pass, key >>= digit)
        ++counts[(std::size_t{pass} << digit) + (key & mask)];
    }
  }

  // Large alphabets: sorts where the windows begin, symbol by symbol, the last symbol first.
  void by_positions(std::size_t a_size, std::size_t b_size, std::size_t orders, scan& counting) {
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

    scan counted;                    // a local one, for registers
    std::size_t last = ids_.size();  // no window
    for (const std::uint32_t start : starts_) {
      std::size_t common = 0;
      if (last != ids_.size())
        while (common < orders && ids_[start + common] == ids_[last + common]) ++common;
      counted.add(start < a_size ? 0 : -1, common);
      last = start;
    }
    counting = counted;
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
