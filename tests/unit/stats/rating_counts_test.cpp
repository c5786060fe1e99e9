// SPDX-License-Identifier: MIT
#include <evalpp/stats/rating_counts.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace rating_counts_test {

using evalpp::stats::rating_counts;
using ratings = std::vector<std::optional<double>>;
using categories = std::vector<double>;
using counts = std::vector<std::uint32_t>;

constexpr auto none = std::nullopt;

TEST(rating_counts, counts_per_unit_and_category) {
  EXPECT_EQ(rating_counts(ratings{1, 5, 5, none, none, none}, 3, categories{1, 3, 5}),
            (counts{1, 0, 2, 0, 0, 0}));
  EXPECT_EQ(rating_counts({}, 3, categories{1}), counts{});
  EXPECT_EQ(rating_counts({}, 0, {}), counts{});
}

TEST(rating_counts, rejects_what_does_not_fit) {
  EXPECT_REFUSED(rating_counts(ratings{2}, 1, categories{1}));
  EXPECT_REFUSED(rating_counts(ratings{std::numeric_limits<double>::quiet_NaN()}, 1, categories{1}));
  EXPECT_REFUSED(rating_counts(ratings{1}, 2, categories{1}));
  EXPECT_REFUSED(rating_counts(ratings{1}, 0, categories{1}));
}

}  // namespace rating_counts_test
