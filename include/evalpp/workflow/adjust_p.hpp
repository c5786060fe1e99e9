// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/multiplicity.hpp>
#include <evalpp/workflow/comparison.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::workflow {

/// Adjusts the p values of comparisons that were made at once, over slices or candidates: Holm for up to 20,
/// which bounds the chance of any false finding; Benjamini-Hochberg beyond, which bounds the share of false
/// findings among all. One comparison alone needs no adjustment. Holm 1979 assumes nothing of how they
/// depend; Benjamini and Hochberg 1995 that they depend positively, as comparisons with one baseline do.
inline void adjust_p(std::span<metric_comparison* const> family) {
  if (family.size() < 2) return;
  std::vector<double> p;
  for (const metric_comparison* m : family) p.push_back(m->p());
  const bool few = family.size() <= 20;
  const std::vector<double> adjusted = few ? stats::holm(p) : stats::benjamini_hochberg(p);
  for (std::size_t i = 0; i < family.size(); ++i) {
    family[i]->p_adjusted = adjusted[i];
    family[i]->p_adjustment = few ? "holm" : "bh";
  }
}

}  // namespace evalpp::inline EVALPP_ABI::workflow
