// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/levenshtein.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "reference/levenshtein.hpp"

namespace levenshtein_test {

using ids = std::vector<std::uint32_t>;
using evalpp::edit_counts;

/// Both sides as an encoder would hand them over: reference tokens are 1..vocabulary.
struct pair {
  explicit pair(const ids& hypothesis_ids, const ids& reference_ids) : hypothesis(hypothesis_ids) {
    std::uint32_t vocabulary = 0;
    references.append().ids = reference_ids;
    for (const std::uint32_t id : reference_ids) vocabulary = std::max(vocabulary, id);
    for (std::uint32_t& id : hypothesis)
      if (std::find(reference_ids.begin(), reference_ids.end(), id) == reference_ids.end()) id = 0;
    references.finish(vocabulary);
  }
  std::int64_t distance(evalpp::detail::levenshtein& engine) const {
    return engine.distance(hypothesis, references[0], references.vocabulary());
  }
  edit_counts split(evalpp::detail::levenshtein& engine) const {
    return engine.split(hypothesis, references[0], references.vocabulary());
  }

  ids hypothesis;
  evalpp::token_references references;
};

/// A number in 0..below - 1, the same on every platform.
std::uint32_t draw(std::mt19937& random, std::size_t below) {
  return static_cast<std::uint32_t>(random() % below);
}

ids random_ids(std::mt19937& random, std::size_t length, std::uint32_t vocabulary) {
  ids out(length);
  for (std::uint32_t& id : out) id = 1 + draw(random, vocabulary);
  return out;
}

/// The reference with some tokens replaced, dropped, doubled, and a block moved.
ids edited(std::mt19937& random, const ids& reference, std::uint32_t vocabulary, unsigned percent) {
  ids out;
  for (const std::uint32_t id : reference) {
    const unsigned roll = draw(random, 300);
    if (roll < percent) continue;
    if (roll < 2 * percent) out.push_back(1 + draw(random, vocabulary));
    out.push_back(roll >= 2 * percent && roll < 3 * percent ? 1 + draw(random, vocabulary) : id);
  }
  if (out.size() > 4 && draw(random, 3) == 0) {
    const auto middle = out.begin() + static_cast<std::ptrdiff_t>(draw(random, out.size()));
    std::rotate(out.begin(), middle, out.end());
  }
  return out;
}

edit_counts as_counts(const reference::edit_split& s) {
  return {s.hits, s.substitutions, s.insertions, s.deletions};
}

/// Runs at every level of instructions that the machine has, and leaves the best one in use.
void expect_equal_to_the_matrix(evalpp::detail::levenshtein& engine, const ids& hypothesis,
                                const ids& reference) {
  using evalpp::detail::simd_level;
  const pair p(hypothesis, reference);
  const std::int64_t distance = reference::levenshtein(reference, hypothesis);
  const edit_counts split = as_counts(reference::jiwer_split(reference, hypothesis));
  for (const simd_level level : {simd_level::baseline, simd_level::avx2, simd_level::avx512}) {
    SCOPED_TRACE(static_cast<int>(evalpp::detail::force_simd_level(level)));
    ASSERT_EQ(p.distance(engine), distance) << hypothesis.size() << " against " << reference.size();
    ASSERT_EQ(p.split(engine), split) << hypothesis.size() << " against " << reference.size();
  }
}

TEST(levenshtein, knows_the_empty_sequence) {
  evalpp::detail::levenshtein engine;
  EXPECT_EQ(pair({}, {}).distance(engine), 0);
  EXPECT_EQ(pair({}, {}).split(engine), (edit_counts{0, 0, 0, 0}));
  EXPECT_EQ(pair({1, 2}, {}).distance(engine), 2);
  EXPECT_EQ(pair({1, 2}, {}).split(engine), (edit_counts{0, 0, 2, 0}));
  EXPECT_EQ(pair({}, {1, 2, 3}).distance(engine), 3);
  EXPECT_EQ(pair({}, {1, 2, 3}).split(engine), (edit_counts{0, 0, 0, 3}));
}

TEST(levenshtein, splits_the_edits_of_a_small_pair) {
  evalpp::detail::levenshtein engine;
  EXPECT_EQ(pair({1, 2, 3}, {1, 2, 3}).split(engine), (edit_counts{3, 0, 0, 0}));
  EXPECT_EQ(pair({1, 9, 3}, {1, 2, 3}).split(engine), (edit_counts{2, 1, 0, 0}));
  EXPECT_EQ(pair({1, 2, 9, 3}, {1, 2, 3}).split(engine), (edit_counts{3, 0, 1, 0}));
  EXPECT_EQ(pair({1, 3}, {1, 2, 3}).split(engine), (edit_counts{2, 0, 0, 1}));
}

TEST(levenshtein, equals_the_matrix_on_all_short_sequences_of_two_symbols) {
  evalpp::detail::levenshtein engine;
  std::vector<ids> all;
  for (unsigned length = 0; length <= 6; ++length)
    for (unsigned bits = 0; bits < 1u << length; ++bits) {
      ids sequence;
      for (unsigned k = 0; k < length; ++k) sequence.push_back(1 + (bits >> k & 1));
      all.push_back(sequence);
    }
  for (const ids& hypothesis : all)
    for (const ids& reference : all) expect_equal_to_the_matrix(engine, hypothesis, reference);
}

TEST(levenshtein, equals_the_matrix_at_every_number_of_words) {
  evalpp::detail::levenshtein engine;
  std::mt19937 random(7);
  for (int trial = 0; trial < 1500; ++trial) {
    const std::uint32_t vocabulary = 1 + draw(random, trial % 2 == 0 ? 4 : 200);
    const std::size_t length =
        trial % 3 == 0 ? 60 + draw(random, 10) : draw(random, trial % 10 == 0 ? 530 : 140);
    const ids reference = random_ids(random, length, vocabulary);
    const ids hypothesis = trial % 4 == 0 ? random_ids(random, draw(random, 200), vocabulary)
                                          : edited(random, reference, vocabulary, draw(random, 60));
    expect_equal_to_the_matrix(engine, hypothesis, reference);
  }
}

TEST(levenshtein, equals_the_matrix_over_strips_and_tiles) {
  evalpp::detail::levenshtein engine;
  std::mt19937 random(8);
  const std::size_t lengths[] = {513, 1000, 2047, 2048, 2049, 2112, 4097};
  for (const std::size_t length : lengths)
    for (const std::uint32_t vocabulary : {2u, 500u}) {
      const ids reference = random_ids(random, length, vocabulary);
      expect_equal_to_the_matrix(engine, edited(random, reference, vocabulary, 30), reference);
      expect_equal_to_the_matrix(engine, random_ids(random, 3 + draw(random, 3000), vocabulary), reference);
    }
  // A short reference and so many rows that keeping them all would be too much.
  const ids reference = random_ids(random, 500, 9);
  expect_equal_to_the_matrix(engine, random_ids(random, 40000, 9), reference);
}

// The values are rapidfuzz's, which aligns long pairs by halves and then makes another choice: as a
// whole, the first pair has 1172 hits.
TEST(levenshtein, splits_long_pairs_as_rapidfuzz_does) {
  evalpp::detail::levenshtein engine;
  const auto numbers = [](std::size_t length, std::uint32_t seed, std::uint32_t vocabulary) {
    ids out(length);
    for (std::uint32_t& id : out) {
      seed = (seed * 1103515245u + 12345u) % 0x80000000u;
      id = 1 + (seed >> 16) % vocabulary;
    }
    return out;
  };
  const auto split = [&](std::size_t reference, std::size_t hypothesis, std::uint32_t vocabulary,
                         std::uint32_t seed) {
    return pair(numbers(hypothesis, seed + 1, vocabulary), numbers(reference, seed, vocabulary))
        .split(engine);
  };
  EXPECT_EQ(split(2100, 2300, 5, 1), (edit_counts{1174, 756, 370, 170}));
  EXPECT_EQ(split(2500, 2100, 2, 7), (edit_counts{1787, 275, 38, 438}));
  EXPECT_EQ(split(3000, 9000, 5, 7), (edit_counts{2779, 218, 6003, 3}));
  EXPECT_EQ(split(5000, 4000, 3, 1), (edit_counts{3020, 838, 142, 1142}));
}

TEST(levenshtein, splits_consistently_at_a_hundred_thousand_tokens) {
  evalpp::detail::levenshtein engine;
  std::mt19937 random(9);
  const ids reference = random_ids(random, 100000, 3000);
  const ids hypothesis = edited(random, reference, 3000, 40);
  const pair p(hypothesis, reference);
  const edit_counts counts = p.split(engine);
  EXPECT_EQ(counts.substitutions + counts.insertions + counts.deletions, p.distance(engine));
  EXPECT_EQ(counts.hits + counts.substitutions + counts.deletions, std::int64_t{100000});
  EXPECT_EQ(counts.hits + counts.substitutions + counts.insertions,
            static_cast<std::int64_t>(hypothesis.size()));
  EXPECT_LT(counts.substitutions + counts.insertions + counts.deletions, 100000);
}

}  // namespace levenshtein_test
