// SPDX-License-Identifier: MIT
#include <evalpp/stats/weighted_bootstrap.hpp>

#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/auroc.hpp>
#include <evalpp/stats/average_precision.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/brennan_prediger.hpp>
#include <evalpp/stats/calibration.hpp>
#include <evalpp/stats/cohen_kappa.hpp>
#include <evalpp/stats/contingency_table.hpp>
#include <evalpp/stats/fleiss_kappa.hpp>
#include <evalpp/stats/gwet_ac1.hpp>
#include <evalpp/stats/krippendorff_alpha.hpp>
#include <evalpp/stats/quantile.hpp>
#include <evalpp/stats/rank_correlation.hpp>
#include <evalpp/stats/rating_counts.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <reference/weighted_bootstrap.hpp>
#include <refused.hpp>
#include <unit/stats/krippendorff_units.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace weighted_bootstrap_test {

namespace stats = evalpp::stats;
using evalpp::interval_status;
using weight_span = std::span<const std::uint32_t>;
using item_list = std::vector<std::size_t>;
using stats::detail::number_of;

std::vector<std::uint64_t> keys_of(std::size_t items, std::size_t items_per_unit = 1) {
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i < items; ++i)
    keys.push_back(stats::resampling_key(std::to_string(i / items_per_unit)));
  return keys;
}

double uniform(std::uint64_t i) { return static_cast<double>(stats::mix64(i) >> 11) * 0x1p-53; }

// Labels, and scores that tell something of them, with ties.
struct scored_items {
  std::vector<std::uint8_t> labels;
  std::vector<double> scores;
};
scored_items some_items(std::size_t n) {
  scored_items out;
  for (std::size_t i = 0; i < n; ++i) {
    out.labels.push_back(uniform(i) < 0.4 ? 1 : 0);
    out.scores.push_back(std::round(20 * (0.7 * uniform(i + 7777) + (out.labels[i] != 0 ? 0.3 : 0.0))) / 20);
  }
  return out;
}

// `weighted(weights)` must be worth what `copied(items)` is of copies of the items.
template <class Weighted, class Copied>
void expect_copies(const std::vector<std::uint64_t>& keys, const Weighted& weighted, const Copied& copied,
                   double tolerance = 1e-11) {
  const auto found = stats::weighted_bootstrap(evalpp::seq, keys, weighted, {.seed = 5, .replicates = 256});
  const auto value = [&](const item_list& items) { return number_of(copied(items)); };
  std::vector<double> expected = reference::copied_bootstrap(keys, value, 256, 5);
  const auto invalid = std::erase_if(expected, [](double v) { return !evalpp::detail::is_finite(v); });
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found.invalid, static_cast<std::size_t>(invalid));
  ASSERT_EQ(found.replicates.size(), expected.size());
  for (std::size_t b = 0; b < expected.size(); ++b)
    ASSERT_NEAR(found.replicates[b], expected[b], tolerance) << b;

  item_list all(keys.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  EXPECT_NEAR(found.estimate, value(all), tolerance);
  const std::vector<double> left = reference::copied_jackknife(keys, value);
  EXPECT_EQ(found.units, left.size());
  const stats::jackknife expected_jackknife = stats::jackknife_of(left);
  EXPECT_NEAR(found.jackknife_error, expected_jackknife.standard_error, tolerance);
  EXPECT_NEAR(found.acceleration, expected_jackknife.acceleration, 1e-8);
  EXPECT_LT(found.replicates.front(), found.replicates.back());
}

TEST(weighted_bootstrap, counts_items_of_rankings_and_calibrations_as_often_as_it_draws_them) {
  const scored_items data = some_items(60);
  const auto check = [&](const std::vector<std::uint64_t>& keys, const auto& statistic) {
    expect_copies(
        keys, [&](weight_span w) { return statistic(data.labels, data.scores, w); },
        [&](const item_list& items) {
          return statistic(reference::copies_of(data.labels, items), reference::copies_of(data.scores, items),
                           weight_span{});
        });
  };
  for (const std::size_t items_per_unit : {1u, 3u}) {
    const auto keys = keys_of(60, items_per_unit);
    check(keys, [](const auto& y, const auto& s, weight_span w) { return stats::auroc(y, s, w); });
    check(keys, [](const auto& y, const auto& s, weight_span w) { return stats::weighted_auroc(y, s)(w); });
    check(keys,
          [](const auto& y, const auto& s, weight_span w) { return stats::average_precision(y, s, w); });
    check(keys, [](const auto& y, const auto& s, weight_span w) { return stats::brier_score(y, s, w); });
    check(keys, [](const auto& y, const auto& s, weight_span w) { return stats::log_loss(y, s, w); });
    for (const auto scheme : {stats::binning::equal_width, stats::binning::equal_mass})
      check(keys, [&](const auto& y, const auto& s, weight_span w) {
        return stats::expected_calibration_error(stats::reliability_bins(y, s, 5, scheme, w).value());
      });
  }
}

TEST(weighted_bootstrap, counts_items_of_correlations_as_often_as_it_draws_them) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < 40; ++i) {
    x.push_back(std::round(10 * uniform(i)));
    y.push_back(x.back() + std::round(12 * uniform(i + 999)));
  }
  const auto check = [&](const auto& statistic) {
    expect_copies(
        keys_of(40), [&](weight_span w) { return statistic(x, y, w); },
        [&](const item_list& items) {
          return statistic(reference::copies_of(x, items), reference::copies_of(y, items), weight_span{});
        });
  };
  check([](const auto& a, const auto& b, weight_span w) { return stats::pearson_correlation(a, b, w); });
  check([](const auto& a, const auto& b, weight_span w) { return stats::spearman_correlation(a, b, w); });
  check([](const auto& a, const auto& b, weight_span w) { return stats::kendall_tau_b(a, b, w); });
}

TEST(weighted_bootstrap, counts_units_of_raters_as_often_as_it_draws_them) {
  const auto ratings = krippendorff_units();
  for (const auto level : {stats::measurement_level::nominal, stats::measurement_level::ordinal,
                           stats::measurement_level::interval, stats::measurement_level::ratio})
    expect_copies(
        keys_of(12), [&](weight_span w) { return stats::krippendorff_alpha(ratings, 4, level, w); },
        [&](const item_list& units) {
          return stats::krippendorff_alpha(reference::copies_of(ratings, units, 4), 4, level);
        });

  const std::vector<double> categories = {1, 2, 3, 4, 5};
  const auto counts = stats::rating_counts(ratings, 4, categories);
  const auto check = [&](const auto& coefficient) {
    expect_copies(
        keys_of(12), [&](weight_span w) { return coefficient(counts, w); },
        [&](const item_list& units) {
          return coefficient(reference::copies_of(counts, units, 5), weight_span{});
        });
  };
  check([](const auto& c, weight_span w) { return stats::fleiss_kappa(c, 5, w); });
  check([](const auto& c, weight_span w) { return stats::gwet_ac1(c, 5, w); });
  check([](const auto& c, weight_span w) { return stats::brennan_prediger(c, 5, w); });

  std::vector<std::uint32_t> first, second;
  for (std::size_t i = 0; i < 50; ++i) {
    first.push_back(static_cast<std::uint32_t>(3 * uniform(i)));
    second.push_back(uniform(i + 50) < 0.7 ? first.back() : static_cast<std::uint32_t>(3 * uniform(i + 100)));
  }
  for (const auto weighting : {stats::kappa_weighting::unweighted, stats::kappa_weighting::quadratic})
    expect_copies(
        keys_of(50),
        [&](weight_span w) {
          return stats::cohen_kappa(stats::contingency_table(first, second, 3, w), 3, weighting);
        },
        [&](const item_list& items) {
          return stats::cohen_kappa(stats::contingency_table(reference::copies_of(first, items),
                                                             reference::copies_of(second, items), 3),
                                    3, weighting);
        });
}

// The published value (Krippendorff 2011), and an interval around it.
TEST(weighted_bootstrap, gives_alpha_its_interval) {
  const auto ratings = krippendorff_units();
  const auto drawn = stats::weighted_bootstrap(evalpp::seq, keys_of(12), [&](weight_span w) {
    return stats::krippendorff_alpha(ratings, 4, stats::measurement_level::nominal, w);
  });
  EXPECT_NEAR(drawn.estimate, 0.743, 5e-4);
  const auto ci = stats::resampled_interval(drawn);
  EXPECT_EQ(ci.ends.status, interval_status::caution);  // twelve units
  EXPECT_TRUE(ci.ends.contains(drawn.estimate));
  EXPECT_GT(ci.ends.lo, 0);
  EXPECT_LE(ci.ends.hi, 1);
}

// A mean has rows too, and whole numbers have no rounding: both bootstraps are the same, bit for bit.
TEST(weighted_bootstrap, draws_as_the_bootstrap_of_sums) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  rows.keys = keys_of(300);
  std::vector<std::int64_t> x;
  for (std::size_t i = 0; i < 300; ++i) {
    x.push_back(static_cast<std::int64_t>(stats::mix64(i) % 1000));
    rows.values.insert(rows.values.end(), {x.back(), 1});
  }
  const auto mean = [](std::int64_t sum, std::int64_t n) {
    return static_cast<double>(sum) / static_cast<double>(n);
  };
  const stats::resampling_options options{.seed = 3, .replicates = 512};
  const auto expected = stats::bootstrap(
      evalpp::seq, rows, [&](std::span<const std::int64_t> lanes) { return mean(lanes[0], lanes[1]); },
      options);
  const auto weighted_mean = [&](weight_span weights) {
    std::int64_t sum = 0, n = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      sum += weights[i] * x[i];
      n += weights[i];
    }
    return mean(sum, n);
  };
  const auto found = stats::weighted_bootstrap(evalpp::seq, rows.keys, weighted_mean, options);
  EXPECT_EQ(found.replicates, expected.replicates);
  EXPECT_EQ(found.estimate, expected.estimate);
  EXPECT_EQ(found.mid_rank, expected.mid_rank);
  EXPECT_EQ(found.acceleration, expected.acceleration);
  EXPECT_EQ(found.jackknife_error, expected.jackknife_error);
  EXPECT_EQ(found.effective_units, expected.effective_units);
  EXPECT_EQ(found.units, expected.units);
  EXPECT_EQ(found.seed, 3u);
}

TEST(weighted_bootstrap, counts_values_of_quantiles_as_often_as_it_draws_their_clusters) {
  std::vector<double> sorted;
  for (std::size_t i = 0; i < 60; ++i) sorted.push_back(uniform(i));
  std::sort(sorted.begin(), sorted.end());
  const auto keys = keys_of(60, 2);
  expect_copies(
      keys, [&](weight_span w) { return stats::weighted_quantile(sorted, w, 0.5); },
      [&](const item_list& items) { return stats::quantile(reference::copies_of(sorted, items), 0.5); });
}

// DeLong's variance and the bootstrap's know nothing of each other.
TEST(weighted_bootstrap, agrees_with_delong) {
  const scored_items data = some_items(400);
  const auto area = [&](weight_span w) { return stats::auroc(data.labels, data.scores, w); };
  const auto drawn = stats::weighted_bootstrap(evalpp::seq, keys_of(400), area, {.replicates = 2048});
  const double expected = std::sqrt(stats::auroc(data.labels, data.scores)->variance.value());
  EXPECT_NEAR(drawn.standard_error() / expected, 1, 0.06);
  EXPECT_NEAR(drawn.jackknife_error / expected, 1, 0.02);
  EXPECT_EQ(stats::bootstrap_interval(drawn).status, interval_status::ok);
}

TEST(weighted_bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const scored_items data = some_items(700);
  const auto keys = keys_of(700);
  const auto area = [&](weight_span w) { return stats::auroc(data.labels, data.scores, w); };
  const auto one = stats::weighted_bootstrap(evalpp::seq, keys, area, {.replicates = 512});
  for (const std::size_t workers : {2u, 8u}) {
    const auto many = stats::weighted_bootstrap(evalpp::threads(workers), keys, area, {.replicates = 512});
    EXPECT_EQ(many.replicates, one.replicates);
    EXPECT_EQ(many.acceleration, one.acceleration);
    EXPECT_EQ(many.jackknife_error, one.jackknife_error);
  }
}

// One draw for all numbers: the replicates of a difference are differences of replicates.
TEST(weighted_bootstrap, draws_several_numbers_at_once) {
  const scored_items data = some_items(50);
  const auto values = [&](weight_span w, std::span<double> out) {
    out[0] = number_of(stats::auroc(data.labels, data.scores, w));
    out[1] = -out[0];
  };
  const auto both = stats::weighted_bootstrap_each(evalpp::seq, keys_of(50), 2, values, {.replicates = 256});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[1].estimate, -both[0].estimate);
  ASSERT_EQ(both[0].replicates.size(), both[1].replicates.size());
  for (std::size_t b = 0; b < both[0].replicates.size(); ++b)
    EXPECT_EQ(both[0].replicates[b], -both[1].replicates[both[1].replicates.size() - 1 - b]);
}

// With every group two equal units, it is the jackknife of 2048 independent values, whose error is known.
TEST(weighted_bootstrap, leaves_out_groups_of_many_units) {
  const std::size_t n = 4096;
  const auto keys = keys_of(n);
  const auto weighted_mean = [&](weight_span weights) {
    double sum = 0, total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += weights[i] * uniform(i % 2048);
      total += weights[i];
    }
    return sum / total;
  };
  const auto found = stats::weighted_bootstrap(evalpp::seq, keys, weighted_mean, {.replicates = 1});
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < 2048; ++i) mean += uniform(i) / 2048;
  for (std::size_t i = 0; i < 2048; ++i) squares += (uniform(i) - mean) * (uniform(i) - mean);
  EXPECT_NEAR(found.jackknife_error, std::sqrt(squares / (2047.0 * 2048.0)), 1e-12);
  EXPECT_EQ(found.units, n);
}

TEST(weighted_bootstrap, of_nothing_and_of_one) {
  const auto value = [](weight_span) { return std::optional<double>(0.25); };
  const auto none = stats::weighted_bootstrap(evalpp::seq, {}, value, {.replicates = 256});
  EXPECT_TRUE(evalpp::detail::is_nan(none.estimate));
  EXPECT_TRUE(none.replicates.empty());
  EXPECT_EQ(none.invalid, 256u);
  EXPECT_EQ(stats::bootstrap_interval(none).status, interval_status::undefined);

  const auto one = stats::weighted_bootstrap(evalpp::seq, keys_of(7, 7), value, {.replicates = 256});
  EXPECT_EQ(one.units, 1u);
  EXPECT_EQ(one.estimate, 0.25);
  EXPECT_GT(one.invalid, 50u);  // of 256, 94 draw nothing on average
  EXPECT_EQ(stats::bootstrap_interval(one).status, interval_status::too_few);

  const auto constant = stats::weighted_bootstrap(evalpp::seq, keys_of(20), value, {.replicates = 256});
  EXPECT_EQ(stats::bootstrap_interval(constant).status, interval_status::degenerate);
}

TEST(weighted_bootstrap, knows_no_undefined_statistic) {
  const auto never = [](weight_span) { return std::optional<double>(); };
  const auto found = stats::weighted_bootstrap(evalpp::seq, keys_of(20), never, {.replicates = 256});
  EXPECT_EQ(found.invalid, 256u);
  EXPECT_EQ(stats::bootstrap_interval(found).status, interval_status::undefined);
}

// A single positive item: without it there is no curve, in the jackknife as in a third of the replicates.
TEST(weighted_bootstrap, doubts_what_hangs_on_one_item) {
  scored_items data = some_items(30);
  std::fill(data.labels.begin(), data.labels.end(), std::uint8_t{0});
  data.labels[3] = 1;
  const auto area = [&](weight_span w) { return stats::auroc(data.labels, data.scores, w); };
  const auto found = stats::weighted_bootstrap(evalpp::seq, keys_of(30), area, {.replicates = 1024});
  EXPECT_NEAR(static_cast<double>(found.invalid) / 1024, 94.0 / 256, 0.06);
  EXPECT_EQ(found.acceleration, 0);
  EXPECT_TRUE(evalpp::detail::is_nan(found.jackknife_error));
  EXPECT_EQ(stats::bootstrap_interval(found).status, interval_status::caution);

  // And where it is above all others, nothing varies: no margin of error.
  data.scores[3] = 2;
  const auto perfect = stats::weighted_bootstrap(evalpp::seq, keys_of(30), area, {.replicates = 1024});
  EXPECT_EQ(stats::bootstrap_interval(perfect).status, interval_status::degenerate);
}

TEST(weighted_bootstrap, passes_on_what_a_statistic_refuses) {
  const scored_items data = some_items(30);
  const auto area = [&](weight_span w) { return stats::auroc(data.labels, data.scores, w); };
  EXPECT_REFUSED(stats::weighted_bootstrap(evalpp::threads(2), keys_of(29), area));
}

}  // namespace weighted_bootstrap_test
