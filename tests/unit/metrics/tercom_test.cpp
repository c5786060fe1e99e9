// SPDX-License-Identifier: MIT
#include <evalpp/metrics/detail/tercom.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "reference/tercom.hpp"

namespace tercom_test {

using ids = std::vector<std::uint32_t>;

std::uint32_t draw(std::mt19937& random, std::size_t below) {
  return static_cast<std::uint32_t>(random() % below);
}

ids random_ids(std::mt19937& random, std::size_t length, std::uint32_t vocabulary) {
  ids out(length);
  for (std::uint32_t& id : out) id = 1 + draw(random, vocabulary);
  return out;
}

/// The reference as a translation would have it: words replaced, dropped, added, blocks moved.
ids translated(std::mt19937& random, const ids& reference, std::uint32_t vocabulary) {
  ids out;
  const std::uint32_t rate = draw(random, 60);
  for (const std::uint32_t id : reference) {
    const std::uint32_t roll = draw(random, 300);
    if (roll < rate) continue;
    out.push_back(roll < 2 * rate ? 1 + draw(random, vocabulary) : id);
    if (roll >= 300 - rate) out.push_back(1 + draw(random, vocabulary));
  }
  for (std::uint32_t moves = draw(random, 4); moves > 0 && out.size() > 2; --moves) {
    std::uint32_t at[3];
    for (std::uint32_t& k : at) k = draw(random, out.size() + 1);
    std::sort(at, at + 3);
    std::rotate(out.begin() + at[0], out.begin() + at[1], out.begin() + at[2]);
  }
  return out;
}

/// Counts of the corners that the pairs of a test reached.
struct corners {
  int beam = 0, limit = 0, shifted = 0;
};

void expect_equal_to_the_twin(evalpp::detail::tercom& engine, ids hypothesis, const ids& reference_ids,
                              corners& met) {
  evalpp::token_references references;
  references.append().ids = reference_ids;
  std::uint32_t vocabulary = 0;
  for (const std::uint32_t id : reference_ids) vocabulary = std::max(vocabulary, id);
  for (std::uint32_t& id : hypothesis)
    if (std::find(reference_ids.begin(), reference_ids.end(), id) == reference_ids.end()) id = 0;
  references.finish(vocabulary);

  reference::tercom twin;
  const std::int64_t expected = twin.edits(hypothesis, reference_ids);
  met.beam += twin.beam_bound();
  met.limit += twin.candidates() >= 1000;
  met.shifted += twin.iterations() > 1;
  ASSERT_EQ(engine.edits_by_cells(hypothesis, references[0]), expected)
      << hypothesis.size() << " against " << reference_ids.size();
  ASSERT_EQ(engine.edits(hypothesis, references[0]), expected)
      << hypothesis.size() << " against " << reference_ids.size();
}

TEST(tercom, knows_the_empty_sides) {
  evalpp::detail::tercom engine;
  corners met;
  expect_equal_to_the_twin(engine, {}, {}, met);
  expect_equal_to_the_twin(engine, {1, 2}, {}, met);
  expect_equal_to_the_twin(engine, {}, {1, 2, 3}, met);
}

TEST(tercom, moves_a_block_for_one_edit) {
  evalpp::detail::tercom engine;
  evalpp::token_references references;
  references.append().ids = {1, 2, 3, 4, 5, 6, 7};
  references.finish(7);
  EXPECT_EQ(engine.edits(ids{4, 5, 6, 1, 2, 3, 7}, references[0]), 1);
  EXPECT_EQ(engine.edits(ids{1, 2, 3, 4, 5, 6, 7}, references[0]), 0);
}

TEST(tercom, equals_the_twin_on_all_short_sequences) {
  evalpp::detail::tercom engine;
  corners met;
  std::vector<ids> all;
  for (unsigned length = 0; length <= 4; ++length) {
    unsigned count = 1;
    for (unsigned k = 0; k < length; ++k) count *= 3;
    for (unsigned code = 0; code < count; ++code) {
      ids sequence;
      for (unsigned k = 0, rest = code; k < length; ++k, rest /= 3) sequence.push_back(1 + rest % 3);
      all.push_back(sequence);
    }
  }
  for (const ids& hypothesis : all)
    for (const ids& reference : all) expect_equal_to_the_twin(engine, hypothesis, reference, met);
}

TEST(tercom, equals_the_twin_on_segments) {
  evalpp::detail::tercom engine;
  std::mt19937 random(21);
  corners met;
  for (int trial = 0; trial < 500; ++trial) {
    const std::uint32_t vocabulary = 2 + draw(random, trial % 3 == 0 ? 8 : 60);
    const ids reference = random_ids(random, draw(random, 66), vocabulary);
    expect_equal_to_the_twin(engine, translated(random, reference, vocabulary), reference, met);
  }
  EXPECT_GT(met.shifted, 120);
  EXPECT_GT(met.beam, 120);
}

TEST(tercom, equals_the_twin_where_the_beam_binds) {
  evalpp::detail::tercom engine;
  std::mt19937 random(22);
  corners met;
  for (int trial = 0; trial < 110; ++trial) {
    const std::uint32_t vocabulary = 3 + draw(random, 200);
    const ids reference = random_ids(random, 20 + draw(random, 130), vocabulary);
    expect_equal_to_the_twin(engine, random_ids(random, 1 + draw(random, 150), vocabulary), reference, met);
    expect_equal_to_the_twin(engine, translated(random, reference, vocabulary), reference, met);
  }
  EXPECT_GT(met.beam, 120);
}

TEST(tercom, equals_the_twin_beyond_the_limit_of_trials) {
  evalpp::detail::tercom engine;
  std::mt19937 random(23);
  corners met;
  for (int trial = 0; trial < 40; ++trial) {
    const std::uint32_t vocabulary = 1 + draw(random, 4);
    const ids reference = random_ids(random, 30 + draw(random, 60), vocabulary);
    expect_equal_to_the_twin(engine, random_ids(random, 30 + draw(random, 60), vocabulary), reference, met);
    expect_equal_to_the_twin(engine, translated(random, reference, vocabulary), reference, met);
  }
  EXPECT_GT(met.limit, 30);
}

TEST(tercom, equals_the_twin_on_sides_of_very_different_length) {
  evalpp::detail::tercom engine;
  std::mt19937 random(24);
  corners met;
  for (int trial = 0; trial < 150; ++trial) {
    const std::uint32_t vocabulary = 2 + draw(random, 90);
    const std::size_t shorter = 1 + draw(random, 6), longer = 1 + draw(random, 400);
    expect_equal_to_the_twin(engine, random_ids(random, shorter, vocabulary),
                             random_ids(random, longer, vocabulary), met);
    expect_equal_to_the_twin(engine, random_ids(random, longer, vocabulary),
                             random_ids(random, shorter, vocabulary), met);
  }
}

TEST(tercom, equals_the_twin_on_references_without_masks) {
  evalpp::detail::tercom engine;
  std::mt19937 random(25);
  corners met;
  for (int trial = 0; trial < 4; ++trial) {
    const ids reference = random_ids(random, 500 + draw(random, 60), 700);
    expect_equal_to_the_twin(engine, translated(random, reference, 700), reference, met);
  }
}

}  // namespace tercom_test
