// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/workflow/join.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::workflow {

/// How a candidate is compared with its baseline.
struct compare_options {
  std::string primary = {};  ///< the metric that decides, by name; by default the first
  double margin = 0;         ///< the smallest gain worth having, in points of a 0-100 scale; 0: none
  std::optional<double> equivalence = {};  ///< differences up to this are none, in the same points
  double level = 0.95;                     ///< of the intervals; the verdict follows from them
  join_policy join = join_policy::strict;
  std::vector<std::string> slices = {};  ///< keys of the table to break the comparison down by
  stats::resampling_options resampling = {};
  std::size_t most_flips = 20;  ///< how many ids of flips are kept, each way
};

}  // namespace evalpp::inline EVALPP_ABI::workflow
