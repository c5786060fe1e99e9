// SPDX-License-Identifier: MIT
#include <evalpp/workflow/adjust_p.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <vector>

namespace adjust_p_test {

using evalpp::workflow::adjust_p;
using evalpp::workflow::metric_comparison;

std::vector<metric_comparison*> pointers(std::vector<metric_comparison>& all) {
  std::vector<metric_comparison*> family;
  for (metric_comparison& m : all) family.push_back(&m);
  return family;
}

TEST(adjust_p, of_a_few_is_holms) {
  std::vector<metric_comparison> all(3);
  all[0].randomization.p = 0.01;
  all[1].randomization.p = 0.04;
  all[2].randomization.p = 0.9;
  all[2].p_mcnemar = 0.03;  // takes the place of the other
  adjust_p(pointers(all));
  EXPECT_DOUBLE_EQ(*all[0].p_adjusted, 0.03);
  EXPECT_DOUBLE_EQ(*all[2].p_adjusted, 0.06);
  EXPECT_DOUBLE_EQ(*all[1].p_adjusted, 0.06);
  EXPECT_EQ(all[0].p_adjustment, "holm");
}

TEST(adjust_p, of_many_bounds_the_share_of_false_findings) {
  std::vector<metric_comparison> all(40);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].randomization.p = static_cast<double>(i + 1) / 40;
  adjust_p(pointers(all));
  EXPECT_EQ(all[0].p_adjustment, "bh");
  for (const metric_comparison& m : all) EXPECT_DOUBLE_EQ(*m.p_adjusted, 1);  // p(i) 40 / i = 1 for all
}

TEST(adjust_p, of_one_is_nothing) {
  std::vector<metric_comparison> one(1);
  adjust_p(pointers(one));
  EXPECT_FALSE(one[0].p_adjusted);
}

}  // namespace adjust_p_test
