// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>
#include <evalpp/stats/replicate_sums.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace replicate_sums_test {

namespace stats = evalpp::stats;
using evalpp::detail::simd_level;

struct some_rows {
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> values;
  std::size_t lanes;

  some_rows(std::size_t n, std::size_t width) : lanes(width) {
    for (std::size_t i = 0; i < n; ++i) {
      keys.push_back(stats::mix64(i / 2));  // every two rows are a cluster
      for (std::size_t k = 0; k < lanes; ++k) values.push_back(value(stats::mix64(i * lanes + k), k));
    }
  }
  // One lane for each way that numbers are added up in: small, of several digits, negative, extreme, zero,
  // small and middling with a sign.
  static std::int64_t value(std::uint64_t random, std::size_t lane) {
    switch (lane % 8) {
      case 0:
        return static_cast<std::int64_t>(random % 128);
      case 1:
        return static_cast<std::int64_t>(random % 129 + 127);
      case 2:
        return static_cast<std::int64_t>(random >> 31);
      case 3:
        return static_cast<std::int64_t>(random);
      case 4:
        return random % 2 != 0 ? std::numeric_limits<std::int64_t>::min() : -1;
      case 5:
        return static_cast<std::int64_t>(random % 128) - 64;
      case 6:
        return static_cast<std::int64_t>(random % (1u << 23)) - (1 << 22);
      default:
        return 0;
    }
  }
};

// From the definition, one replicate after the other.
std::vector<std::int64_t> naive(const some_rows& rows, std::size_t replicate, std::uint64_t seed) {
  const stats::poisson_weights weights(seed);
  std::vector<std::uint64_t> sum(rows.lanes);
  for (std::size_t i = 0; i < rows.keys.size(); ++i)
    for (std::size_t k = 0; k < rows.lanes; ++k)
      sum[k] +=
          weights(rows.keys[i], replicate) * static_cast<std::uint64_t>(rows.values[i * rows.lanes + k]);
  return {sum.begin(), sum.end()};
}

std::int64_t naive_drawn(const some_rows& rows, std::size_t replicate, std::uint64_t seed) {
  const stats::poisson_weights weights(seed);
  std::int64_t drawn = 0;
  for (const std::uint64_t key : rows.keys) drawn += weights(key, replicate);
  return drawn;
}

class replicate_sums : public testing::TestWithParam<simd_level> {
 protected:
  void SetUp() override {
    if (evalpp::detail::force_simd_level(GetParam()) != GetParam())
      evalpp::detail::force_simd_level(evalpp::detail::detect_simd_level());  // tested with the best there is
  }
  void TearDown() override { evalpp::detail::force_simd_level(evalpp::detail::detect_simd_level()); }
};
INSTANTIATE_TEST_SUITE_P(levels, replicate_sums,
                         testing::Values(simd_level::baseline, simd_level::avx2, simd_level::avx512));

TEST_P(replicate_sums, are_weighted_sums_of_the_rows) {
  for (const std::size_t n : {0u, 1u, 63u, 64u, 65u, 200u}) {
    const some_rows rows(n, 8);
    stats::replicate_sums sums(rows.lanes, 300, 12345);
    EXPECT_EQ(sums.replicates(), 512u);
    sums.add(rows.keys, rows.values);
    std::vector<std::int64_t> row(rows.lanes);
    for (const std::size_t b : {0u, 1u, 255u, 256u, 511u}) {
      sums.copy_row(b, row.data());
      EXPECT_EQ(row, naive(rows, b, 12345)) << n << ' ' << b;
      EXPECT_EQ(sums.drawn(b), naive_drawn(rows, b, 12345)) << n << ' ' << b;
    }
  }
}

TEST_P(replicate_sums, have_the_same_bits_in_any_order_and_any_parts) {
  const some_rows rows(150, 8);
  stats::replicate_sums whole(rows.lanes, 512, 1);
  whole.add(rows.keys, rows.values);

  std::vector<std::size_t> order(rows.keys.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [](auto a, auto b) { return stats::mix64(a) < stats::mix64(b); });
  stats::replicate_sums first(rows.lanes, 512, 1), second(rows.lanes, 512, 1);
  for (const std::size_t i : order) {
    auto& part = i % 3 == 0 ? first : second;
    const std::span<const std::int64_t> values(rows.values);
    part.add({&rows.keys[i], 1}, values.subspan(i * rows.lanes, rows.lanes));
  }
  EXPECT_NE(first, whole);
  ASSERT_TRUE(first.merge(second));
  EXPECT_EQ(first, whole);
}

TEST(replicate_sums_merge, refuses_what_does_not_fit) {
  stats::replicate_sums sums(2, 256, 1);
  const stats::replicate_sums before = sums;
  EXPECT_FALSE(sums.merge(stats::replicate_sums(3, 256, 1)));
  EXPECT_FALSE(sums.merge(stats::replicate_sums(2, 512, 1)));
  EXPECT_FALSE(sums.merge(stats::replicate_sums(2, 256, 2)));
  EXPECT_EQ(sums, before);
}

TEST(replicate_sums_merge, of_nothing_is_nothing) {
  stats::replicate_sums none(0, 256, 1);
  none.add({}, {});
  EXPECT_EQ(none.lanes(), 0u);
  EXPECT_EQ(stats::replicate_sums(1, 0, 1).replicates(), 0u);
}

}  // namespace replicate_sums_test
