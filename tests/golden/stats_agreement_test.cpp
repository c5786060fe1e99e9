// SPDX-License-Identifier: MIT
// The operations kappa2 and multi_rater of the golden files: scikit-learn, statsmodels, R psych,
// irrCAC and fast-krippendorff.
#include <evalpp/stats/brennan_prediger.hpp>
#include <evalpp/stats/cohen_kappa.hpp>
#include <evalpp/stats/fleiss_kappa.hpp>
#include <evalpp/stats/gwet_ac1.hpp>
#include <evalpp/stats/krippendorff_alpha.hpp>
#include <evalpp/stats/rating_counts.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_agreement_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;

TEST(stats_agreement, two_raters) {
  golden::for_each_stats_case("kappa2", 3, [](const golden::stats_case& one) {
    const auto table = golden::integers<std::uint64_t>(one.input["table"]);
    const std::size_t categories = one.input["table"].size();
    const auto weighted = [&](stats::kappa_weighting weighting, std::string_view key) {
      const auto found = stats::cohen_kappa(table, categories, weighting);
      ASSERT_TRUE(found.has_value());
      const json::value wanted = one.expected[key];
      one.expect(found->value, wanted["kappa"], key);
      one.expect(found->observed_agreement, wanted["po"], key);
      one.expect(found->expected_agreement, wanted["pe"], key);
      one.expect(found->standard_error, wanted["se"], key);
      one.expect(found->null_standard_error, wanted["se0"], key);
    };
    weighted(stats::kappa_weighting::unweighted, "unweighted");
    weighted(stats::kappa_weighting::linear, "linear");
    weighted(stats::kappa_weighting::quadratic, "quadratic");

    // The others as coefficients of two raters per unit: one unit for each cell, as often as it counts.
    std::vector<std::uint32_t> units, counts;
    for (std::size_t i = 0; i < categories; ++i) {
      for (std::size_t j = 0; j < categories; ++j) {
        std::vector<std::uint32_t> unit(categories);
        ++unit[i];
        ++unit[j];
        units.insert(units.end(), unit.begin(), unit.end());
        counts.push_back(static_cast<std::uint32_t>(table[i * categories + j]));
      }
    }
    one.expect(stats::fleiss_kappa(units, categories, counts)->value, "scott_pi");
    one.expect(stats::gwet_ac1(units, categories, counts)->value, "gwet_ac1");
    one.expect(stats::brennan_prediger(units, categories, counts)->value, "brennan_prediger");
  });
}

TEST(stats_agreement, many_raters) {
  golden::for_each_stats_case("multi_rater", 3, [](const golden::stats_case& one) {
    std::vector<std::optional<double>> ratings;
    std::size_t raters = 0;
    for (const json::value unit : one.input["ratings"].items()) {
      raters = unit.size();
      for (const json::value rating : unit.items()) ratings.push_back(rating.as_double());
    }
    const auto categories = golden::doubles(one.input["categories"]);
    const auto counts = stats::rating_counts(ratings, raters, categories);

    const auto fleiss = stats::fleiss_kappa(counts, categories.size());
    one.expect(fleiss->value, "fleiss_kappa_general");
    one.expect(fleiss->standard_error.value(), "fleiss_se");
    const auto gwet = stats::gwet_ac1(counts, categories.size());
    one.expect(gwet->value, "gwet_ac1");
    one.expect(gwet->observed_agreement, "pa");
    one.expect(gwet->expected_agreement, "gwet_pe");
    one.expect(gwet->standard_error.value(), "gwet_se");

    using stats::measurement_level;
    const auto alpha = [&](measurement_level level) {
      return stats::krippendorff_alpha(ratings, raters, level)->value;
    };
    one.expect(alpha(measurement_level::nominal), "alpha_nominal");
    one.expect(alpha(measurement_level::ordinal), "alpha_ordinal");
    one.expect(alpha(measurement_level::interval), "alpha_interval");
    one.expect(alpha(measurement_level::ratio), "alpha_ratio");
  });
}

}  // namespace golden_stats_agreement_test
