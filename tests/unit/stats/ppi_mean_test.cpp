// SPDX-License-Identifier: MIT
#include <evalpp/stats/ppi_mean.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace ppi_mean_test {

using evalpp::stats::ppi_mean;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

TEST(ppi_mean, of_a_perfect_judge_is_the_mean_of_all) {
  const reals y{0, 1, 1, 0}, all{1, 1, 1, 0, 1, 1, 1, 0};
  const auto plain = ppi_mean(y, y, all, {.lambda = 1.0});
  EXPECT_DOUBLE_EQ(plain->value, 0.75);
  const auto tuned = ppi_mean(y, y, all);
  EXPECT_GT(tuned->lambda, 0.5);
  EXPECT_LT(tuned->lambda, 1.0);
}

TEST(ppi_mean, without_a_judge_is_the_mean_of_the_labels) {
  const reals y{0, 1, 1, 0, 1};
  const double error = std::sqrt(0.3 / 5);
  for (const auto& found : {ppi_mean(y, y, {}), ppi_mean(y, reals{1, 1, 1, 1, 1}, reals{1, 1, 1}),
                            ppi_mean(y, y, reals{1, 0, 1}, {.lambda = 0.0})}) {
    EXPECT_DOUBLE_EQ(found->value, 0.6);
    EXPECT_DOUBLE_EQ(found->standard_error.value(), error);
    EXPECT_EQ(found->lambda, 0.0);
  }
}

TEST(ppi_mean, clips_what_it_tunes_and_not_what_it_is_given) {
  const reals y{0, 1, 1, 0}, wrong{1, 0, 0, 1}, other{1, 0, 1, 0};
  const auto tuned = ppi_mean(y, wrong, other);
  EXPECT_LT(tuned->best_lambda, 0.0);
  EXPECT_EQ(tuned->lambda, 0.0);
  EXPECT_EQ(ppi_mean(y, wrong, other, {.lambda = -0.25})->lambda, -0.25);
  // A judge on a scale ten times too small would be trusted tenfold.
  const auto scaled = ppi_mean(y, reals{0, 0.1, 0.1, 0}, reals{0.1, 0, 0.1, 0, 0.1, 0, 0.1, 0});
  EXPECT_GT(scaled->best_lambda, 1.0);
  EXPECT_EQ(scaled->lambda, 1.0);
}

TEST(ppi_mean, warns_of_few_labels) {
  reals y(200), f(200);
  for (std::size_t i = 0; i < 200; ++i) y[i] = i < 9 ? 1 : 0;
  EXPECT_TRUE(ppi_mean(y, f, f)->few_labels);
  y[9] = 1;
  EXPECT_FALSE(ppi_mean(y, f, f)->few_labels);
  y[0] = 0.5;  // not 0 and 1
  EXPECT_FALSE(ppi_mean(y, f, f)->few_labels);
  y.resize(99);
  EXPECT_TRUE(ppi_mean(y, reals(99), f)->few_labels);
}

TEST(ppi_mean, is_empty_without_labels_that_are_numbers) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(ppi_mean({}, {}, reals{1}));
  EXPECT_FALSE(ppi_mean(reals{nan}, reals{1}, reals{1}));
  EXPECT_FALSE(ppi_mean(reals{1}, reals{nan}, reals{1}));
  EXPECT_FALSE(ppi_mean(reals{1}, reals{1}, reals{std::numeric_limits<double>::infinity()}));
  EXPECT_FALSE(ppi_mean(reals{1}, reals{1}, reals{1}, {.label_weights = counts{0}}));
  EXPECT_FALSE(ppi_mean(reals{1.7e308, 1.7e308}, reals{1, 1}, reals{1}));
  const auto single = ppi_mean(reals{1}, reals{1}, reals{1, 2});
  EXPECT_TRUE(single);
  EXPECT_FALSE(single->standard_error);
  // One unlabelled item has no variance to tell.
  EXPECT_FALSE(ppi_mean(reals{1, 0}, reals{1, 0}, reals{1}, {.lambda = 1.0})->standard_error);
}

TEST(ppi_mean, a_weight_is_a_repetition) {
  std::mt19937 random(12);
  for (int trial = 0; trial < 50; ++trial) {
    reals y, f, g;
    counts label_weights, other_weights;
    for (int i = 0; i < 8; ++i) {
      y.push_back(static_cast<double>(random() % 5));
      f.push_back(y.back() + static_cast<double>(random() % 3));
      label_weights.push_back(static_cast<std::uint32_t>(1 + random() % 3));
      g.push_back(static_cast<double>(random() % 6));
      other_weights.push_back(static_cast<std::uint32_t>(random() % 3));
    }
    other_weights[0] = 2;
    for (const bool unbiased : {true, false}) {
      const auto weighted = ppi_mean(y, f, g,
                                     {.unbiased_variance = unbiased,
                                      .label_weights = label_weights,
                                      .unlabelled_weights = other_weights});
      const auto repeated =
          ppi_mean(reference::repeated(y, label_weights), reference::repeated(f, label_weights),
                   reference::repeated(g, other_weights), {.unbiased_variance = unbiased});
      EXPECT_NEAR(weighted->value, repeated->value, 1e-12);
      EXPECT_NEAR(weighted->best_lambda, repeated->best_lambda, 1e-12);
      EXPECT_NEAR(weighted->standard_error.value(), repeated->standard_error.value(), 1e-12);
      EXPECT_EQ(weighted->labelled, repeated->labelled);
    }
  }
}

TEST(ppi_mean, rejects_what_does_not_fit) {
  EXPECT_REFUSED(ppi_mean(reals{1}, reals{}, {}));
  EXPECT_REFUSED(ppi_mean(reals{1}, reals{1}, {}, {.label_weights = counts{1, 1}}));
  EXPECT_REFUSED(ppi_mean(reals{1}, reals{1}, {}, {.lambda = std::numeric_limits<double>::infinity()}));
}

}  // namespace ppi_mean_test
