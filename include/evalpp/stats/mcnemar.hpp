// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/paired_table.hpp>

#include <algorithm>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// McNemar's test in its forms, all two-sided.
struct mcnemar_result {
  std::int64_t n_discordant = 0;    ///< items that only one of the two has right
  double difference = detail::nan;  ///< first minus second proportion right; NaN without items
  double se = detail::nan;          ///< standard error of the difference, from the table itself (Wald)
  double p = detail::nan;        ///< mid-p, the default: size close to the level, power close to the paired t
  double p_exact = detail::nan;  ///< exact: size never above the level, often far below
  double chi2 = detail::nan;     ///< (b - c)^2 / (b + c)
  double p_chi2 = detail::nan;
  double chi2_cc = detail::nan;  ///< corrected for continuity
  double p_chi2_cc = detail::nan;
};

/// Tests whether two systems that answered the same items are right equally often. Only the discordant items
/// count: given their number m, the first wins Bin(m, 1/2) of them. Without any, every p is 1 and every
/// statistic 0; a negative count gives NaN throughout. Assumes independent items. Cost: one binomial tail.
///
/// Q. McNemar 1947; mid-p: M. W. Fagerland, S. Lydersen, P. Laake, The McNemar test for binary matched-pairs
/// data: mid-p and asymptotic are better than exact conditional, 2013. Simulated sizes at 5 %, n = 20..500:
/// exact and corrected .0004-.042, mid-p .003-.053, chi-square .014-.056.
inline mcnemar_result mcnemar(const paired_table& table) noexcept {
  mcnemar_result out;
  if (!detail::is_valid(table)) return out;
  using detail::real;
  using detail::strict;
  const std::int64_t m = table.first_only + table.second_only;
  const strict d = real(table.first_only - table.second_only);
  out.n_discordant = m;
  if (const std::int64_t n = detail::total(table); n > 0) {
    out.difference = (d / real(n)).value();
    out.se = (sqrt((std::max)(strict(0), real(m) - d * d / real(n))) / real(n)).value();
  }
  if (m == 0) {
    out.p = out.p_exact = out.p_chi2 = out.p_chi2_cc = 1;
    out.chi2 = out.chi2_cc = 0;
    return out;
  }
  const std::int64_t fewer = (std::min)(table.first_only, table.second_only);
  const strict tail = strict(binomial_cdf(fewer, m, 0.5)) * 2;
  out.p_exact = (std::min)(strict(1), tail).value();
  out.p = fewer * 2 == m ? 1 : (tail - binomial_pmf(fewer, m, 0.5)).value();
  const strict distance = abs(d);
  const strict corrected = (std::max)(strict(0), distance - 1);
  out.chi2 = (distance * distance / real(m)).value();
  out.chi2_cc = (corrected * corrected / real(m)).value();
  out.p_chi2 = chi_square_sf(out.chi2, 1);
  out.p_chi2_cc = chi_square_sf(out.chi2_cc, 1);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
