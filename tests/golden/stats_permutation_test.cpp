// SPDX-License-Identifier: MIT
// The operations perm_paired, perm_two_sample, perm_corpus_ar and wilcoxon_signed of the golden
// files: full enumeration, scipy and R.
#include <evalpp/stats/permutation_test.hpp>
#include <evalpp/stats/wilcoxon_signed_rank.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_permutation_test {

namespace stats = evalpp::stats;

std::vector<double> differences(const golden::stats_case& one) {
  auto x = golden::doubles(one.input["x"]);
  const auto y = golden::doubles(one.input["y"]);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] -= y[i];
  return x;
}

void expect_shares(const golden::stats_case& one, const stats::permutation_counts& found) {
  one.expect(static_cast<double>(found.permutations), "n_perm");
  one.expect(found.p_greater(), "p_greater");
  one.expect(found.p_less(), "p_less");
  one.expect(found.p_two_sided(), "p_two_abs");
}

TEST(stats_permutation, sign_flips) {
  golden::for_each_stats_case("perm_paired", 4, [](const golden::stats_case& one) {
    const auto d = differences(one);
    const auto found = stats::exact_sign_flip_test(d).value();
    one.expect(found.observed, "mean_diff");
    // Ours leaves out differences of zero: the same shares of fewer flips.
    const auto zeros = std::count(d.begin(), d.end(), 0.0);
    auto all = found;
    all.permutations <<= zeros;
    one.expect(static_cast<double>(all.permutations), "n_perm");
    one.expect(found.p_greater(), "p_greater");
    one.expect(found.p_less(), "p_less");
    one.expect(found.p_two_sided(), "p_two_abs");
  });
}

TEST(stats_permutation, two_samples) {
  golden::for_each_stats_case("perm_two_sample", 3, [](const golden::stats_case& one) {
    const auto found =
        stats::exact_two_sample_test(golden::doubles(one.input["x"]), golden::doubles(one.input["y"]))
            .value();
    one.expect(found.observed, "observed");
    expect_shares(one, found);
    one.expect(std::min(1.0, 2 * std::min(found.p_greater(), found.p_less())), "p_two_doubled");
  });
}

// BLEU of ten sums: lengths of hypothesis and reference, matches by order, totals by order.
double bleu(std::span<const std::int64_t> sums) {
  double logs = 0;
  for (std::size_t n = 0; n < 4; ++n) {
    if (sums[2 + n] == 0) return 0;
    logs += std::log(static_cast<double>(sums[2 + n]) / static_cast<double>(sums[6 + n]));
  }
  const double ratio = static_cast<double>(sums[1]) / static_cast<double>(sums[0]);
  return std::min(1.0, std::exp(1 - ratio)) * std::exp(logs / 4);
}

TEST(stats_permutation, exchanged_rows_of_sums) {
  golden::for_each_stats_case("perm_corpus_ar", 1, [](const golden::stats_case& one) {
    ASSERT_EQ(one.input["stat"].as_string(), "bleu");
    const auto found =
        stats::exact_randomization_test(golden::integers<std::int64_t>(one.input["a"]),
                                        golden::integers<std::int64_t>(one.input["b"]), 10, bleu);
    one.expect(found->observed, "diff");
    one.expect(static_cast<double>(found->permutations), "n_perm");
    one.expect(found->p_two_sided(), "p_two");
  });
}

TEST(stats_permutation, wilcoxon) {
  golden::for_each_stats_case("wilcoxon_signed", 2, [](const golden::stats_case& one) {
    const auto found = stats::wilcoxon_signed_rank(differences(one)).value();
    one.expect(std::min(found.positive, found.negative), "W_min");
    one.expect(one.input["mode"].as_string() == "exact" ? stats::wilcoxon_exact_p(found).value()
                                                        : stats::wilcoxon_normal_p(found),
               "p_two");
  });
}

}  // namespace golden_stats_permutation_test
