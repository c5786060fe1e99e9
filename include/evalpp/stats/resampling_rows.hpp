// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

// Rows of `lanes` numbers each, added up.
inline std::vector<std::int64_t> column_sums(std::span<const std::int64_t> rows, std::size_t lanes) {
  std::vector<std::int64_t> sum(lanes);
  for (std::size_t i = 0; lanes != 0 && i + lanes <= rows.size(); i += lanes)
    for (std::size_t k = 0; k < lanes; ++k) sum[k] = evalpp::detail::wrapping_sum(sum[k], rows[i + k]);
  return sum;
}

}  // namespace detail

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
  std::vector<std::int64_t> total() const { return detail::column_sums(values, lanes); }
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

// Adds row i of a column, as often as it counts, to `into`, whose lanes count `names` when it is sparse.
inline void add_row(const table& rows, std::size_t column, std::size_t i,
                    const std::vector<std::string>& names, std::int64_t* into) {
  const std::int64_t times = rows.weights().empty() ? 1 : rows.weights()[i];
  const auto add = [&](std::size_t k, std::int64_t value) {
    into[k] = evalpp::detail::wrapping_sum(into[k], evalpp::detail::wrapping_product(times, value));
  };
  if (rows.columns()[column].info.sparse) {
    const sparse_counts& row = rows.named(column, i);
    for (std::size_t k = 0; k < row.size(); ++k) {
      const auto name = std::lower_bound(names.begin(), names.end(), row[k].name);
      add(static_cast<std::size_t>(name - names.begin()), row[k].count);
    }
  } else {
    const std::span<const std::int64_t> row = rows.row(column, i);
    for (std::size_t k = 0; k < row.size(); ++k) add(k, row[k]);
  }
}

}  // namespace detail

/// What resampling draws from a table: units, each one example or, where examples depend on each other, a
/// cluster of them. The same for all metrics that count the same rows.
struct resampling_units {
  std::vector<std::uint64_t> keys;     ///< one for each unit, see `resampling_key`
  std::vector<std::size_t> rows;       ///< the rows that count, in order
  std::vector<std::uint32_t> unit_of;  ///< the unit of each of these

  std::size_t size() const noexcept { return keys.size(); }
  /// False when some unit has several rows.
  bool one_row_each() const noexcept { return keys.size() == rows.size(); }
};

/// The units over the rows that `chosen(i)` accepts, in order of first appearance: one for each cluster when
/// the table has clusters, else one for each id. Rows that were not measured are left out. O(rows) expected,
/// whatever the ids.
template <class Chosen>
resampling_units resampling_units_of(const table& rows, Chosen&& chosen) {
  const std::span<const std::string> names = rows.clusters().empty() ? rows.ids() : rows.clusters();
  resampling_units out;
  dictionary<std::string_view> known;
  known.clear(rows.rows());
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (!is_counted(rows.states()[i], true) || !chosen(i)) continue;
    const std::uint32_t unit = known.insert(std::string_view(names[i])) - 1;
    if (unit == out.keys.size()) out.keys.push_back(resampling_key(names[i]));
    out.rows.push_back(i);
    out.unit_of.push_back(unit);
  }
  return out;
}

/// The rows of a column, added up by unit. O(rows * lanes); a sparse column becomes as wide as it has names.
inline resampling_rows resampling_rows_of(const table& rows, std::size_t column,
                                          const resampling_units& units) {
  const column_info& info = rows.columns()[column].info;
  resampling_rows out;
  out.keys = units.keys;
  if (info.sparse) out.names = detail::lane_names(rows, column);
  out.lanes = info.sparse ? out.names.size() : info.lanes;
  out.values.resize(units.size() * out.lanes);
  for (std::size_t r = 0; r < units.rows.size(); ++r) {
    const std::size_t i = units.rows[r];
    detail::add_row(rows, column, i, out.names, out.values.data() + units.unit_of[r] * out.lanes);
  }
  return out;
}

/// The same over the rows that `chosen(i)` accepts.
template <class Chosen>
requires std::predicate<Chosen&, std::size_t> resampling_rows resampling_rows_of(const table& rows,
                                                                                 std::size_t column,
                                                                                 Chosen&& chosen) {
  return resampling_rows_of(rows, column, resampling_units_of(rows, chosen));
}

}  // namespace evalpp::inline EVALPP_ABI::stats
