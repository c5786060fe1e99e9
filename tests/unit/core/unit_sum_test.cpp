// SPDX-License-Identifier: MIT
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/unit_sum.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace unit_sum_test {

using evalpp::unit_sum;

static_assert(evalpp::dense_statistics<unit_sum> && evalpp::lane_count<unit_sum> == 2);

// A double in 0..1 from a fixed stream, all 53 bits used.
class stream {
 public:
  double next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_ = 42;
};

TEST(unit_sum, one_number_comes_back_bit_for_bit) {
  stream numbers;
  for (int i = 0; i < 100'000; ++i) {
    const double x = numbers.next();
    if (x > 0x1p-11)
      EXPECT_EQ(unit_sum::of(x).value(), x);
    else
      EXPECT_NEAR(unit_sum::of(x).value(), x, 0x1p-65);
  }
  for (const double x : {0.0, 1.0, 0.5, 2.0 / 3.0, 1.0 / 3.0, 0.1, 0x1p-11, std::nextafter(1.0, 0.0)})
    EXPECT_EQ(unit_sum::of(x).value(), x);
}

TEST(unit_sum, the_sum_is_exact_in_any_order) {
  // Thirds and sevenths: sums of doubles that round differently in every order.
  unit_sum forwards{}, backwards{};
  long double exact = 0;
  for (int i = 1; i <= 1000; ++i) {
    const double x = static_cast<double>(i % 7) / 7.0, y = static_cast<double>((1001 - i) % 7) / 7.0;
    evalpp::merge(forwards, unit_sum::of(x));
    evalpp::merge(backwards, unit_sum::of(y));
    exact += static_cast<long double>(x);
  }
  EXPECT_EQ(forwards, backwards);
  EXPECT_NEAR(forwards.value(), static_cast<double>(exact), 1e-12);
  EXPECT_EQ(forwards.mean(1000), forwards.value() / 1000);
}

TEST(unit_sum, the_tail_carries) {
  unit_sum sum{};
  for (int i = 0; i < 3; ++i) evalpp::merge(sum, unit_sum::of(1 - 0x1p-53));
  EXPECT_EQ(sum.value(), 3 - 3 * 0x1p-53);
}

TEST(unit_sum, what_is_no_share_counts_as_one_or_nothing) {
  EXPECT_EQ(unit_sum::of(-0.5).value(), 0);
  EXPECT_EQ(unit_sum::of(1.5).value(), 1);
  EXPECT_EQ(unit_sum::of(std::numeric_limits<double>::quiet_NaN()).value(), 0);
  EXPECT_EQ(unit_sum::of(std::numeric_limits<double>::infinity()).value(), 1);
  EXPECT_EQ(unit_sum{}.mean(0), 0);
}

}  // namespace unit_sum_test
