// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/human_labels.hpp>
#include <evalpp/judge/judged_pair.hpp>

#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// A judge's ratings of an item, one for each scale; none when it has no verdict. Of several samples each is
/// their mean, which may lie between two ratings.
struct item_verdict {
  std::string id;
  std::vector<double> ratings = {};

  bool operator==(const item_verdict&) const = default;
};

/// The verdicts on pairs, on `preference_scales`. A pair without a verdict in every order has none.
inline std::vector<item_verdict> item_verdicts(std::span<const judged_pair> pairs) {
  std::vector<item_verdict> out;
  out.reserve(pairs.size());
  for (const judged_pair& p : pairs) {
    item_verdict& made = out.emplace_back();
    made.id = p.id;
    if (const auto found = p.outcome(); found && p.scored_in_both_orders())
      made.ratings.push_back(static_cast<double>(rating_of(*found)));
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
