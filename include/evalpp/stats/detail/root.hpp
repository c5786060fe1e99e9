// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Where f changes its sign between lo and hi, to the last places of the answer, by Ridders' method: it
/// halves the bracket at least and doubles the digits usually. f(lo) and f(hi) must differ in sign or one be
/// 0; if not, the end with the smaller |f|.
template <class F>
strict bracketed_root(const F& f, strict lo, strict hi) {
  strict at_lo = f(lo);
  strict at_hi = f(hi);
  if (at_lo == 0 || at_hi == 0 || (at_lo > 0) == (at_hi > 0)) return abs(at_lo) <= abs(at_hi) ? lo : hi;
  for (int step = 0; step < 200; ++step) {
    const strict middle = (lo + hi) * 0.5;
    if (!(lo < middle && middle < hi) && !(hi < middle && middle < lo)) break;
    const strict at_middle = f(middle);
    if (at_middle == 0) return middle;
    // Divided by its own size first: f may be tiny, and its square is not to underflow.
    const strict low_ratio = at_lo / at_middle;
    const strict high_ratio = at_hi / at_middle;
    const strict root = sqrt(1 - low_ratio * high_ratio);
    const strict next = middle + (middle - lo) * (low_ratio > high_ratio ? 1 / root : -1 / root);
    const strict at_next = f(next);
    if (at_next == 0) return next;
    if ((at_middle > 0) != (at_next > 0)) {
      lo = middle;
      at_lo = at_middle;
      hi = next;
      at_hi = at_next;
    } else if ((at_lo > 0) != (at_next > 0)) {
      hi = next;
      at_hi = at_next;
    } else {
      lo = next;
      at_lo = at_next;
    }
    if (abs(hi - lo) <= (abs(hi) + abs(lo)) * 2e-16) break;
  }
  return abs(at_lo) <= abs(at_hi) ? lo : hi;
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
