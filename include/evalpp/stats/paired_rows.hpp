// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// Row numbers of one example in the tables of two systems.
struct row_pair {
  std::size_t baseline = 0;
  std::size_t candidate = 0;

  bool operator==(const row_pair&) const = default;
};

/// The rows of one metric of a baseline and its candidates over the same examples. The unit that is drawn, or
/// exchanged, has the baseline's lanes and then those of each candidate.
struct paired_rows {
  resampling_rows units;  ///< `units.lanes` is the width of the metric times the number of systems
  std::size_t candidates = 1;

  std::size_t size() const noexcept { return units.size(); }
  /// The width of one system's part.
  std::size_t lanes() const noexcept { return units.lanes / (candidates + 1); }
  std::span<const std::int64_t> baseline(std::span<const std::int64_t> row) const noexcept {
    return row.first(lanes());
  }
  std::span<const std::int64_t> candidate(std::span<const std::int64_t> row,
                                          std::size_t number = 0) const noexcept {
    return row.subspan((number + 1) * lanes(), lanes());
  }
};

/// What resampling draws from pairs of rows: units, each the pairs of one of the baseline's clusters when it
/// has any, else of one of its ids. The same for all metrics that count the same pairs.
struct paired_units {
  std::vector<std::uint64_t> keys;     ///< one for each unit, see `resampling_key`
  std::vector<row_pair> pairs;         ///< the pairs that count, in order
  std::vector<std::uint32_t> unit_of;  ///< the unit of each of these

  std::size_t size() const noexcept { return keys.size(); }
  /// Of two with the same baseline: whether they pair the same rows of it, and so have the same units. The
  /// candidates' rows may lie elsewhere.
  bool drawn_like(const paired_units& other) const noexcept {
    return std::equal(pairs.begin(), pairs.end(), other.pairs.begin(), other.pairs.end(),
                      [](const row_pair& a, const row_pair& b) { return a.baseline == b.baseline; });
  }
};

/// The units over the pairs that `chosen(pair)` accepts, in order of first appearance. O(pairs) expected; the
/// ids are not hashed again when `known`, of the same baseline, is drawn alike.
template <class Chosen>
paired_units paired_units_of(const table& baseline, std::span<const row_pair> pairs, Chosen&& chosen,
                             const paired_units* known = nullptr) {
  const std::span<const std::string> names =
      baseline.clusters().empty() ? baseline.ids() : baseline.clusters();
  paired_units out;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(out.pairs), chosen);
  if (known != nullptr && out.drawn_like(*known)) {
    out.keys = known->keys;
    out.unit_of = known->unit_of;
    return out;
  }
  dictionary<std::string_view> numbers;
  numbers.clear(out.pairs.size());
  for (const row_pair& pair : out.pairs) {
    const std::string& name = names[pair.baseline];
    const std::uint32_t unit = numbers.insert(std::string_view(name)) - 1;
    if (unit == out.keys.size()) out.keys.push_back(resampling_key(name));
    out.unit_of.push_back(unit);
  }
  return out;
}

/// A candidate's rows, and the pairs that they make with those of a baseline.
struct paired_candidate {
  const table* rows = nullptr;
  const paired_units* units = nullptr;
};

/// The rows of a column of a baseline and of candidates whose units are drawn alike (`drawn_like`), added up
/// by unit. All have the same metric in that column. O(pairs * lanes).
inline paired_rows paired_rows_of(const table& baseline, std::span<const paired_candidate> candidates,
                                  std::size_t column) {
  const column_info& info = baseline.columns()[column].info;
  paired_rows out;
  out.candidates = candidates.size();
  std::vector<std::string>& names = out.units.names;
  std::size_t width = info.lanes;
  if (info.sparse) {
    names = detail::lane_names(baseline, column);
    for (const paired_candidate& candidate : candidates) {
      const std::vector<std::string> own = detail::lane_names(*candidate.rows, column);
      std::vector<std::string> all;
      std::set_union(names.begin(), names.end(), own.begin(), own.end(), std::back_inserter(all));
      names = std::move(all);
    }
    width = names.size();
  }
  if (candidates.empty()) return out;
  const paired_units& units = *candidates.front().units;
  out.units.keys = units.keys;
  out.units.lanes = (candidates.size() + 1) * width;
  out.units.values.resize(units.size() * out.units.lanes);
  for (std::size_t p = 0; p < units.pairs.size(); ++p) {
    std::int64_t* into = out.units.values.data() + units.unit_of[p] * out.units.lanes;
    detail::add_row(baseline, column, units.pairs[p].baseline, names, into);
    for (const paired_candidate& candidate : candidates)
      detail::add_row(*candidate.rows, column, candidate.units->pairs[p].candidate, names, into += width);
  }
  return out;
}

/// The same of one candidate.
inline paired_rows paired_rows_of(const table& baseline, const table& candidate, std::size_t column,
                                  const paired_units& units) {
  const paired_candidate one{&candidate, &units};
  return paired_rows_of(baseline, std::span(&one, 1), column);
}

/// The same over the pairs that `chosen(pair)` accepts.
template <class Chosen>
paired_rows paired_rows_of(const table& baseline, const table& candidate, std::size_t column,
                           std::span<const row_pair> pairs, Chosen&& chosen) {
  return paired_rows_of(baseline, candidate, column, paired_units_of(baseline, pairs, chosen));
}

}  // namespace evalpp::inline EVALPP_ABI::stats
