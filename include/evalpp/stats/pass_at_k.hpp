// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstdint>
#include <utility>

// Of n samples for a problem, c were correct. Both estimates here are unbiased for a single problem
// and for k <= n; the score of a benchmark is their mean over its problems, and its interval that of
// a mean over problems, not samples. n may differ from problem to problem.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {
inline void require_samples(std::uint64_t samples, std::uint64_t correct, std::uint64_t k) {
  if (k == 0 || k > samples || correct > samples)
    evalpp::detail::raise_invalid("pass at k needs 1 <= k <= samples and correct <= samples");
}

/// The chance that none of k samples drawn of n is one of m: C(n - m, k) / C(n, k), and its
/// complement, both without cancellation.
struct drawn_none {
  strict none = 1.0;
  strict some = 0.0;
};

inline drawn_none draw(std::uint64_t n, std::uint64_t m, std::uint64_t k) {
  if (m > n - k) return {0.0, 1.0};
  // Drawing k of n and marking m, or drawing m and marking k: the shorter of the two.
  if (k > m) std::swap(k, m);
  drawn_none chance;
  for (std::uint64_t i = 0; i < k && chance.none > 0.0; ++i) {
    chance.some += chance.none * (real(m) / real(n - i));
    chance.none *= real(n - m - i) / real(n - i);
  }
  return chance;
}
}  // namespace detail

/// pass@k, 0-1: the chance that at least one of k samples is correct, 1 - C(n - c, k) / C(n, k).
/// k = 0, k > n and c > n raise. O(min(k, c)). Chen and others 2021 (HumanEval).
inline double pass_at_k(std::uint64_t samples, std::uint64_t correct, std::uint64_t k) {
  detail::require_samples(samples, correct, k);
  return detail::draw(samples, correct, k).some.value();
}

/// pass^k, 0-1: the chance that all of k samples are correct, C(c, k) / C(n, k).
/// k = 0, k > n and c > n raise. O(min(k, n - c)). Yao and others 2024 (tau-bench).
inline double pass_hat_k(std::uint64_t samples, std::uint64_t correct, std::uint64_t k) {
  detail::require_samples(samples, correct, k);
  return detail::draw(samples, samples - correct, k).none.value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
