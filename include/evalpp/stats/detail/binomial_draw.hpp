// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/draw_from_mode.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// How many of `marked` items are among `drawn` that are taken from `all` with replacement; all up to 2^31.
/// `draws.below(n)` gives uniform numbers below n.
template <class Draws>
std::int64_t binomial_draw(Draws& draws, std::int64_t all, std::int64_t marked, std::int64_t drawn) {
  if (marked == 0 || marked == all) return marked == 0 ? 0 : drawn;
  if (drawn <= few_items) {
    std::int64_t hits = 0;
    for (std::int64_t i = 0; i < drawn; ++i)
      hits += draws.below(static_cast<std::uint32_t>(all)) < static_cast<std::uint32_t>(marked);
    return hits;
  }
  const strict rate = real(marked) / real(all), odds = real(marked) / real(all - marked);
  const auto mode = (std::min)(static_cast<std::int64_t>((real(drawn + 1) * rate).value()), drawn);
  return draw_from_mode(
      draws, mode, binomial_pmf(mode, drawn, rate.value()), 0, drawn,
      [&](std::int64_t i) { return odds * (real(drawn - i) / real(i + 1)); },
      [&](std::int64_t j) { return real(j) / real(drawn - j + 1) / odds; });
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
