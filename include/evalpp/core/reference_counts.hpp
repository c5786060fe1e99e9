// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace evalpp::inline EVALPP_ABI {

/// How many references the examples had, as lanes that tell whether the number varied.
struct reference_counts {
  std::int64_t examples;
  std::int64_t references;
  std::int64_t references_squared;

  static reference_counts of(std::size_t references) noexcept {
    const auto r = static_cast<std::int64_t>(references);
    return {1, r, r * r};
  }

  /// sacreBLEU's field: `nrefs:2`, or `nrefs:var`. By Cauchy-Schwarz the number is the same for
  /// every example exactly when examples * sum of squares == square of the sum.
  std::string signature() const {
    if (examples == 0) return "nrefs:0";
    const std::int64_t each = references / examples;
    const bool constant = each * examples == references && each * references == references_squared;
    return constant ? "nrefs:" + std::to_string(each) : "nrefs:var";
  }
};

}  // namespace evalpp::inline EVALPP_ABI
