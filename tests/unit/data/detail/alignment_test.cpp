// SPDX-License-Identifier: MIT
#include <evalpp/data/detail/alignment.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace alignment_test {

using evalpp::data::detail::first_shifted_line;
using lines = std::vector<std::string>;

/// Sixty sentences that share some words with each other and most with their own rephrasing.
lines sentences(const std::string& last_word) {
  lines made;
  for (int i = 0; i < 60; ++i) {
    made.push_back("the report of day " + std::to_string(i) + " says town" + std::to_string(i * 7) + " is " +
                   last_word);
  }
  return made;
}

TEST(data_alignment, finds_the_line_that_was_put_in) {
  const lines references = sentences("quiet");
  for (std::size_t at = 0; at <= references.size(); ++at) {
    lines hypotheses = sentences("calm");
    hypotheses.insert(hypotheses.begin() + static_cast<std::ptrdiff_t>(at), "something else entirely");
    EXPECT_EQ(first_shifted_line(hypotheses, references), at);
  }
}

TEST(data_alignment, finds_the_second_half_of_a_broken_line) {
  const lines references = sentences("quiet");
  for (std::size_t at = 0; at < references.size(); ++at) {
    lines hypotheses = sentences("calm");
    const std::size_t middle = hypotheses[at].find(" says");
    hypotheses.insert(hypotheses.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                      hypotheses[at].substr(middle));
    hypotheses[at].resize(middle);
    EXPECT_EQ(first_shifted_line(hypotheses, references), at + 1);
  }
}

TEST(data_alignment, finds_the_gap_of_several_lines) {
  const lines references = sentences("quiet");
  lines hypotheses = sentences("calm");
  hypotheses.erase(hypotheses.begin() + 20, hypotheses.begin() + 23);
  EXPECT_EQ(first_shifted_line(references, hypotheses), 20U);
}

TEST(data_alignment, without_likeness_points_at_an_empty_line_or_the_end) {
  EXPECT_EQ(first_shifted_line({"a", "", "b"}, {"x", "y"}), 1U);
  EXPECT_EQ(first_shifted_line({"a", "c", "b"}, {"x", "y"}), 2U);
  EXPECT_EQ(first_shifted_line({"", "", ""}, {""}), 1U);
}

}  // namespace alignment_test
