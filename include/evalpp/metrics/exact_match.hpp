// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/detail/fp.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The share of examples that equal a reference, 0-100, and the counts it comes from.
struct exact_match_score {
  double value = 0;          ///< 100 * correct / total; 0 when there are no examples
  std::int64_t correct = 0;  ///< examples that equal one of their references
  std::int64_t total = 0;    ///< examples with a reference

  std::vector<part> parts() const { return {{"correct", correct}, {"total", total}}; }
};

/// The share of hypotheses that equal one of their references byte for byte.
struct exact_match {
  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;

  struct statistics {
    std::int64_t correct;
    std::int64_t total;
  };

  std::string name() const { return "em"; }
  std::string signature() const { return signature_builder{}.add("tok", "raw").str(); }

  statistics measure(std::string_view hypothesis, std::span<const std::string_view> references) const {
    return {std::find(references.begin(), references.end(), hypothesis) != references.end(), 1};
  }

  exact_match_score score(const statistics& s) const {
    if (s.total == 0) return {};
    return {detail::keep(detail::keep(100.0 * static_cast<double>(s.correct)) / static_cast<double>(s.total)),
            s.correct, s.total};
  }

  bool operator==(const exact_match&) const = default;
};
static_assert(dense_statistics<exact_match::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
