// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/references.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/metrics/detail/levenshtein_pairs.hpp>

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The Levenshtein distance of every pair: `distances[i]` insertions, deletions and substitutions make
/// `references[i]` of `hypotheses[i]`. For near-duplicates, n-best lists and whatever else has many short
/// pairs: with AVX-512 eight of them are measured at once, several times as fast as one after another.
///
///     evalpp::levenshtein_distances(outputs, gold);  // std::vector<std::int64_t>
///
/// Texts are compared code point by code point as they stand, other ranges token by token; each pair as
/// `levenshtein_similarity` and `ids::levenshtein_similarity` measure it. Counts that differ are an error
/// (thrown, or abort). O(hypothesis * reference / 64) per pair.
template <std::ranges::random_access_range Hypotheses, std::ranges::random_access_range References>
requires reference_like<std::ranges::range_value_t<const References>,
                        kind_of<std::ranges::range_value_t<const Hypotheses>>>
void levenshtein_distances(const Hypotheses& hypotheses, const References& references,
                           std::span<std::int64_t> distances) {
  const auto n = static_cast<std::size_t>(std::ranges::size(hypotheses));
  if (n != static_cast<std::size_t>(std::ranges::size(references)) || n != distances.size())
    detail::raise_error({error_code::mismatch,
                         std::to_string(n) + " hypotheses, " + std::to_string(std::ranges::size(references)) +
                             " references, room for " + std::to_string(distances.size()) + " distances",
                         "pass as many of each"});
  constexpr bool stay = detail::elements_stay<Hypotheses> && detail::elements_stay<References>;
  detail::levenshtein_pairs<kind_of<std::ranges::range_value_t<const Hypotheses>>> pairs(distances);
  for (std::size_t i = 0; i < n; ++i) {
    const auto& hypothesis =
        std::ranges::begin(hypotheses)[static_cast<std::ranges::range_difference_t<const Hypotheses>>(i)];
    const auto& reference =
        std::ranges::begin(references)[static_cast<std::ranges::range_difference_t<const References>>(i)];
    pairs.template add<stay>(i, hypothesis, reference);
  }
  pairs.finish();
}
template <std::ranges::random_access_range Hypotheses, std::ranges::random_access_range References>
requires reference_like<std::ranges::range_value_t<const References>,
                        kind_of<std::ranges::range_value_t<const Hypotheses>>>
    std::vector<std::int64_t> levenshtein_distances(const Hypotheses& hypotheses,
                                                    const References& references) {
  std::vector<std::int64_t> distances(static_cast<std::size_t>(std::ranges::size(hypotheses)));
  levenshtein_distances(hypotheses, references, distances);
  return distances;
}

}  // namespace evalpp::inline EVALPP_ABI
