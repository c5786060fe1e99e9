// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Pairs rows with columns, each at most once and as many as there are, so that the weights of the pairs
/// have the largest sum (the Hungarian method in the form of shortest augmenting paths: H. W. Kuhn 1955,
/// J. Munkres 1957). Keeps its memory between calls.
class assignment {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// `weights` holds `rows` rows of `columns` numbers from 0 to 2^40. Writes the column of each row, `none`
  /// where columns are fewer, and returns the sum. O(s^2 l), s being the smaller and l the larger side.
  std::int64_t solve(std::span<const std::int64_t> weights, std::size_t rows, std::size_t columns,
                     std::span<std::size_t> column_of) {
    const bool turned = rows > columns;
    const auto weight = [&](std::size_t few, std::size_t many) {
      return turned ? weights[many * columns + few] : weights[few * columns + many];
    };
    const std::size_t few = turned ? columns : rows;
    const std::size_t many = turned ? rows : columns;
    few_price_.assign(few, 0);
    many_price_.assign(many, 0);
    owner_.assign(many, none);
    for (std::size_t i = 0; i < few; ++i) insert(i, many, weight);

    std::fill(column_of.begin(), column_of.end(), none);
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < many; ++j) {
      if (owner_[j] == none) continue;
      sum += weight(owner_[j], j);
      column_of[turned ? j : owner_[j]] = turned ? owner_[j] : j;
    }
    return sum;
  }

 private:
  /// Gives `i` of the fewer one of the many, moving others to their next best along the path that costs
  /// least. A price is how much of a weight its side claims; what a pair lacks to the two is its distance.
  template <class Weight>
  void insert(std::size_t i, std::size_t many, const Weight& weight) {
    distance_.assign(many, (std::numeric_limits<std::int64_t>::max)());
    from_.assign(many, none);
    reached_.assign(many, 0);
    std::size_t end = none;  // of the path so far; `none` is `i` itself
    std::size_t row = i;
    for (;;) {
      if (end != none) reached_[end] = 1;
      std::int64_t least = (std::numeric_limits<std::int64_t>::max)();
      std::size_t next = none;
      for (std::size_t j = 0; j < many; ++j) {
        if (reached_[j] != 0) continue;
        const std::int64_t lacking = few_price_[row] + many_price_[j] - weight(row, j);
        if (lacking < distance_[j]) {
          distance_[j] = lacking;
          from_[j] = end;
        }
        if (distance_[j] < least) {
          least = distance_[j];
          next = j;
        }
      }
      // Lower the claims of what is reached until the next pair lacks nothing.
      few_price_[i] -= least;
      for (std::size_t j = 0; j < many; ++j) {
        if (reached_[j] != 0) {
          few_price_[owner_[j]] -= least;
          many_price_[j] += least;
        } else {
          distance_[j] -= least;
        }
      }
      end = next;
      if (owner_[end] == none) break;
      row = owner_[end];
    }
    while (end != none) {
      owner_[end] = from_[end] == none ? i : owner_[from_[end]];
      end = from_[end];
    }
  }

  std::vector<std::int64_t> few_price_;
  std::vector<std::int64_t> many_price_;
  std::vector<std::int64_t> distance_;
  std::vector<std::size_t> owner_;  // of each of the many: its partner among the few
  std::vector<std::size_t> from_;
  std::vector<unsigned char> reached_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
