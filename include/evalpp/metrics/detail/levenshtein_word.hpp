// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// A row of up to 64 columns of the edit matrix, as the signs of its steps from column to column
/// (Myers 1999), whose left edge rises by one in every row.
struct levenshtein_word {
  std::uint64_t plus, minus;

  /// What the last step was made of: columns whose diagonal step is 0, and those that are not one more
  /// than the cell above.
  struct step {
    std::uint64_t diagonal_zero, not_down;
  };

  /// One row further. Ordered such that the next row waits for seven operations instead of ten: what can
  /// is done beside the sum.
  EVALPP_ALWAYS_INLINE step advance(std::uint64_t equal) {
    const std::uint64_t reach = equal | minus;
    const std::uint64_t sum = (equal & plus) + plus;
    const std::uint64_t zero = (sum ^ plus) | reach;
    const std::uint64_t not_down = (sum & ~minus) | ((plus | equal) & ~minus);
    const std::uint64_t up = (plus & ~sum) | (plus & reach);
    const std::uint64_t not_down_in = not_down << 1;
    plus = up << 1 | (not_down_in & ~zero);
    minus = zero & ~not_down_in;
    return {zero, not_down};
  }

  /// The cell after `columns` columns, or after all 64 where there are more, minus the cell at the left edge.
  EVALPP_ALWAYS_INLINE std::int64_t height(std::size_t columns) const {
    const std::uint64_t valid = columns >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << columns) - 1;
    return std::popcount(plus & valid) - std::popcount(minus & valid);
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
