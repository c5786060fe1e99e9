// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/paired_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The stratum of each unit of `resampling_rows`: groups whose sizes were fixed when the data was chosen (so
/// many examples of each domain), and which therefore are resampled one by one (Davison and Hinkley 1997).
struct strata {
  std::vector<std::uint32_t> of;    ///< for each unit, the number of its stratum
  std::vector<std::uint32_t> size;  ///< for each stratum, its units
};

/// Strata numbered as they come: `of` may hold any numbers.
inline strata strata_from(std::span<const std::uint32_t> of) {
  strata out;
  std::unordered_map<std::uint32_t, std::uint32_t> known;
  for (const std::uint32_t name : of) {
    const auto at = known.emplace(name, static_cast<std::uint32_t>(out.size.size())).first->second;
    if (at == out.size.size()) out.size.push_back(0);
    ++out.size[at];
    out.of.push_back(at);
  }
  return out;
}

namespace detail {

// Adds rows one by one; the unit of a row is its cluster or its id.
class strata_builder {
 public:
  strata_builder(const table& rows, const key_column& key)
      : units_(rows.clusters().empty() ? rows.ids() : rows.clusters()), key_(key) {}

  // False when the row's unit lies in another stratum already.
  bool add(std::size_t row) {
    const auto stratum =
        names_.emplace(key_.values[row], static_cast<std::uint32_t>(names_.size())).first->second;
    if (stratum == made.size.size()) made.size.push_back(0);
    const auto [at, added] = known_.emplace(units_[row], stratum);
    if (added) {
      made.of.push_back(stratum);
      ++made.size[stratum];
    }
    return at->second == stratum;
  }
  error refusal(std::size_t row) const {
    return {error_code::mismatch,
            '"' + units_[row] + "\" lies in two strata of \"" + key_.name + "\", in \"" + key_.values[row] +
                "\" and in another",
            "examples that depend on each other belong to one stratum"};
  }

  strata made;

 private:
  std::span<const std::string> units_;
  const key_column& key_;
  std::unordered_map<std::string_view, std::uint32_t> names_, known_;
};

}  // namespace detail

/// The strata by a key of the table, for the units that `resampling_rows_of` makes of the same rows. Refuses
/// an id or a cluster that lies in two strata. O(rows).
template <class Chosen>
result<strata> strata_of(const table& rows, const key_column& key, Chosen&& chosen) {
  detail::strata_builder builder(rows, key);
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (!is_counted(rows.states()[i], true) || !chosen(i)) continue;
    if (!builder.add(i)) return builder.refusal(i);
  }
  return std::move(builder.made);
}

/// The same for the units that `paired_rows_of` makes of these pairs, by a key of the baseline's table.
template <class Chosen>
result<strata> strata_of(const table& baseline, const key_column& key, std::span<const row_pair> pairs,
                         Chosen&& chosen) {
  detail::strata_builder builder(baseline, key);
  for (const row_pair& pair : pairs)
    if (chosen(pair) && !builder.add(pair.baseline)) return builder.refusal(pair.baseline);
  return std::move(builder.made);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
