// SPDX-License-Identifier: MIT
#include <evalpp/stats/divergence.hpp>
#include <evalpp/stats/divergence_inference.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace divergence_inference_test {

using namespace evalpp::stats;

TEST(divergence_inference, p_of_chi_square) {
  EXPECT_NEAR(chi_square_p({3.841458820694124, 1}), 0.05, 1e-14);
  EXPECT_EQ(chi_square_p({0, 0}), 1.0);
  EXPECT_EQ(chi_square_p({0, 3}), 1.0);
}

TEST(divergence_inference, p_of_the_stability_index) {
  // Ten bins, 100 items each way: the customary 0.1 is no finding at all, 0.338 is one of five per cent.
  EXPECT_GT(psi_p(0.1, 100, 100, 10).value(), 0.8);
  EXPECT_NEAR(psi_p(0.338, 100, 100, 10).value(), 0.05, 0.001);
  EXPECT_LT(psi_p(0.1, 10000, 10000, 10).value(), 1e-50);
  EXPECT_EQ(psi_p(std::numeric_limits<double>::infinity(), 100, 100, 10), 0.0);
  EXPECT_EQ(psi_p(0.5, 100, 100, 1), 1.0);
  EXPECT_FALSE(psi_p(0.1, 0, 100, 10));
  EXPECT_FALSE(psi_p(-0.1, 100, 100, 10));
  EXPECT_FALSE(psi_p(std::numeric_limits<double>::quiet_NaN(), 100, 100, 10));
}

TEST(divergence_inference, p_of_the_stability_index_is_nearly_uniform_without_drift) {
  std::mt19937 random(20);
  int alarms = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<std::uint64_t> a(5), b(5);
    for (int i = 0; i < 200; ++i) {
      ++a[random() % 5];
      ++b[random() % 5];
    }
    alarms += psi_p(population_stability_index(a, b).value(), 200, 200, 5).value() < 0.05 ? 1 : 0;
  }
  EXPECT_GT(alarms, 60);  // of 100 expected, standard deviation 10
  EXPECT_LT(alarms, 140);
}

}  // namespace divergence_inference_test
