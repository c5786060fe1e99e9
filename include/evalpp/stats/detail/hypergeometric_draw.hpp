// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/draw_from_mode.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// How many of `marked` items are among `drawn` that are taken from `all` without replacement; all up to
/// 2^31. `draws.below(n)` gives uniform numbers below n. The chance of the mode is Loader's.
template <class Draws>
std::int64_t hypergeometric_draw(Draws& draws, std::int64_t all, std::int64_t marked, std::int64_t drawn) {
  if (drawn > marked) std::swap(drawn, marked);  // the law is symmetric
  if (drawn == 0 || marked == all) return drawn;
  if (drawn <= few_items) {
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < drawn; ++i)
      hits += draws.below(static_cast<std::uint32_t>(all - i)) < static_cast<std::uint32_t>(marked - hits);
    return hits;
  }
  const std::int64_t unmarked = all - marked;
  const std::int64_t least = (std::max)(drawn - unmarked, std::int64_t{0}), most = drawn;
  const std::int64_t mode = (drawn + 1) * (marked + 1) / (all + 2);
  const double rate = (real(drawn) / real(all)).value();
  const strict at_mode =
      strict(binomial_pmf(mode, marked, rate)) *
      (strict(binomial_pmf(drawn - mode, unmarked, rate)) / binomial_pmf(drawn, all, rate));
  return draw_from_mode(
      draws, mode, at_mode, least, most,
      [&](std::int64_t i) {
        return real((marked - i) * (drawn - i)) / real((i + 1) * (unmarked - drawn + i + 1));
      },
      [&](std::int64_t j) {
        return real(j * (unmarked - drawn + j)) / real((marked - j + 1) * (drawn - j + 1));
      });
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
