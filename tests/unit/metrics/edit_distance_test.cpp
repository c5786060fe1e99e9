// SPDX-License-Identifier: MIT
#include <evalpp/metrics/edit_distance.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "reference/lcs.hpp"
#include "reference/levenshtein.hpp"

namespace edit_distance_test {

template <class Metric>
evalpp::edit_similarity_score score(const Metric& metric, std::string_view hypothesis,
                                    std::string_view reference) {
  return metric.score(evalpp::measure(metric, hypothesis, reference));
}

TEST(edit_distance, normalises_by_the_largest_possible_distance) {
  const auto levenshtein = score(evalpp::levenshtein_similarity{}, "kitten", "sitting");
  EXPECT_EQ(levenshtein.distance, 3);
  EXPECT_DOUBLE_EQ(levenshtein.value, 1.0 - 3.0 / 7.0);
  const auto indel = score(evalpp::indel_similarity{}, "kitten", "sitting");  // common: i t t n
  EXPECT_EQ(indel.distance, 5);
  EXPECT_DOUBLE_EQ(indel.value, 1.0 - 5.0 / 13.0);
  const auto lcs = score(evalpp::lcs_similarity{}, "kitten", "sitting");
  EXPECT_EQ(lcs.distance, 3);
  EXPECT_DOUBLE_EQ(lcs.value, 1.0 - 3.0 / 7.0);
}

TEST(edit_distance, gives_empty_sides_a_meaning) {
  EXPECT_EQ(score(evalpp::levenshtein_similarity{}, "", "").value, 1.0);
  EXPECT_EQ(score(evalpp::indel_similarity{}, "", "").value, 1.0);
  EXPECT_EQ(score(evalpp::lcs_similarity{}, "abc", "").value, 0.0);
  EXPECT_EQ(evalpp::levenshtein_similarity{}.score({}).value, 0.0);
}

TEST(edit_distance, keeps_the_whitespace_of_characters) {
  EXPECT_EQ(score(evalpp::levenshtein_similarity{}, " ab", "ab").distance, 1);
  EXPECT_EQ(score(evalpp::word_levenshtein_similarity{}, " ab", "ab").distance, 0);
}

TEST(edit_distance, takes_the_reference_that_is_most_alike) {
  const evalpp::word_indel_similarity metric;
  const std::vector<std::string> references{"a b c d", "a x", "q"};
  const auto s = metric.score(evalpp::measure(metric, std::string("a x y"), references));
  EXPECT_EQ(s.distance, 1);
  EXPECT_DOUBLE_EQ(s.value, 1.0 - 1.0 / 5.0);
}

TEST(edit_distance, equals_the_matrix_on_random_tokens) {
  std::mt19937 random(31);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<std::uint32_t> sides[2];
    for (auto& side : sides) {
      side.resize(random() % (trial % 20 == 0 ? 700 : 80));
      for (auto& token : side) token = static_cast<std::uint32_t>(random() % 12);
    }
    const auto& [hypothesis, reference] = sides;
    const auto n = static_cast<std::int64_t>(hypothesis.size()),
               m = static_cast<std::int64_t>(reference.size());
    const auto common = static_cast<std::int64_t>(evalpp::reference::lcs_length(reference, hypothesis));
    const evalpp::ids::levenshtein_similarity levenshtein;
    const evalpp::ids::indel_similarity indel;
    const evalpp::ids::lcs_similarity lcs;
    ASSERT_EQ(evalpp::measure(levenshtein, hypothesis, reference).distance,
              ::reference::levenshtein(reference, hypothesis));
    ASSERT_EQ(evalpp::measure(indel, hypothesis, reference).distance, n + m - 2 * common);
    ASSERT_EQ(evalpp::measure(lcs, hypothesis, reference).distance, std::max(n, m) - common);
  }
}

TEST(edit_distance, tells_its_kinds_apart) {
  EXPECT_EQ(evalpp::levenshtein_similarity{}.name(), "levenshtein");
  EXPECT_EQ(evalpp::indel_similarity{}.name(), "indel");
  EXPECT_EQ(evalpp::lcs_similarity{}.name(), "lcs");
  EXPECT_NE(evalpp::lcs_similarity{}.signature(), evalpp::word_lcs_similarity{}.signature());
}

}  // namespace edit_distance_test
