// SPDX-License-Identifier: MIT
#pragma once

// The kinds of data that the coverage study draws: their rows as a metric would have them, and the true
// value.

#include <evalpp/stats/resampling_rows.hpp>

#include "study.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace study {

/// One data set. The metric is BLEU when the rows have its ten lanes, else lane 0 over lane 1.
struct sample {
  evalpp::stats::resampling_rows units;  ///< examples, or clusters of them
  std::vector<double> u, v;              ///< lanes 0 and 1 by unit, unrounded; empty for BLEU
  std::vector<double> x;                 ///< by example, where examples come in clusters
  std::vector<std::uint64_t> cluster;    ///< of each of those
  std::int64_t right = 0;                ///< of 0/1 data

  void add_unit(double numerator, double denominator) {
    u.push_back(numerator);
    v.push_back(denominator);
    units.keys.push_back(evalpp::stats::mix64(units.keys.size()));
    units.values.push_back(static_cast<std::int64_t>(std::llround(numerator * scale)));
    units.values.push_back(static_cast<std::int64_t>(std::llround(denominator * scale)));
  }
  static constexpr double scale = 4294967296.0;  // lanes count in units of 2^-32
};

constexpr std::size_t bleu_lanes = 10;

/// BLEU of matches, totals, and the lengths of hypothesis and reference; 0 without a match of some order.
inline double bleu(std::span<const std::int64_t> lanes) {
  double log_precision = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    if (lanes[k] == 0) return 0;
    log_precision += std::log(static_cast<double>(lanes[k]) / static_cast<double>(lanes[4 + k])) / 4;
  }
  const auto ours = static_cast<double>(lanes[8]), reference = static_cast<double>(lanes[9]);
  return std::exp(log_precision + (ours < reference ? 1 - reference / ours : 0));
}

inline double ratio(std::span<const std::int64_t> lanes) {
  return lanes[1] == 0 ? 0 : static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
}

inline double value_of(std::span<const std::int64_t> lanes) {
  return lanes.size() == bleu_lanes ? bleu(lanes) : ratio(lanes);
}

inline std::int64_t binomial(random& r, std::int64_t n, double p) {
  std::int64_t hits = 0;
  for (std::int64_t i = 0; i < n; ++i) hits += r.uniform() < p;
  return hits;
}

inline std::int64_t poisson(random& r, double mean) {
  std::int64_t k = 0;
  for (double product = r.uniform(), end = std::exp(-mean); product > end; product *= r.uniform()) ++k;
  return k;
}

/// The lanes of a segment whose reference has `length` words, translated with this quality.
inline void add_segment(random& r, double length, double quality, std::vector<std::int64_t>& row) {
  const auto reference = static_cast<std::int64_t>(length);
  const auto ours = std::max<std::int64_t>(4, std::llround(length * 0.98 + 1.5 * r.normal()));
  const double chance[] = {0.3 + 0.5 * quality, 0.35 + 0.4 * quality, 0.45 + 0.4 * quality,
                           0.5 + 0.4 * quality};
  std::int64_t matches[4], last = ours;
  for (std::int64_t k = 0; k < 4; ++k) matches[k] = last = binomial(r, std::min(last, ours - k), chance[k]);
  row.insert(row.end(), matches, matches + 4);
  for (std::int64_t k = 0; k < 4; ++k) row.push_back(ours - k);
  row.push_back(ours);
  row.push_back(reference);
}

struct kind {
  std::string_view name;
  double truth;  ///< NaN: by simulation of very many examples
  void (*draw)(random&, std::size_t n, sample&);
};

namespace detail {

template <class Draw>
void means(random& r, std::size_t n, sample& s, const Draw& draw) {
  for (std::size_t i = 0; i < n; ++i) s.add_unit(draw(r), 1);
}

inline double rouge(random& r) {
  const double u = r.uniform();
  if (u < 0.15) return 0;
  if (u < 0.20) return 1;
  return u < 0.60 ? r.beta(2, 5) : r.beta(5, 5);
}

inline void proportion(random& r, std::size_t n, sample& s, double p) {
  means(r, n, s, [&](random& one) { return one.uniform() < p ? 1.0 : 0.0; });
  for (const double x : s.u) s.right += x > 0.5;
}

/// Clusters whose chances are Beta(a, b) of mean 0.7 and intraclass correlation 0.3.
template <class Size>
void clustered(random& r, std::size_t n, sample& s, const Size& size) {
  const double a = 0.7 * (1 - 0.3) / 0.3, b = 0.3 * (1 - 0.3) / 0.3;
  for (std::size_t done = 0; done < n;) {
    const std::size_t members = std::min(n - done, size(r));
    const double p = r.beta(a, b);
    double right = 0;
    for (std::size_t i = 0; i < members; ++i) {
      s.x.push_back(r.uniform() < p ? 1 : 0);
      s.cluster.push_back(s.units.keys.size());
      right += s.x.back();
    }
    s.add_unit(right, static_cast<double>(members));
    s.right += std::llround(right);
    done += members;
  }
}

}  // namespace detail

/// The kinds of the earlier study; of rouge, f1, f1rare and bleu the generators are ours.
inline std::vector<kind> kinds() {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  return {
      {"normal", 0,
       [](random& r, std::size_t n, sample& s) {
         detail::means(r, n, s, [](random& o) { return o.normal(); });
       }},
      {"exp", 1,
       [](random& r, std::size_t n, sample& s) {
         detail::means(r, n, s, [](random& o) { return o.exponential(); });
       }},
      {"rouge", 0.05 + 0.4 * 2 / 7 + 0.4 * 0.5,
       [](random& r, std::size_t n, sample& s) { detail::means(r, n, s, detail::rouge); }},
      {"tox", 0.04 * 0.75 + 0.96 * 0.5 / 30.5,
       [](random& r, std::size_t n, sample& s) {
         detail::means(r, n, s,
                       [](random& o) { return o.uniform() < 0.04 ? o.beta(6, 2) : o.beta(0.5, 30); });
       }},
      // 1 + Poisson(2) entities, each found with a chance of mean 3/4; Poisson(1/2) false ones.
      {"f1", 2 * 2.25 / (3 + 2.25 + 0.5),
       [](random& r, std::size_t n, sample& s) {
         for (std::size_t i = 0; i < n; ++i) {
           const std::int64_t gold = 1 + poisson(r, 2), found = binomial(r, gold, r.beta(6, 2));
           s.add_unit(2 * static_cast<double>(found), static_cast<double>(gold + found + poisson(r, 0.5)));
         }
       }},
      // Rates at which Student's t covers as often as in that study.
      {"f1rare", 2 * 0.07 / (0.1 + 0.07 + 0.9 * 0.037),
       [](random& r, std::size_t n, sample& s) {
         for (std::size_t i = 0; i < n; ++i) {
           const bool gold = r.uniform() < 0.1, found = r.uniform() < (gold ? 0.7 : 0.037);
           s.add_unit(gold && found ? 2 : 0, (gold ? 1 : 0) + (found ? 1 : 0));
         }
       }},
      {"bleu", unknown,
       [](random& r, std::size_t n, sample& s) {
         s.units.lanes = bleu_lanes;
         for (std::size_t i = 0; i < n; ++i) {
           s.units.keys.push_back(evalpp::stats::mix64(i));
           const double length = std::floor(6 + 25 * r.uniform());
           add_segment(r, length, r.beta(6, 4), s.units.values);
         }
       }},
      {"bin0.9", 0.9, [](random& r, std::size_t n, sample& s) { detail::proportion(r, n, s, 0.9); }},
      {"bin0.98", 0.98, [](random& r, std::size_t n, sample& s) { detail::proportion(r, n, s, 0.98); }},
      {"clus5", 0.7,
       [](random& r, std::size_t n, sample& s) {
         detail::clustered(r, n, s, [](random&) { return std::size_t{5}; });
       }},
      {"clus0", 0.7,
       [](random& r, std::size_t n, sample& s) {
         detail::clustered(r, n, s, [](random& o) { return 1 + static_cast<std::size_t>(9 * o.uniform()); });
       }},
  };
}

/// The true value; by a million examples where no formula gives it.
inline double truth_of(const kind& k) {
  if (!evalpp::detail::is_nan(k.truth)) return k.truth;
  random r(999, 0);
  std::vector<std::int64_t> sums(bleu_lanes);
  for (std::size_t part = 0; part < 1000; ++part) {
    sample s;
    k.draw(r, 1000, s);
    const std::vector<std::int64_t> some = s.units.total();
    for (std::size_t l = 0; l < sums.size(); ++l) sums[l] += some[l];
  }
  return value_of(sums);
}

}  // namespace study
