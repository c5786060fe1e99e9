// SPDX-License-Identifier: MIT
#pragma once

// The textbook bootstrap from its definition, within strata or in one: every replicate picks its rows and
// adds them. The oracle of stats/multinomial_bootstrap.hpp and stats/stratified_bootstrap.hpp.

#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

/// The sums of one replicate; `members` are the units of each stratum.
inline std::vector<std::int64_t> multinomial_sum(const evalpp::stats::resampling_rows& rows,
                                                 const std::vector<std::vector<std::size_t>>& members,
                                                 std::uint64_t seed, std::uint64_t replicate) {
  std::vector<std::int64_t> sum(rows.lanes);
  evalpp::stats::multinomial_draws draws(seed, replicate);
  for (const auto& stratum : members)
    for (std::size_t i = 0; i < stratum.size(); ++i) {
      const std::size_t unit = stratum[draws.below(static_cast<std::uint32_t>(stratum.size()))];
      for (std::size_t k = 0; k < rows.lanes; ++k) sum[k] += rows.row(unit)[k];
    }
  return sum;
}

}  // namespace reference
