// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Factors a symmetric positive definite matrix (row-major, n x n) in place: its lower triangle
/// becomes L of L L^T. False when it is not positive definite to working precision. O(n^3).
inline bool cholesky(std::span<strict> a, std::size_t n) {
  const auto row = [&](std::size_t i) { return a.subspan(i * n, n); };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      strict sum = row(i)[j];
      for (std::size_t k = 0; k < j; ++k) sum -= row(i)[k] * row(j)[k];
      if (i == j && !(sum > 0.0)) return false;
      row(i)[j] = i == j ? sqrt(sum) : sum / row(j)[j];
    }
  }
  return true;
}

/// Solves L L^T x = b in place of b.
inline void cholesky_solve(std::span<const strict> l, std::span<strict> b) {
  const std::size_t n = b.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l[i * n + k] * b[k];
    b[i] /= l[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= l[k * n + i] * b[k];
    b[i] /= l[i * n + i];
  }
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
