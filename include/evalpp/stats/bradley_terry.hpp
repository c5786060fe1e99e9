// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/cholesky.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/detail/strongly_connected.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// Strengths of systems from wins between them: system i beats j with chance
/// 1 / (1 + exp(strength[j] - strength[i])).
struct bradley_terry_fit {
  /// In logits, their sum 0; empty when `components` has more than one number, and where wins differ
  /// so much (by 10^15) that doubles do not tell the strengths.
  std::vector<double> log_strengths;
  /// Covariance of `log_strengths`, row-major, by the inverse of Fisher's information; empty with them.
  std::vector<double> covariance;
  double log_likelihood = 0;  ///< of the wins, at `log_strengths`
  /// Which systems are comparable: those with the same number, from 0, beat each other directly or
  /// through others. With more than one number no strengths exist: between components somebody never
  /// lost, or never met.
  std::vector<std::size_t> components;

  std::size_t size() const noexcept { return components.size(); }

  /// Of the strength of system i itself (the sum of all being 0), or with j of its distance from j.
  double standard_error(std::size_t i) const { return error(covariance[i * size() + i]); }
  double standard_error(std::size_t i, std::size_t j) const {
    using detail::strict;
    const auto entry = [&](std::size_t a, std::size_t b) { return strict(covariance[a * size() + b]); };
    return error((entry(i, i) + entry(j, j) - 2.0 * entry(i, j)).value());
  }

 private:
  static double error(double variance) { return sqrt(detail::strict((std::max)(variance, 0.0))).value(); }
};

namespace detail {

inline strict log_one_plus_exp(strict x) {
  return x > 0.0 ? x + log_one_plus_exp(-x) : strict(evalpp::detail::keep(std::log1p(exp(x).value())));
}

struct pairings {
  std::span<const double> wins;
  std::size_t n;
  double pseudo_wins;

  strict won(std::size_t i, std::size_t j) const {
    return i == j ? strict(0.0) : wins[i * n + j] + strict(pseudo_wins);
  }
  strict games(std::size_t i, std::size_t j) const { return won(i, j) + won(j, i); }
  static strict chance(strict ahead) { return 1.0 / (1.0 + exp(-ahead)); }

  strict log_likelihood(std::span<const strict> strengths) const {
    strict sum;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (won(i, j) > 0.0) sum -= won(i, j) * log_one_plus_exp(strengths[j] - strengths[i]);
    return sum;
  }

  /// Fisher's information, made regular: it is blind to a shift of all strengths, so `shift` fills
  /// that direction without touching the others.
  std::vector<strict> information(std::span<const strict> strengths, strict shift) const {
    std::vector<strict> h(n * n, shift);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const strict p = chance(strengths[i] - strengths[j]);
        const strict curvature = games(i, j) * (p * (1.0 - p));
        h[i * n + j] -= curvature;
        h[j * n + i] -= curvature;
        h[i * n + i] += curvature;
        h[j * n + j] += curvature;
      }
    }
    return h;
  }

  std::vector<strict> gradient(std::span<const strict> strengths) const {
    std::vector<strict> g(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const strict p = chance(strengths[i] - strengths[j]);
        const strict surplus = won(i, j) * (1.0 - p) - won(j, i) * p;
        g[i] += surplus;
        g[j] -= surplus;
      }
    }
    return g;
  }
};

inline void centre(std::span<strict> values) {
  strict mean;
  for (const strict v : values) mean += v;
  mean /= real(values.size());
  for (strict& v : values) v -= mean;
}

}  // namespace detail

/// The Bradley-Terry model of pairwise comparisons, by maximum likelihood.
///
/// `wins[i * systems + j]` is how often system i beat j (`pairwise_wins`), a tie half a win of each. The
/// diagonal is not read. `pseudo_wins` is added to every direction of every pair: 0 is maximum
/// likelihood, which exists only where no group of systems won, or lost, all its games against the
/// rest (Ford 1957); a small number such as 0.5 gives strengths always, drawn towards equality. A
/// resample of the questions is this call with other wins. Wins that are negative, infinite or NaN
/// raise, as does a table that is not square. No system gives an empty fit.
///
/// Standard errors assume independent games. Many games over few prompts are not: resample prompts.
/// O(systems^3) a step, few steps: Newton with halving. Bradley and Terry 1952, Hunter 2004 (his
/// algorithm gives the same fit); R's BradleyTerry2.
inline bradley_terry_fit bradley_terry(std::span<const double> wins, std::size_t systems,
                                       double pseudo_wins = 0) {
  using detail::real, detail::strict;
  const bool square =
      systems == 0 ? wins.empty() : wins.size() / systems == systems && wins.size() % systems == 0;
  if (!square) evalpp::detail::raise_invalid("a table of wins has as many rows as columns");
  const auto counts = [](double w) { return detail::is_finite(w) && w >= 0; };
  if (!counts(pseudo_wins)) evalpp::detail::raise_invalid("pseudo wins are finite and not negative");
  for (std::size_t i = 0; i < systems; ++i)
    for (std::size_t j = 0; j < systems; ++j)
      if (i != j && !counts(wins[i * systems + j]))
        evalpp::detail::raise_invalid("wins are finite and not negative");

  const detail::pairings games{wins, systems, pseudo_wins};
  bradley_terry_fit fit;
  fit.components = detail::strongly_connected(
      systems, [&](std::size_t i, std::size_t j) { return games.won(i, j) > 0.0; });
  if (systems == 0 ||
      std::any_of(fit.components.begin(), fit.components.end(), [](auto c) { return c != 0; }))
    return fit;

  strict all_games;
  for (std::size_t i = 0; i < systems; ++i)
    for (std::size_t j = 0; j < systems; ++j) all_games += games.won(i, j);
  const strict n = real(systems);
  const strict shift = systems == 1 ? strict(1.0) : all_games / (n * n);

  std::vector<strict> strengths(systems);
  strict likelihood = games.log_likelihood(strengths);
  std::vector<strict> information = games.information(strengths, shift);
  bool converged = false;
  for (int step = 0; step < 200 && !converged; ++step) {
    if (!detail::cholesky(information, systems)) break;
    auto move = games.gradient(strengths);
    detail::cholesky_solve(information, move);
    detail::centre(move);
    strict length;
    for (const strict m : move) length = (std::max)(length, abs(m));
    strict share = 1.0;
    std::vector<strict> moved(systems);
    strict better;
    for (int halving = 0; halving < 60; ++halving, share /= 2.0) {
      for (std::size_t i = 0; i < systems; ++i) moved[i] = strengths[i] + share * move[i];
      better = games.log_likelihood(moved);
      if (better >= likelihood || length < 1e-6) break;  // below, only rounding tells them apart
    }
    strengths = moved;
    likelihood = better;
    information = games.information(strengths, shift);
    converged = length < 1e-8;  // the step squares the error
  }
  if (!converged) return fit;
  detail::centre(strengths);
  fit.log_likelihood = games.log_likelihood(strengths).value();
  for (const strict s : strengths) fit.log_strengths.push_back(s.value());

  // The pseudo-inverse: what fills the blind direction is taken out again.
  information = games.information(strengths, shift);
  fit.covariance.assign(systems * systems, 0.0);
  if (!detail::cholesky(information, systems)) return fit;
  const strict filled = 1.0 / (shift * (n * n));
  for (std::size_t j = 0; j < systems; ++j) {
    std::vector<strict> column(systems);
    column[j] = 1.0;
    detail::cholesky_solve(information, column);
    for (std::size_t i = 0; i < systems; ++i) fit.covariance[i * systems + j] = (column[i] - filled).value();
  }
  return fit;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
