// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/levenshtein_word.hpp>
#include <evalpp/metrics/detail/tercom_band.hpp>
#include <evalpp/metrics/detail/tercom_words.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Tercom's edit matrix, a row of up to 64 cells at a time (Myers 1999): for each row the signs of
/// the steps from column to column. The beam leaves at most 50 columns, so a window of one word that
/// slides along with it holds a row of any reference.
///
/// Why the beam needs little work: cells outside are computed like all others but without matches.
/// A path that leaves the beam then pays for every step outside, and one inside, between the same
/// two cells, is as cheap. Only the preferred path has to be kept from stepping outside, and the last
/// row, which is wider than those above it, from looking at cells that were outside.
class tercom_rows {
 public:
  void open(const tercom_band& band, const encoded_reference& reference) {
    reference_ = &reference;
    rows_ = band.rows();
    columns_ = band.columns();
    slides_ = columns_ > 64;
    rows_of_.resize((std::max)(rows_of_.size(), rows_ + 1));
    matches_.resize((std::max)(matches_.size(), rows_));
    rows_of_[0].plus = ~std::uint64_t{0};
    rows_of_[0].minus = 0;
    rows_of_[0].base = 0;
    rows_of_[0].window = 0;
    if (!slides_ && band.is_everything()) {
      for (std::size_t i = 1; i <= rows_; ++i) {
        rows_of_[i].diagonal = rows_of_[i].above = ~std::uint64_t{0};
        rows_of_[i].window = 0;
      }
      reachable_ = ~std::uint64_t{0};
    } else {
      measure(band);
    }
  }

  /// The edit distance of `hypothesis`, which differs from that of the last call from word
  /// `first_changed` on.
  std::int64_t align(std::span<const std::uint32_t> hypothesis, std::size_t first_changed) {
    words_ = hypothesis;
    distance_ = slides_ ? fill<true>(first_changed) : fill<false>(first_changed);
    return distance_;
  }

  /// The preferred path of what `align` saw. Row by row: first its insertions, whose number cannot be
  /// foreseen but is mostly 0, then without a branch its match, substitution or removal.
  void trace(tercom_alignment& out) const {
    std::size_t i = rows_, j = columns_;
    auto next_i = static_cast<std::int32_t>(i), next_j = static_cast<std::int32_t>(j);
    out.resize(i, j);
    while (i > 0 && j > 0) {
      const row& r = rows_of_[i--];
      const auto word = static_cast<std::int32_t>(i);
      std::size_t bit = j - 1 - r.window;
      const auto inserted =
          (std::min)(bit + 1, static_cast<std::size_t>(std::countl_zero(r.stop << (63 - bit))));
      for (const std::size_t end = j - inserted; j > end;) {
        next_j = static_cast<std::int32_t>(--j);
        out.to_hypothesis[j] = word;
        out.reference_wrong[j] = next_j;
      }
      if (j == 0) {
        ++i;
        break;
      }
      bit = j - 1 - r.window;
      const std::size_t straight = r.straight >> bit & 1;
      const bool right = r.match >> bit & 1;
      next_i = right ? next_i : word;
      next_j = right || straight == 0 ? next_j : static_cast<std::int32_t>(j) - 1;
      out.hypothesis_wrong[i] = next_i;
      // After a removal, the row that takes this column writes it again.
      out.to_hypothesis[j - 1] = word;
      out.reference_wrong[j - 1] = next_j;
      j -= straight;
    }
    while (j > 0) {
      --j;
      out.to_hypothesis[j] = -1;
      out.reference_wrong[j] = static_cast<std::int32_t>(j);
    }
    while (i > 0) {
      --i;
      out.hypothesis_wrong[i] = static_cast<std::int32_t>(i);
    }
  }

  /// The edit distance after a shift of the hypothesis that `align` saw.
  std::int64_t trial(const tercom_shift& shift) const {
    const auto at = shift.as_rotation(rows_);
    return slides_ ? retry<true>(at) : retry<false>(at);
  }

 private:
  struct cursor {
    levenshtein_word row;
    std::int64_t base;  ///< the cell left of the window
  };

  /// One row; bit k stands for column window + 1 + k.
  struct row {
    std::uint64_t plus, minus;      ///< the steps from column to column
    std::uint64_t diagonal, above;  ///< columns whose neighbour there is inside the beam
    /// The preferred step: a match; a match or substitution; one of these or a removal.
    std::uint64_t match, straight, stop;
    std::int64_t base;
    std::size_t window;
  };

  /// The windows, and which steps stay inside the beam.
  void measure(const tercom_band& band) {
    std::size_t first_above = 0, last_above = columns_ + 1;
    for (std::size_t i = 1; i <= rows_; ++i) {
      const std::size_t first = band.first(i), last = band.last(i);
      const std::size_t window = slides_ && first > 0 ? first - 1 : 0;
      rows_of_[i].window = window;
      rows_of_[i].diagonal =
          columns(window, (std::max)(first, first_above + 1), (std::min)(last, last_above + 1));
      rows_of_[i].above = columns(window, first, last_above);
      if (i == rows_) reachable_ = columns(window, 0, last_above);
      first_above = first;
      last_above = last;
    }
  }
  /// The bits of columns from .. to - 1.
  static std::uint64_t columns(std::size_t window, std::size_t from, std::size_t to) {
    const auto below = [&](std::size_t column) {
      const std::size_t bits = column > window + 1 ? column - window - 1 : 0;
      return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    };
    return to > from ? below(to) & ~below(from) : 0;
  }

  /// One row further. Returns the match bits inside the beam; the preferred path is read from `taken`.
  template <bool Slides>
  std::uint64_t step(cursor& c, std::size_t i, std::size_t word, levenshtein_word::step& taken) const {
    const row& r = rows_of_[i];
    if constexpr (Slides) {
      if (const std::size_t by = r.window - rows_of_[i - 1].window; by != 0) {
        const std::uint64_t left = (std::uint64_t{1} << by) - 1;
        c.base += std::popcount(c.row.plus & left) - std::popcount(c.row.minus & left);
        c.row.plus = c.row.plus >> by | ~(~std::uint64_t{0} >> by);
        c.row.minus >>= by;
      }
      ++c.base;
    }
    if (i == rows_) {
      // What the row above has outside of the beam is now beside cells that are inside.
      c.row.plus |= ~reachable_;
      c.row.minus &= reachable_;
    }
    std::uint64_t equal = r.diagonal;
    if constexpr (Slides) {
      equal &= match_bits(*reference_, words_[word], r.window);
    } else {
      equal &= matches_[word];
    }
    taken = c.row.advance(equal);
    return equal;
  }

  template <bool Slides>
  std::int64_t fill(std::size_t first) {
    if constexpr (!Slides) {
      for (std::size_t i = first; i < rows_; ++i) matches_[i] = match_bits(*reference_, words_[i], 0);
    }
    cursor c{{rows_of_[first].plus, rows_of_[first].minus}, rows_of_[first].base};
    for (std::size_t i = first + 1; i <= rows_; ++i) {
      levenshtein_word::step taken;
      const std::uint64_t equal = step<Slides>(c, i, i - 1, taken);
      row& r = rows_of_[i];
      r.plus = c.row.plus;
      r.minus = c.row.minus;
      r.base = c.base;
      r.match = equal;
      r.straight = r.diagonal & (equal | ~taken.diagonal_zero);
      r.stop = r.straight | (r.above & ~taken.not_down);
    }
    return total(c);
  }

  template <bool Slides>
  std::int64_t retry(const tercom_shift::rotation& at) const {
    cursor c{{rows_of_[at.first].plus, rows_of_[at.first].minus}, rows_of_[at.first].base};
    std::size_t i = at.first;
    levenshtein_word::step taken;
    for (std::size_t word = at.middle; word < at.last; ++word) step<Slides>(c, ++i, word, taken);
    for (std::size_t word = at.first; word < at.middle; ++word) step<Slides>(c, ++i, word, taken);
    for (; i < rows_; step<Slides>(c, i, i - 1, taken)) {
      const row& r = rows_of_[i];
      // From equal rows on, all is as it was.
      if (((r.plus ^ c.row.plus) | (r.minus ^ c.row.minus)) == 0) return distance_ + c.base - r.base;
      ++i;
    }
    return total(c);
  }

  /// The last cell of the last row.
  std::int64_t total(const cursor& c) const {
    const std::uint64_t inside = columns(rows_of_[rows_].window, 0, columns_ + 1);
    const std::int64_t base = slides_ ? c.base : static_cast<std::int64_t>(rows_);
    return base + std::popcount(c.row.plus & inside) - std::popcount(c.row.minus & inside);
  }

  const encoded_reference* reference_ = nullptr;
  std::span<const std::uint32_t> words_;
  std::size_t rows_ = 0, columns_ = 0;
  bool slides_ = false;
  std::uint64_t reachable_ = 0;  ///< columns of the row before the last that the beam holds
  std::int64_t distance_ = 0;
  std::vector<row> rows_of_;
  std::vector<std::uint64_t> matches_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
