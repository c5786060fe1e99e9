// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// What sacreBLEU's TER takes from Tercom: the limits of its search.
struct tercom_limits {
  static constexpr std::int64_t beam = 25;            ///< columns on either side of the diagonal
  static constexpr std::size_t shift_length = 10;     ///< words in a block that moves
  static constexpr std::size_t shift_distance = 50;   ///< between the block and its match
  static constexpr std::int64_t shift_trials = 1000;  ///< over all iterations of one pair
};

/// The part of the edit matrix that Tercom's beam leaves: row i (after i hypothesis words) has the
/// columns first(i) .. last(i) - 1 of 0..columns; all other cells are infinite. Row 0 is whole, and
/// the last row reaches to the end. Both bounds never fall from row to row.
class tercom_band {
 public:
  tercom_band() = default;
  /// `rows` hypothesis words, at least one, against `columns` reference words.
  tercom_band(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns) {
    ratio_ = keep(static_cast<double>(columns) / static_cast<double>(rows));
    const double half = keep(ratio_ / 2);
    beam_ = half > tercom_limits::beam
                ? static_cast<std::int64_t>(std::ceil(keep(half + tercom_limits::beam)))
                : tercom_limits::beam;
  }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }

  std::size_t first(std::size_t row) const {
    const std::int64_t column = row == 0 ? 0 : diagonal(row) - beam_;
    return column < 0 ? 0 : static_cast<std::size_t>(column);
  }
  std::size_t last(std::size_t row) const {
    if (row == 0 || row == rows_) return columns_ + 1;
    return (std::min)(columns_ + 1, static_cast<std::size_t>(diagonal(row) + beam_));
  }
  /// Whether the beam is the usual one, so that every row fits into a window of 64 columns.
  bool is_narrow() const { return beam_ == tercom_limits::beam; }
  /// Whether every cell is inside.
  bool is_everything() const { return first(rows_) == 0 && (rows_ == 1 || last(1) == columns_ + 1); }

  /// Whether a path of `distance` edits stays inside, wherever it runs. A cell on it is at most as far
  /// from the main diagonal as there are edits, and that from the beam's middle as the lengths differ.
  bool holds(std::int64_t distance) const {
    const auto rows = static_cast<std::int64_t>(rows_), columns = static_cast<std::int64_t>(columns_);
    return is_everything() || distance + (rows > columns ? rows - columns : columns - rows) < beam_ - 1;
  }

 private:
  // Truncation is the floor here. The product is the reference implementation's, rounding included.
  std::int64_t diagonal(std::size_t row) const {
    return static_cast<std::int64_t>(keep(static_cast<double>(row) * ratio_));
  }

  std::size_t rows_ = 0, columns_ = 0;
  double ratio_ = 1;
  std::int64_t beam_ = tercom_limits::beam;
};

/// How the words of both sides stand against each other on the preferred path.
struct tercom_alignment {
  std::vector<std::int32_t> to_hypothesis;  ///< per reference word: its hypothesis word, -1 before the first
  std::vector<std::int32_t> hypothesis_wrong;  ///< per word: the next one from here on that is not matched
  std::vector<std::int32_t> reference_wrong;

  void resize(std::size_t rows, std::size_t columns) {
    to_hypothesis.resize(columns);
    hypothesis_wrong.resize(rows);
    reference_wrong.resize(columns);
  }
};

/// Moves `length` words from `start` to before word `target`.
struct tercom_shift {
  std::uint32_t start, length, target;

  /// What a shift does to the words first .. last - 1: those from `middle` on come first. Words
  /// before and after stay.
  struct rotation {
    std::size_t first, middle, last;
  };
  rotation as_rotation(std::size_t words) const {
    const std::size_t end = std::size_t{start} + length;
    if (target < start) return {target, start, end};
    if (target > end) return {start, end, target};
    return {start, end, (std::min)(words, std::size_t{length} + target)};
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
