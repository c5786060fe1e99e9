// SPDX-License-Identifier: MIT
#include <evalpp/stats/poisson_weights.hpp>

#include <gtest/gtest.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include "golden/stats_cases.hpp"

namespace golden_stats_resampling_test {

namespace stats = evalpp::stats;

// 64-bit integers are strings in the golden file.
std::uint64_t integer(evalpp::json::value text) {
  const std::string_view digits = text.as_string().value_or("");
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

TEST(stats_golden, splitmix_stream) {
  golden::for_each_stats_case("splitmix_stream", 2, [](const golden::stats_case& one) {
    std::uint64_t state = integer(one.input["seed"]);
    for (const auto expected : one.expected.items())
      EXPECT_EQ(stats::mix64(state += 0x9e3779b97f4a7c15u), integer(expected));
  });
}

TEST(stats_golden, poisson8_weights) {
  golden::for_each_stats_case("poisson8_weights", 4, [](const golden::stats_case& one) {
    const stats::poisson_weights weights(integer(one.input["seed"]));
    const std::uint64_t id = integer(one.input["id"]);
    const auto block = static_cast<std::uint64_t>(golden::extended(one.input["block"]));
    const auto expected = golden::integers<int>(one.expected["weights"]);
    EXPECT_EQ(static_cast<double>(expected.size()), golden::extended(one.input["n"]));
    int sum = 0;
    for (std::uint64_t b = 0; b < 256; ++b) {
      const int w = weights(id, 256 * block + b);
      if (b < expected.size()) {
        EXPECT_EQ(w, expected[static_cast<std::size_t>(b)]) << b;
      }
      sum += w;
    }
    EXPECT_EQ(sum, golden::extended(one.expected["sum256"]));
  });
}

}  // namespace golden_stats_resampling_test
