// SPDX-License-Identifier: MIT
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/lcs.hpp>
#include <evalpp/metrics/detail/lcs_union.hpp>
#include "reference/rouge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace lcs_test {

using ids = std::vector<std::uint32_t>;
using text = evalpp::reference::rouge_text<std::uint32_t>;

evalpp::token_references encode(const ids& reference, const ids& line_ends, std::uint32_t vocabulary) {
  evalpp::token_references references;
  evalpp::encoded_reference& added = references.append();
  added.ids = reference;
  added.line_ends = line_ends;
  references.finish(vocabulary);
  return references;
}

/// Token ids of lines of random length; a small vocabulary makes many subsequences equally long.
struct random_text {
  ids tokens, line_ends;
  text lines;
};

random_text draw(std::mt19937& random, std::size_t size, std::uint32_t lowest, std::uint32_t vocabulary,
                 std::size_t longest_line) {
  random_text drawn;
  drawn.lines.emplace_back();
  std::size_t line = random() % (longest_line + 1);
  while (drawn.tokens.size() < size) {
    if (line == 0) {
      drawn.line_ends.push_back(static_cast<std::uint32_t>(drawn.tokens.size()));
      drawn.lines.emplace_back();
      line = random() % (longest_line + 1);
      continue;
    }
    --line;
    const auto id = static_cast<std::uint32_t>(lowest + random() % (vocabulary + 1 - lowest));
    drawn.tokens.push_back(id);
    drawn.lines.back().push_back(id);
  }
  drawn.line_ends.push_back(static_cast<std::uint32_t>(size));
  return drawn;
}

TEST(lcs, length_equals_the_full_table_at_every_level) {
  std::mt19937 random(1);
  evalpp::detail::lcs_scratch scratch;
  const auto before = evalpp::detail::cpu_level();
  for (const std::size_t size : {1u,   2u,   30u,  63u,  64u,  65u,  100u, 128u, 129u, 192u,
                                 250u, 300u, 350u, 400u, 448u, 500u, 512u, 513u, 700u, 1100u})
    for (const std::uint32_t vocabulary : {1u, 2u, 9u, 60u, 900u}) {
      const ids reference = draw(random, size, 1, vocabulary, 10).tokens;
      const ids hypothesis = draw(random, random() % (2 * size + 1), 0, vocabulary, 10).tokens;
      const auto references = encode(reference, {}, vocabulary);
      const std::size_t expected = evalpp::reference::lcs_length(reference, hypothesis);
      for (const auto level : {evalpp::detail::simd_level::baseline, evalpp::detail::simd_level::avx512}) {
        if (evalpp::detail::force_simd_level(level) != level) continue;
        EXPECT_EQ(evalpp::detail::lcs_length(hypothesis, references[0], vocabulary, scratch), expected)
            << size << " tokens of " << vocabulary;
        EXPECT_EQ(evalpp::detail::lcs_length_in_strips(hypothesis, reference, vocabulary, scratch), expected)
            << size << " tokens of " << vocabulary;
      }
    }
  evalpp::detail::force_simd_level(before);
}

TEST(lcs, every_kernel_agrees_on_texts_of_several_strips) {
  std::mt19937 random(5);
  evalpp::detail::lcs_scratch scratch;
  const auto before = evalpp::detail::cpu_level();
  for (const std::uint32_t vocabulary : {3u, 400u, 20000u}) {
    const ids reference = draw(random, 4500, 1, vocabulary, 10).tokens;  // 2048 positions a strip
    ids hypothesis = draw(random, 700, 0, vocabulary, 10).tokens;
    hypothesis.insert(hypothesis.end(), reference.begin() + 1000, reference.begin() + 3000);
    const std::size_t expected = evalpp::reference::lcs_length(reference, hypothesis);
    for (const auto level : {evalpp::detail::simd_level::baseline, evalpp::detail::simd_level::avx512}) {
      if (evalpp::detail::force_simd_level(level) != level) continue;
      EXPECT_EQ(evalpp::detail::lcs_length_in_strips(hypothesis, reference, vocabulary, scratch), expected)
          << "vocabulary " << vocabulary << ", level " << static_cast<int>(level);
    }
  }
  evalpp::detail::force_simd_level(before);
}

TEST(lcs, is_zero_when_a_side_is_empty) {
  evalpp::detail::lcs_scratch scratch;
  const auto nothing = encode({}, {}, 0);
  const auto something = encode({1, 2}, {}, 2);
  EXPECT_EQ(evalpp::detail::lcs_length(ids{0, 0}, nothing[0], 0, scratch), 0u);
  EXPECT_EQ(evalpp::detail::lcs_length(ids{}, something[0], 2, scratch), 0u);
  EXPECT_EQ(evalpp::detail::lcs_length_in_strips(ids{}, ids{}, 0, scratch), 0u);
}

TEST(lcs, carries_run_through_whole_words) {
  // A zero at the far end and matches in the first word only: the carry crosses every word.
  ids reference(1000, 1);
  reference.back() = 2;
  evalpp::detail::lcs_scratch scratch;
  for (const ids& hypothesis : {ids{2, 1, 1}, ids{2, 1, 2}, ids{1, 2, 1, 2}})
    for (const std::size_t size : {1000u, 512u, 449u, 256u, 130u}) {
      const ids last(reference.end() - static_cast<std::ptrdiff_t>(size), reference.end());
      const auto references = encode(last, {}, 2);
      EXPECT_EQ(evalpp::detail::lcs_length(hypothesis, references[0], 2, scratch),
                evalpp::reference::lcs_length(last, hypothesis));
    }
}

std::size_t expected_hits(const random_text& hypothesis, const random_text& reference) {
  return static_cast<std::size_t>(evalpp::reference::rouge_lsum(hypothesis.lines, reference.lines).hits);
}

std::size_t union_hits(const random_text& hypothesis, const random_text& reference,
                       std::uint32_t vocabulary) {
  evalpp::detail::lcs_union_scratch scratch;
  const auto references = encode(reference.tokens, reference.line_ends, vocabulary);
  return evalpp::detail::union_lcs_hits({hypothesis.tokens, hypothesis.line_ends}, references[0], vocabulary,
                                        scratch);
}

/// The size of the intersection of two bags.
std::size_t common_tokens(ids a, ids b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  ids both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

TEST(lcs_union, hits_equal_the_traced_tables) {
  std::mt19937 random(2);
  for (int round = 0; round < 1500; ++round) {
    const std::size_t size = 1 + random() % (round % 10 == 0 ? 300 : 64);
    const auto vocabulary = static_cast<std::uint32_t>(1 + random() % (round % 3 == 0 ? 3 : 40));
    const std::size_t longest_line = 1 + random() % 90;
    const random_text reference = draw(random, size, 1, vocabulary, longest_line);
    const random_text hypothesis = draw(random, random() % (size + 30), 0, vocabulary, longest_line);
    const auto expected = expected_hits(hypothesis, reference);
    ASSERT_EQ(union_hits(hypothesis, reference, vocabulary), expected) << "round " << round;

    // The kernel for long lines agrees on short ones too.
    evalpp::detail::long_union_lcs_scratch scratch;
    ids marked;
    std::vector<std::uint64_t> taken((reference.tokens.size() + 63) / 64, 0);
    evalpp::detail::long_union_lcs({hypothesis.tokens, hypothesis.line_ends},
                                   {reference.tokens, reference.line_ends}, vocabulary, scratch)
        .mark(taken);
    for (std::size_t i = 0; i < reference.tokens.size(); ++i)
      if ((taken[i / 64] >> (i % 64) & 1) != 0) marked.push_back(reference.tokens[i]);
    ASSERT_EQ(common_tokens(marked, hypothesis.tokens), expected) << "round " << round;
  }
}

/// The same tokens without line ends.
random_text in_one_line(random_text drawn) {
  drawn.lines = {drawn.tokens};
  drawn.line_ends.clear();
  return drawn;
}

TEST(lcs_union, without_line_ends_all_is_one_line) {
  std::mt19937 random(3);
  for (const std::size_t size : {20u, 200u}) {
    const random_text reference = in_one_line(draw(random, size, 1, 5, 9));
    const random_text hypothesis = in_one_line(draw(random, size, 1, 5, 9));
    EXPECT_EQ(union_hits(hypothesis, reference, 5), expected_hits(hypothesis, reference));
  }
}

TEST(lcs_union, lines_too_long_to_keep_are_recomputed_in_blocks) {
  std::mt19937 random(4);
  // 3000 tokens are 47 words, and 65536 / 47 columns are kept at a time: three blocks.
  const random_text hypothesis = in_one_line(draw(random, 3400, 0, 300, 50));
  const random_text reference = draw(random, 3000, 1, 300, 900);
  EXPECT_EQ(union_hits(hypothesis, reference, 300), expected_hits(hypothesis, reference));
  const random_text one = in_one_line(reference);
  EXPECT_EQ(union_hits(hypothesis, one, 300), expected_hits(hypothesis, one));
}

}  // namespace lcs_test
