// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/tercom_band.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Tercom's edit matrix, cell by cell within the beam. For references more than 50 times as long as
/// the hypothesis, whose beam is too wide for `tercom_rows`; also its portable oracle in the tests.
class tercom_cells {
 public:
  void open(const tercom_band& band, const encoded_reference& reference) {
    band_ = band;
    reference_ = reference.ids;
    for (auto* row : {&row_, &above_}) row->resize((std::max)(row->size(), band_.columns() + 2));
  }

  /// The edit distance of `hypothesis`, which differs from that of the last call from word
  /// `first_changed` on.
  std::int64_t align(std::span<const std::uint32_t> hypothesis, std::size_t /*first_changed*/) {
    words_.assign(hypothesis.begin(), hypothesis.end());
    return fill(words_, true);
  }

  /// The preferred path of what `align` saw.
  void trace(tercom_alignment& out) const {
    std::size_t i = band_.rows(), j = band_.columns();
    auto next_i = static_cast<std::int32_t>(i), next_j = static_cast<std::int32_t>(j);
    out.resize(i, j);
    while (i > 0 || j > 0) {
      const step taken = i == 0 ? step::insert : steps_[begins_[i] + (j - band_.first(i))];
      const bool wrong = taken != step::match;
      const auto word = static_cast<std::int32_t>(i) - 1;
      if (taken != step::remove) {
        --j;
        if (wrong) next_j = static_cast<std::int32_t>(j);
        out.to_hypothesis[j] = word;
        out.reference_wrong[j] = next_j;
      }
      if (taken != step::insert) {
        --i;
        if (wrong) next_i = static_cast<std::int32_t>(i);
        out.hypothesis_wrong[i] = next_i;
      }
    }
  }

  /// The edit distance after a shift of the hypothesis that `align` saw.
  std::int64_t trial(const tercom_shift& shift) {
    shifted_.assign(words_.begin(), words_.end());
    const auto at = shift.as_rotation(words_.size());
    const auto begin = shifted_.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(at.first), begin + static_cast<std::ptrdiff_t>(at.middle),
                begin + static_cast<std::ptrdiff_t>(at.last));
    return fill(shifted_, false);
  }

 private:
  enum class step : std::uint8_t { match, substitute, remove, insert };
  static constexpr std::int64_t infinity = std::int64_t{1} << 60;

  std::int64_t fill(std::span<const std::uint32_t> words, bool keep_steps) {
    const std::size_t n = band_.rows(), m = band_.columns();
    for (std::size_t j = 0; j <= m; ++j) row_[j] = static_cast<std::int64_t>(j);
    std::size_t kept = 0;
    if (keep_steps) begins_.assign(n + 1, 0);
    for (std::size_t i = 1; i <= n; ++i) {
      std::swap(row_, above_);
      const std::size_t first = band_.first(i), last = band_.last(i);
      if (keep_steps) {
        begins_[i] = kept;
        kept += last - first;
        steps_.resize((std::max)(steps_.size(), kept));
      }
      for (std::size_t j = first; j < last; ++j) {
        std::int64_t best = infinity;
        step taken = step::insert;
        const auto consider = [&](std::int64_t cost, step s) {
          if (cost < best) {
            best = cost;
            taken = s;
          }
        };
        const bool above_is_inside = j >= band_.first(i - 1) && j < band_.last(i - 1);
        if (j > 0 && j - 1 >= band_.first(i - 1) && j - 1 < band_.last(i - 1)) {
          const bool equal = words[i - 1] == reference_[j - 1];
          consider(above_[j - 1] + (equal ? 0 : 1), equal ? step::match : step::substitute);
        }
        if (above_is_inside) consider(above_[j] + 1, step::remove);
        if (j > first) consider(row_[j - 1] + 1, step::insert);
        row_[j] = best;
        if (keep_steps) steps_[begins_[i] + (j - first)] = taken;
      }
    }
    return row_[m];
  }

  tercom_band band_;
  std::span<const std::uint32_t> reference_;
  std::vector<std::uint32_t> words_, shifted_;
  std::vector<std::int64_t> row_, above_;
  std::vector<step> steps_;
  std::vector<std::size_t> begins_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
