// SPDX-License-Identifier: MIT
#include <evalpp/metrics/cer.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace cer_test {

double cer(std::string_view hypothesis, std::string_view reference, bool strip = true) {
  const evalpp::cer metric{.tokenizer = {.strip = strip}};
  return metric.score(evalpp::measure(metric, hypothesis, reference)).value;
}

TEST(cer, counts_code_points_and_not_bytes) {
  EXPECT_DOUBLE_EQ(cer("n\u00e4ive", "na\u00efve"), 2.0 / 5.0);
  EXPECT_DOUBLE_EQ(cer("\U0001F600b", "ab"), 1.0 / 2.0);
}

TEST(cer, counts_spaces_within_the_text) {
  EXPECT_DOUBLE_EQ(cer("a  b", "a b"), 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(cer("ab", "a b"), 1.0 / 3.0);
}

TEST(cer, strips_both_ends_unless_told_otherwise) {
  EXPECT_DOUBLE_EQ(cer("  ab\n", "ab"), 0.0);
  EXPECT_DOUBLE_EQ(cer(" ab", "ab", false), 1.0 / 2.0);
  EXPECT_NE(evalpp::cer{}.signature(), evalpp::cer{.tokenizer = {.strip = false}}.signature());
}

TEST(cer, takes_any_bytes) {
  const std::string bytes("\xff\xc3(\0\xf0\x9f", 6);
  EXPECT_DOUBLE_EQ(cer(bytes, bytes), 0.0);
  EXPECT_GT(cer(bytes, "abc"), 0.0);
}

}  // namespace cer_test
