// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/binomial_draw.hpp>
#include <evalpp/stats/detail/hypergeometric_draw.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// A pooled sample is a number of groups of equal items, and a split of it into two samples is how many of
// each group the first sample has. There are C(all, first) splits of the items; those with the same counts
// are one here, with its multiplicity.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// C(n, k), or `most + 1` when that is less. `most` up to 2^31, n too.
inline std::uint64_t binomial_coefficient(std::uint64_t n, std::uint64_t k, std::uint64_t most) noexcept {
  k = (std::min)(k, n - k);
  std::uint64_t value = 1;
  for (std::uint64_t i = 1; i <= k; ++i) {
    value = value * (n - k + i) / i;
    if (value > most) return most + 1;
  }
  return value;
}

/// A random split, all splits of the items being equally likely: calls `add(group, of_first)` for each group.
template <class Draws, class Add>
void draw_split(Draws& draws, std::span<const std::uint32_t> groups, std::uint32_t all, std::uint32_t first,
                const Add& add) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::uint32_t items = groups[g];
    // Without a branch on the outcome, which nothing can predict.
    const std::uint32_t taken =
        items == 1 ? static_cast<std::uint32_t>(draws.below(all) < first)
                   : static_cast<std::uint32_t>(hypergeometric_draw(draws, all, first, items));
    all -= items;
    first -= taken;
    add(g, taken);
  }
}

/// Samples of as many items, drawn from a sample with replacement: how many of each group.
class resampled_groups {
 public:
  explicit resampled_groups(std::span<const std::uint32_t> groups) : groups_(groups) {
    for (const std::uint32_t items : groups) all_ += items;
    // Where groups are hardly larger than their items, one item after the other.
    if (all_ / 8 > groups.size()) return;
    for (std::size_t g = 0; g < groups.size(); ++g)
      group_of_.insert(group_of_.end(), groups[g], static_cast<std::uint32_t>(g));
  }

  /// `taken` has a place for each group.
  template <class Draws>
  void draw(Draws& draws, std::span<std::uint32_t> taken) const {
    if (!group_of_.empty()) {
      std::fill(taken.begin(), taken.end(), 0);
      const auto all = static_cast<std::uint32_t>(all_);
      for (std::uint32_t i = 0; i < all; ++i) ++taken[group_of_[draws.below(all)]];
      return;
    }
    auto room = static_cast<std::int64_t>(all_), left = room;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      const std::int64_t here = binomial_draw(draws, room, groups_[g], left);
      room -= groups_[g];
      left -= here;
      taken[g] = static_cast<std::uint32_t>(here);
    }
  }

 private:
  std::span<const std::uint32_t> groups_;
  std::uint64_t all_ = 0;
  std::vector<std::uint32_t> group_of_;  // by item
};

/// Calls `split(of_first, multiplicity)` for every different split, of which all together stand for
/// at most 2^31 splits of the items.
template <class Split>
void for_each_split(std::span<const std::uint32_t> groups, std::uint32_t first, const Split& split) {
  const std::size_t count = groups.size();
  std::vector<std::uint64_t> room(count + 1);  // in this group and those after it
  for (std::size_t g = count; g-- > 0;) room[g] = room[g + 1] + groups[g];
  std::vector<std::uint32_t> taken(count);
  std::vector<std::uint64_t> left(count + 1), ways(count + 1);
  left[0] = first;
  ways[0] = 1;
  const auto take = [&](std::size_t g, std::uint64_t items) {
    taken[g] = static_cast<std::uint32_t>(items);
    left[g + 1] = left[g] - items;
    ways[g + 1] = ways[g] * binomial_coefficient(groups[g], items, std::uint64_t{1} << 31);
  };
  for (std::size_t from = 0;;) {
    for (std::size_t g = from; g < count; ++g) take(g, left[g] > room[g + 1] ? left[g] - room[g + 1] : 0);
    split(std::span<const std::uint32_t>(taken), ways[count]);
    std::size_t g = count;
    while (g > 0 && taken[g - 1] == (std::min)(std::uint64_t{groups[g - 1]}, left[g - 1])) --g;
    if (g == 0) return;
    take(g - 1, taken[g - 1] + std::uint64_t{1});
    from = g;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
