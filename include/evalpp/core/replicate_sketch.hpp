// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// What is kept of a run whose rows are gone: the sums of every metric's statistics, over all units and in
/// each replicate of the keyed bootstrap. Since units are drawn by their ids, replicate b of this run and of
/// any other over the same examples is the same draw: a later run can be compared with it pair by pair. 8
/// bytes for each lane and replicate.
struct replicate_sketch {
  struct column {
    column_info info;
    std::vector<std::string> names;   ///< what the lanes of a sparse column count; empty for a dense one
    std::uint64_t units = 0;          ///< what was drawn from: examples, or clusters of them
    std::uint64_t unit_digest = 0;    ///< the sum of their mixed keys, modulo 2^64: equal for equal units
    std::vector<std::int64_t> total;  ///< one number for each lane
    std::vector<std::int64_t> drawn;  ///< how many units each replicate drew, each as often as it did
    std::vector<std::int64_t> sums;   ///< replicate after replicate, `total.size()` numbers each

    std::span<const std::int64_t> replicate(std::size_t b) const noexcept {
      return {sums.data() + b * total.size(), total.size()};
    }
    bool operator==(const column&) const = default;
  };

  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  std::vector<column> columns;

  bool operator==(const replicate_sketch&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI
