// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/tercom_band.hpp>
#include <evalpp/metrics/detail/tercom_cells.hpp>
#include <evalpp/metrics/detail/tercom_rows.hpp>
#include <evalpp/metrics/detail/tercom_words.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Tercom's greedy search for block shifts as sacreBLEU 2.6 does it: move the block of hypothesis
/// words that saves most edits to where the reference has it, while that saves any.
///
/// The object is scratch memory: reuse it, and nothing is allocated once it has grown.
class tercom {
 public:
  /// Shifts plus the edit distance after them. At most 1,000 shifts are tried, each in time linear
  /// in the words that it moves and the words after them whose best path it changes.
  std::int64_t edits(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference) {
    if (reference.size() == 0 || hypothesis.empty())
      return static_cast<std::int64_t>(reference.size() + hypothesis.size());
    const tercom_band band(hypothesis.size(), reference.size());
    return band.is_narrow() ? search(rows_, hypothesis, reference, band)
                            : search(cells_, hypothesis, reference, band);
  }

  /// The same with the cell-by-cell matrix, for tests.
  std::int64_t edits_by_cells(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference) {
    if (reference.size() == 0 || hypothesis.empty())
      return static_cast<std::int64_t>(reference.size() + hypothesis.size());
    return search(cells_, hypothesis, reference, {hypothesis.size(), reference.size()});
  }

 private:
  template <class Matrix>
  std::int64_t search(Matrix& matrix, std::span<const std::uint32_t> hypothesis,
                      const encoded_reference& reference, const tercom_band& band) {
    words_.assign(hypothesis.begin(), hypothesis.end());
    matrix.open(band, reference);
    const std::int64_t least = least_(words_, reference);
    tried_ = 0;
    std::size_t changed = 0;
    for (std::int64_t shifts = 0;; ++shifts) {
      const std::int64_t distance = matrix.align(words_, changed);
      if (distance == least) return shifts + distance;
      matrix.trace(alignment_);
      // Hitting the limit ends the search before its best shift is applied, so nothing need be tried.
      if (!collect(reference)) return shifts + distance;
      const tercom_shift* const best = best_shift(matrix, distance, least, band.holds(distance));
      if (best == nullptr) return shifts + distance;
      const auto at = best->as_rotation(words_.size());
      const auto begin = words_.begin();
      std::rotate(begin + static_cast<std::ptrdiff_t>(at.first),
                  begin + static_cast<std::ptrdiff_t>(at.middle),
                  begin + static_cast<std::ptrdiff_t>(at.last));
      changed = at.first;
    }
  }

  /// The shift that saves most, and of these the longest, then the first. Null when none saves any.
  ///
  /// A shift saves at most twice its length, for taking the block out and putting it in are edits, too;
  /// this needs a distance that the beam did not raise. So long blocks go first and shorter ones that
  /// could not save more are left out.
  template <class Matrix>
  const tercom_shift* best_shift(Matrix& matrix, std::int64_t distance, std::int64_t least, bool is_exact) {
    const tercom_shift* best = nullptr;
    std::tuple<std::int64_t, std::uint32_t, std::int64_t, std::int64_t> best_rank{0, 0, 0, 0};
    for (std::uint32_t lengths = lengths_; lengths != 0;) {
      const auto length = static_cast<std::uint32_t>(std::bit_width(lengths)) - 1;
      lengths ^= std::uint32_t{1} << length;
      const std::int64_t most =
          is_exact ? (std::min)(distance - least, std::int64_t{2} * length) : distance - least;
      // The next blocks are shorter than the best one.
      if (most <= std::get<0>(best_rank)) continue;
      for (const tercom_shift& shift : candidates_) {
        if (shift.length != length) continue;
        const std::tuple rank{distance - matrix.trial(shift), length, -std::int64_t{shift.start},
                              -std::int64_t{shift.target}};
        if (std::get<0>(rank) > 0 && rank > best_rank) {
          best = &shift;
          best_rank = rank;
        }
      }
    }
    return best;
  }

  /// Lists the shifts to try. False when the limit of trials is reached; a shift that is found twice
  /// counts twice.
  bool collect(const encoded_reference& reference) {
    candidates_.clear();
    lengths_ = 0;
    const std::size_t n = words_.size(), m = reference.size();
    for (std::size_t h = 0; h < n; ++h) {
      const std::size_t first = h > tercom_limits::shift_distance ? h - tercom_limits::shift_distance : 0;
      const std::size_t last = (std::min)(m, h + tercom_limits::shift_distance + 1);
      for (std::size_t from = first; from < last; from += 64) {
        std::uint64_t places = match_bits(reference, words_[h], from);
        if (last - from < 64) places &= (std::uint64_t{1} << (last - from)) - 1;
        for (; places != 0; places &= places - 1)
          collect(reference.ids, h, from + static_cast<std::size_t>(std::countr_zero(places)));
      }
      if (tried_ >= tercom_limits::shift_trials) return false;
    }
    return true;
  }

  /// The same for blocks that start with word `h` and match the reference from word `r` on.
  void collect(std::span<const std::uint32_t> reference, std::size_t h, std::size_t r) {
    // A block needs a wrong word on both sides, and must not hold the word that r stands with.
    const auto wrong_h = static_cast<std::size_t>(alignment_.hypothesis_wrong[h]) - h;
    const auto wrong_r = static_cast<std::size_t>(alignment_.reference_wrong[r]) - r;
    const std::size_t shortest = 1 + (std::max)(wrong_h, wrong_r);
    std::size_t longest = (std::min)({tercom_limits::shift_length, words_.size() - h, reference.size() - r});
    const std::int64_t aligned = std::int64_t{alignment_.to_hypothesis[r]} - static_cast<std::int64_t>(h);
    if (aligned >= 0) longest = (std::min)(longest, static_cast<std::size_t>(aligned));
    if (shortest > longest) return;
    std::size_t equal = 1;
    while (equal < longest && words_[h + equal] == reference[r + equal]) ++equal;
    for (std::size_t length = shortest; length <= equal; ++length) {
      lengths_ |= std::uint32_t{1} << length;
      std::int64_t previous = -1;
      // Before the match's first word, and after each of its words.
      for (std::size_t k = 0; k <= length; ++k) {
        const std::int64_t target = r + k == 0 ? 0 : std::int64_t{alignment_.to_hypothesis[r + k - 1]} + 1;
        if (target == previous) continue;
        previous = target;
        ++tried_;
        candidates_.push_back({static_cast<std::uint32_t>(h), static_cast<std::uint32_t>(length),
                               static_cast<std::uint32_t>(target)});
      }
    }
  }

  tercom_rows rows_;
  tercom_cells cells_;
  tercom_alignment alignment_;
  std::vector<std::uint32_t> words_;
  std::vector<tercom_shift> candidates_;
  std::uint32_t lengths_ = 0;  ///< bit k: some candidate has k words
  std::int64_t tried_ = 0;
  least_edits least_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
