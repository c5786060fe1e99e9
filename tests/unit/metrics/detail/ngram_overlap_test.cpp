// SPDX-License-Identifier: MIT
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/ngram_overlap.hpp>

#include <reference/ngrams.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ngram_overlap_test {

using evalpp::detail::count_ngram_matches;
using evalpp::detail::max_ngram_order;
using evalpp::detail::ngram_scratch;
using ids = std::vector<std::uint32_t>;

struct generator {
  std::uint64_t state = 1;
  std::uint32_t below(std::uint32_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(((state >> 32) * n) >> 32);
  }
};

constexpr std::uint32_t vocabulary = 40;

evalpp::token_references encode(const std::vector<ids>& references) {
  evalpp::token_references encoded;
  for (const ids& reference : references) encoded.append().ids = reference;
  encoded.finish(vocabulary);
  return encoded;
}

// Runs that repeat and overlap: copies of pieces of `source` with noise between them.
ids related(const ids& source, std::size_t length, std::uint32_t words, generator& draw) {
  ids made;
  while (made.size() < length) {
    if (source.empty() || draw.below(3) == 0) {
      made.push_back(draw.below(words + 1));  // 0 is a token that no reference has
    } else {
      std::size_t from = draw.below(static_cast<std::uint32_t>(source.size()));
      for (std::uint32_t run = 1 + draw.below(12); run > 0 && from < source.size(); --run)
        made.push_back(source[from++]);
    }
  }
  made.resize(length);
  return made;
}

ids random_reference(std::size_t length, std::uint32_t words, generator& draw) {
  ids made(length);
  for (auto& id : made) id = 1 + draw.below(words);
  return made;
}

void expect_equal_to_the_twin(const ids& hypothesis, const std::vector<ids>& references,
                              ngram_scratch& scratch) {
  const evalpp::token_references encoded = encode(references);
  for (int last = 1; last <= max_ngram_order; ++last) {
    const auto matches = count_ngram_matches(hypothesis, encoded, last, scratch);
    for (int n = 1; n <= max_ngram_order; ++n) {
      const auto order = static_cast<std::size_t>(n);
      const std::int64_t expected = n <= last ? reference::clipped_matches(hypothesis, references, order) : 0;
      ASSERT_EQ(matches[order - 1], expected)
          << "order " << n << " of " << last << ", hypothesis of " << hypothesis.size() << ", "
          << references.size() << " references";
    }
  }
}

TEST(ngram_overlap, clips_each_ngram_to_its_count_in_the_reference) {
  // Papineni et al. 2002, example 2: "the the the the the the the" against "the cat is on the mat".
  ngram_scratch scratch;
  const auto matches = count_ngram_matches(ids(7, 1), encode({{1, 2, 3, 4, 1, 5}}), 2, scratch);
  EXPECT_EQ(matches[0], 2);
  EXPECT_EQ(matches[1], 0);
}

TEST(ngram_overlap, takes_the_largest_count_of_any_reference_not_their_sum) {
  ngram_scratch scratch;
  const auto matches = count_ngram_matches(ids(7, 1), encode({{1, 2, 1}, {1, 1, 1}, {2}}), 3, scratch);
  EXPECT_EQ(matches[0], 3);
  EXPECT_EQ(matches[1], 2);
  EXPECT_EQ(matches[2], 1);
}

TEST(ngram_overlap, nothing_matches_without_tokens_or_references) {
  ngram_scratch scratch;
  expect_equal_to_the_twin({}, {{}}, scratch);
  expect_equal_to_the_twin({}, {{1, 2}}, scratch);
  expect_equal_to_the_twin({1, 2}, {{}}, scratch);
  expect_equal_to_the_twin({1, 2}, {}, scratch);
  expect_equal_to_the_twin({1, 2}, {{}, {1, 2}}, scratch);
  expect_equal_to_the_twin({0, 0, 0}, {{1, 2}}, scratch);
}

TEST(ngram_overlap, equals_the_twin_at_every_reference_length_near_a_word_boundary) {
  generator draw;
  ngram_scratch scratch;
  for (const std::size_t length : {1u,   2u,   9u,   63u,  64u,  65u,  127u, 128u, 129u, 192u, 193u, 256u,
                                   257u, 320u, 321u, 384u, 385u, 448u, 449u, 511u, 512u, 513u, 700u}) {
    for (const std::uint32_t words : {1u, 2u, 5u, vocabulary}) {
      const ids reference = random_reference(length, words, draw);
      expect_equal_to_the_twin(related(reference, length + 3, words, draw), {reference}, scratch);
    }
  }
}

TEST(ngram_overlap, equals_the_twin_with_many_references_of_unequal_lengths) {
  generator draw;
  ngram_scratch scratch;
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t words = 1 + draw.below(vocabulary);
    std::vector<ids> references(1 + draw.below(6));
    for (ids& reference : references) {
      const std::uint32_t longest = draw.below(8) == 0 ? 600 : 90;
      reference = random_reference(draw.below(longest), words, draw);
    }
    const ids& near = references[draw.below(static_cast<std::uint32_t>(references.size()))];
    expect_equal_to_the_twin(related(near, draw.below(100), words, draw), references, scratch);
  }
}

// Up to four references of one word have a kernel of their own.
TEST(ngram_overlap, equals_the_twin_with_a_few_short_references_at_every_level) {
  const auto wanted = evalpp::detail::cpu_level();
  for (const auto level : {evalpp::detail::simd_level::avx2, evalpp::detail::simd_level::baseline}) {
    evalpp::detail::force_simd_level(level);
    generator draw;
    ngram_scratch scratch;
    for (int round = 0; round < 200; ++round) {
      const std::uint32_t words = 1 + draw.below(vocabulary);
      std::vector<ids> references(2 + draw.below(4));
      for (ids& reference : references)
        reference = random_reference(draw.below(5) == 0 ? 64 * draw.below(2) : draw.below(65), words, draw);
      const ids& near = references[draw.below(static_cast<std::uint32_t>(references.size()))];
      expect_equal_to_the_twin(related(near, draw.below(100), words, draw), references, scratch);
    }
  }
  evalpp::detail::force_simd_level(wanted);
}

TEST(ngram_overlap, long_references_need_no_masks) {
  generator draw;
  ngram_scratch scratch;
  const ids reference = random_reference(5000, vocabulary, draw);
  expect_equal_to_the_twin(related(reference, 4000, vocabulary, draw), {reference}, scratch);
  // One token over and over: every n-gram of a side is the same one.
  expect_equal_to_the_twin(ids(900, 1), {ids(1000, 1)}, scratch);
}

}  // namespace ngram_overlap_test
