// SPDX-License-Identifier: MIT
#include <evalpp/stats/clustered_mean.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace clustered_mean_test {

using namespace evalpp::stats;
using evalpp::interval_status;
using evalpp::detail::is_nan;
using ids = std::vector<std::uint64_t>;

TEST(ClusteredMean, ByHand) {
  // Mean 3; the clusters' sums of x - 3: {1, 2} -3, {3, 6} 3.
  const clustered_mean m = clustered_mean_of(std::vector<double>{1, 3, 2, 6}, ids{7, 9, 7, 9});
  EXPECT_EQ(m.clusters, 2u);
  EXPECT_EQ(m.mean, 3);
  EXPECT_DOUBLE_EQ(m.se_cr0, std::sqrt(18.0) / 4);
  EXPECT_DOUBLE_EQ(m.se_cr1, std::sqrt(36.0) / 4);
  EXPECT_DOUBLE_EQ(m.se_iid, std::sqrt(14.0 / 12));
  EXPECT_DOUBLE_EQ(m.design_effect, 2.25 / (14.0 / 12));
  EXPECT_EQ(m.bounds().status, interval_status::too_few);
}

TEST(ClusteredMean, ClustersOfOneAreIndependentExamples) {
  const std::vector<double> x = {0.3, 1.2, -4, 2, 0.1, 0.2, 3, 1, 1, 1, 0};
  ids each(x.size());
  for (std::size_t i = 0; i < each.size(); ++i) each[i] = 1000 - i;
  const clustered_mean m = clustered_mean_of(x, each);
  EXPECT_NEAR(m.se_cr1, m.se_iid, 1e-15);
  EXPECT_NEAR(m.design_effect, 1, 1e-14);
  const auto plain = mean_interval(x);
  EXPECT_NEAR(m.bounds().lo, plain.lo, 1e-13);
  EXPECT_EQ(m.bounds().status, interval_status::ok);
}

TEST(ClusteredMean, RepeatedExamplesAddNothing) {
  const std::vector<double> x = {0.3, 1.2, -4, 2, 0.1};
  std::vector<double> twice;
  ids cluster;
  for (std::size_t i = 0; i < x.size(); ++i) {
    twice.insert(twice.end(), 2, x[i]);
    cluster.insert(cluster.end(), 2, i);
  }
  const clustered_mean m = clustered_mean_of(twice, cluster);
  EXPECT_NEAR(m.se_cr1, moments_of(x).se, 1e-15);
}

TEST(ClusteredMean, DegenerateInput) {
  EXPECT_EQ(clustered_mean_of({}, {}).bounds().status, interval_status::undefined);
  EXPECT_TRUE(is_nan(clustered_mean_of(std::vector<double>{1, 2}, ids{1}).mean));
  const clustered_mean one = clustered_mean_of(std::vector<double>{1, 2}, ids{4, 4});
  EXPECT_EQ(one.clusters, 1u);
  EXPECT_EQ(one.mean, 1.5);
  EXPECT_TRUE(is_nan(one.se_cr1));
  EXPECT_EQ(one.bounds().status, interval_status::undefined);
  const clustered_mean same =
      clustered_mean_of(std::vector<double>(12, 0.1), ids{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  EXPECT_EQ(same.bounds().status, interval_status::degenerate);
  EXPECT_TRUE(is_nan(same.design_effect));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(is_nan(clustered_mean_of(std::vector<double>{1, nan}, ids{1, 2}).mean));
}

TEST(ClusteredMean, SumsComeInTheOrderOfTheIds) {
  EXPECT_EQ(cluster_sums(std::vector<double>{1, 2, 4, 8}, ids{5, 3, 5, 9}), (std::vector<double>{2, 5, 8}));
  EXPECT_TRUE(cluster_sums({}, {}).empty());
}

}  // namespace clustered_mean_test
