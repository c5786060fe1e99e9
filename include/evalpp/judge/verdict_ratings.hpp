// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/item_verdict.hpp>
#include <evalpp/judge/judged_score.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <cstddef>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// The verdicts of a pointwise run, on `rating_scales` of its rubric.
inline std::vector<item_verdict> item_verdicts(const judged_run& run) {
  const std::vector<const criterion*> all = leaves(run.rubric);
  std::vector<item_verdict> out(run.rows.rows());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].id = run.rows.ids()[i];
    if (run.rows.states()[i] != row_state::scored) continue;
    for (std::size_t k = 0; k < all.size(); ++k) {
      const sparse_counts& sums = run.rows.named(k, i);
      out[i].ratings.push_back(evalpp::detail::ratio(sums.count(all[k]->name), sums.count(detail::verdicts)));
    }
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
