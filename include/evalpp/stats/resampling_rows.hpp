// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The rows of one metric as resampling sees them: the units that are drawn, each with the sum of its
/// examples' statistics. A unit is an example, or, where examples depend on each other, a cluster of them.
struct resampling_rows {
  std::size_t lanes = 0;
  std::vector<std::uint64_t> keys;   ///< one for each unit, see `resampling_key`
  std::vector<std::int64_t> values;  ///< size() * lanes
  std::vector<std::string> names;    ///< what the lanes of a sparse column count; empty for a dense one

  std::size_t size() const noexcept { return keys.size(); }
  std::span<const std::int64_t> row(std::size_t unit) const noexcept {
    return {values.data() + unit * lanes, lanes};
  }

  /// All units added up.
  std::vector<std::int64_t> total() const {
    std::vector<std::int64_t> sum(lanes);
    for (std::size_t i = 0; i < size(); ++i)
      for (std::size_t k = 0; k < lanes; ++k)
        sum[k] = evalpp::detail::wrapping_sum(sum[k], values[i * lanes + k]);
    return sum;
  }
};

namespace detail {

// The names of a sparse column's counts, in order.
inline std::vector<std::string> lane_names(const table& rows, std::size_t column) {
  std::vector<std::string_view> all;
  for (const sparse_counts& row : rows.columns()[column].named)
    for (std::size_t k = 0; k < row.size(); ++k) all.push_back(row[k].name);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return {all.begin(), all.end()};
}

}  // namespace detail

/// The units of a column over the rows that `chosen(i)` accepts, in order of first appearance: one for each
/// cluster when the table has clusters, else one for each id. Rows that were not measured are left out.
/// O(rows * lanes); a sparse column becomes as wide as it has names.
template <class Chosen>
resampling_rows resampling_rows_of(const table& rows, std::size_t column, Chosen&& chosen) {
  const column_info& info = rows.columns()[column].info;
  resampling_rows out;
  if (info.sparse) out.names = detail::lane_names(rows, column);
  out.lanes = info.sparse ? out.names.size() : info.lanes;

  const std::span<const std::string> units = rows.clusters().empty() ? rows.ids() : rows.clusters();
  std::unordered_map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (!is_counted(rows.states()[i], true) || !chosen(i)) continue;
    const auto [at, added] = known.emplace(units[i], out.keys.size());
    if (added) {
      out.keys.push_back(resampling_key(units[i]));
      out.values.resize(out.values.size() + out.lanes);
    }
    const std::int64_t times = rows.weights().empty() ? 1 : rows.weights()[i];
    std::int64_t* const into = out.values.data() + at->second * out.lanes;
    const auto add = [&](std::size_t k, std::int64_t value) {
      into[k] = evalpp::detail::wrapping_sum(into[k], evalpp::detail::wrapping_product(times, value));
    };
    if (info.sparse) {
      const sparse_counts& row = rows.named(column, i);
      for (std::size_t k = 0; k < row.size(); ++k) {
        const auto name = std::lower_bound(out.names.begin(), out.names.end(), row[k].name);
        add(static_cast<std::size_t>(name - out.names.begin()), row[k].count);
      }
    } else {
      const std::span<const std::int64_t> row = rows.row(column, i);
      for (std::size_t k = 0; k < row.size(); ++k) add(k, row[k]);
    }
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
