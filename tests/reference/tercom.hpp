// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

// Translation edit rate word for word as sacreBLEU 2.6 computes it: a full matrix for every
// candidate, no caches, no bit tricks. The oracle of metrics/detail/tercom.hpp.
namespace reference {

class tercom {
 public:
  using words = std::vector<std::uint32_t>;

  /// The edits between one hypothesis and one reference: shifts + edit distance after them.
  std::int64_t edits(words hypothesis, const words& reference) {
    reference_ = reference;
    checked_ = 0;
    iterations_ = 0;
    beam_bound_ = false;
    if (reference.empty()) return static_cast<std::int64_t>(hypothesis.size());
    std::int64_t shifts = 0;
    for (;;) {
      ++iterations_;
      const auto [gain, shifted] = best_shift(hypothesis);
      if (checked_ >= max_candidates || gain <= 0) break;
      ++shifts;
      hypothesis = shifted;
    }
    return shifts + distance(hypothesis);
  }

  // What the last call met, for tests that want to know that they reach the corners.
  std::int64_t candidates() const { return checked_; }
  int iterations() const { return iterations_; }
  bool beam_bound() const { return beam_bound_; }

  /// One shift of `length` words from `start` to `target`.
  static words shift(const words& h, std::size_t start, std::size_t length, std::size_t target) {
    words out;
    const auto copy = [&](std::size_t from, std::size_t to) {
      for (std::size_t k = from; k < std::min(to, h.size()); ++k) out.push_back(h[k]);
    };
    if (target < start) {
      copy(0, target), copy(start, start + length), copy(target, start), copy(start + length, h.size());
    } else if (target > start + length) {
      copy(0, start), copy(start + length, target), copy(start, start + length), copy(target, h.size());
    } else {
      copy(0, start), copy(start + length, length + target), copy(start, start + length);
      copy(length + target, h.size());
    }
    return out;
  }

 private:
  static constexpr std::int64_t infinity = 10'000'000'000'000'000;
  static constexpr std::int64_t max_candidates = 1000;
  static constexpr std::size_t max_length = 10;
  static constexpr std::int64_t max_distance = 50;

  enum class op : char { none, match, substitute, remove, insert };
  struct cell {
    std::int64_t cost = infinity;
    op taken = op::none;
  };

  /// The matrix within the beam: rows over the hypothesis, columns over the reference.
  std::int64_t distance(const words& h) {
    const std::size_t n = h.size(), m = reference_.size();
    cells_.assign(n + 1, std::vector<cell>(m + 1));
    for (std::size_t j = 0; j <= m; ++j) cells_[0][j] = {static_cast<std::int64_t>(j), op::insert};
    const double ratio = n == 0 ? 1.0 : static_cast<double>(m) / static_cast<double>(n);
    const std::int64_t beam = ratio / 2 > 25 ? static_cast<std::int64_t>(std::ceil(ratio / 2 + 25)) : 25;
    for (std::size_t i = 1; i <= n; ++i) {
      const auto diagonal = static_cast<std::int64_t>(std::floor(static_cast<double>(i) * ratio));
      const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, diagonal - beam));
      auto last = static_cast<std::size_t>(std::min(static_cast<std::int64_t>(m) + 1, diagonal + beam));
      if (i == n) last = m + 1;
      beam_bound_ = beam_bound_ || first > 0 || last < m + 1;
      for (std::size_t j = first; j < last; ++j) {
        cell& here = cells_[i][j];
        if (j == 0) {
          here = {cells_[i - 1][0].cost + 1, op::remove};
          continue;
        }
        const bool equal = h[i - 1] == reference_[j - 1];
        const cell options[] = {
            {cells_[i - 1][j - 1].cost + (equal ? 0 : 1), equal ? op::match : op::substitute},
            {cells_[i - 1][j].cost + 1, op::remove},
            {cells_[i][j - 1].cost + 1, op::insert}};
        for (const cell& option : options)
          if (here.cost > option.cost) here = option;
      }
    }
    return cells_[n][m].cost;
  }

  /// align[j] = the hypothesis word that reference word j stands with, and which words are wrong.
  void align(const words& h) {
    std::vector<op> trace;
    std::size_t i = h.size(), j = reference_.size();
    while (i > 0 || j > 0) {
      trace.push_back(cells_[i][j].taken);
      if (trace.back() != op::insert) --i;
      if (trace.back() != op::remove) --j;
    }
    std::reverse(trace.begin(), trace.end());
    alignment_.clear();
    hypothesis_wrong_.clear();
    reference_wrong_.clear();
    std::int64_t at = -1;
    for (const op taken : trace) {
      const bool wrong = taken != op::match;
      if (taken != op::insert) {
        ++at;
        hypothesis_wrong_.push_back(wrong);
      }
      if (taken != op::remove) {
        alignment_.push_back(at);
        reference_wrong_.push_back(wrong);
      }
    }
  }

  std::tuple<std::int64_t, words> best_shift(const words& h) {
    const std::int64_t before = distance(h);
    align(h);
    const std::size_t n = h.size(), m = reference_.size();
    std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t> best{};
    words shifted = h;
    bool found = false;
    const auto any = [](const std::vector<bool>& flags, std::size_t from, std::size_t count) {
      for (std::size_t k = from; k < from + count; ++k)
        if (flags[k]) return true;
      return false;
    };
    for (std::size_t start_h = 0; start_h < n; ++start_h)
      for (std::size_t start_r = 0; start_r < m; ++start_r) {
        const std::int64_t apart = static_cast<std::int64_t>(start_r) - static_cast<std::int64_t>(start_h);
        if (apart > max_distance || apart < -max_distance) continue;
        for (std::size_t length = 1; length <= max_length && start_h + length <= n && start_r + length <= m &&
                                     h[start_h + length - 1] == reference_[start_r + length - 1];
             ++length) {
          if (!any(hypothesis_wrong_, start_h, length) || !any(reference_wrong_, start_r, length)) continue;
          const std::int64_t aligned = alignment_[start_r];
          const auto begin = static_cast<std::int64_t>(start_h),
                     end = begin + static_cast<std::int64_t>(length);
          if (begin <= aligned && aligned < end) continue;
          std::int64_t previous = -1;
          for (std::int64_t offset = -1; offset < static_cast<std::int64_t>(length); ++offset) {
            const std::int64_t position = static_cast<std::int64_t>(start_r) + offset;
            std::int64_t target = 0;
            if (position >= 0) {
              if (position >= static_cast<std::int64_t>(m)) break;
              target = alignment_[static_cast<std::size_t>(position)] + 1;
            }
            if (target == previous) continue;
            previous = target;
            const words candidate = shift(h, start_h, length, static_cast<std::size_t>(target));
            const std::tuple rank{before - distance(candidate), static_cast<std::int64_t>(length),
                                  -static_cast<std::int64_t>(start_h), -target};
            ++checked_;
            if (!found || rank > best) {
              best = rank;
              shifted = candidate;
              found = true;
            }
          }
          if (checked_ >= max_candidates) return {found ? std::get<0>(best) : 0, shifted};
        }
      }
    return {found ? std::get<0>(best) : 0, shifted};
  }

  words reference_;
  std::vector<std::vector<cell>> cells_;
  std::vector<std::int64_t> alignment_;
  std::vector<bool> hypothesis_wrong_, reference_wrong_;
  std::int64_t checked_ = 0;
  int iterations_ = 0;
  bool beam_bound_ = false;
};

}  // namespace reference
