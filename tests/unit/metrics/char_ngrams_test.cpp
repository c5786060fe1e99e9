// SPDX-License-Identifier: MIT
// The n-gram counter behind chrF, every kernel and every way to sort against maps of n-grams.
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/char_ngrams.hpp>

#include "reference/chrf.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace char_ngrams_test {

using evalpp::detail::ngram_counter;
using evalpp::detail::simd_level;
using text = std::vector<std::uint32_t>;

// Runs a test at every level that this machine has, and leaves the level as it was.
template <class Body>
void at_every_level(Body body) {
  const simd_level before = evalpp::detail::cpu_level();
  for (const simd_level wanted : {simd_level::baseline, simd_level::avx2, simd_level::avx512}) {
    if (evalpp::detail::force_simd_level(wanted) != wanted) continue;
    SCOPED_TRACE("level " + std::to_string(static_cast<int>(wanted)));
    body();
  }
  evalpp::detail::force_simd_level(before);
}

void expect_like_maps(ngram_counter& counter, const text& a, const text& b, std::size_t orders) {
  const auto matches = counter.count(a, b, orders);
  for (std::size_t n = 1; n <= evalpp::detail::max_ngram_orders; ++n) {
    const std::int64_t expected = n <= orders ? reference::ngram_matches(a, b, n) : 0;
    EXPECT_EQ(matches[n - 1], expected)
        << "order " << n << " of " << orders << ", lengths " << a.size() << " and " << b.size();
  }
}

std::uint32_t draw(std::mt19937& random, std::size_t below) {
  return static_cast<std::uint32_t>(random() % below);
}

text random_text(std::mt19937& random, std::size_t length, std::uint32_t alphabet, std::uint32_t first) {
  text out(length);
  for (auto& symbol : out) symbol = first + draw(random, alphabet);
  return out;
}

// A copy with pieces moved and symbols replaced, as a hypothesis is of its reference.
text edited(std::mt19937& random, text from, std::uint32_t alphabet, std::uint32_t first) {
  for (auto& symbol : from)
    if (draw(random, 8) == 0) symbol = first + draw(random, alphabet);
  if (!from.empty()) {
    std::rotate(from.begin(), from.begin() + draw(random, from.size()), from.end());
    from.resize(from.size() - draw(random, from.size()) / 4);
  }
  return from;
}

TEST(char_ngrams, every_length_of_mask) {
  at_every_level([] {
    std::mt19937 random(1);
    ngram_counter counter;  // reused: nothing may leak from one call into the next
    for (const std::size_t length : {1u,   2u,   5u,   63u,  64u,  65u,  127u, 128u, 129u, 192u,
                                     193u, 256u, 257u, 320u, 321u, 384u, 385u, 448u, 511u, 512u}) {
      for (const std::uint32_t alphabet : {1u, 2u, 3u, 30u}) {
        const text b = random_text(random, length, alphabet, 'a');
        expect_like_maps(counter, edited(random, b, alphabet, 'a'), b, 8);
        expect_like_maps(counter, random_text(random, length + 7, alphabet, 'a'), b, 6);
      }
    }
  });
}

TEST(char_ngrams, symbols_of_every_size) {
  at_every_level([] {
    std::mt19937 random(2);
    ngram_counter counter;
    for (const std::uint32_t first : {0u, 100u, 0x400u, 0x4E00u, 0x10FF00u, 0xFFFFFF00u}) {
      const text b = random_text(random, 200, 90, first);
      expect_like_maps(counter, edited(random, b, 150, first), b, 8);
    }
  });
}

TEST(char_ngrams, short_against_long_counts_like_long_against_short) {
  at_every_level([] {
    std::mt19937 random(3);
    ngram_counter counter;
    const text small = random_text(random, 70, 4, 'a'), large = random_text(random, 3000, 4, 'a');
    expect_like_maps(counter, small, large, 6);
    expect_like_maps(counter, large, small, 6);
  });
}

TEST(char_ngrams, empty_and_shorter_than_the_order) {
  at_every_level([] {
    ngram_counter counter;
    expect_like_maps(counter, {}, {}, 6);
    expect_like_maps(counter, {}, {'a'}, 6);
    expect_like_maps(counter, {'a'}, {}, 6);
    expect_like_maps(counter, {'a', 'b'}, {'a', 'b'}, 6);
    expect_like_maps(counter, {'a', 'b', 'c', 'd', 'e', 'f', 'g'}, {'a', 'b', 'c', 'd', 'e', 'f', 'g'}, 8);
  });
}

// Longer than the masks. The alphabet decides between sorting keys (order * bits < 64) and sorting
// positions, of one digit per symbol or two.
TEST(char_ngrams, long_texts_of_every_alphabet) {
  std::mt19937 random(4);
  ngram_counter counter;
  for (const std::uint32_t alphabet :
       {1u, 2u, 26u, 126u, 127u, 128u, 254u, 255u, 256u, 1022u, 1024u, 5000u}) {
    const text b = random_text(random, 2500, alphabet, 0x4E00);
    for (const std::size_t orders : {1u, 3u, 6u, 8u}) {
      expect_like_maps(counter, edited(random, b, alphabet + 5, 0x4E00), b, orders);
      expect_like_maps(counter, random_text(random, 600, alphabet, 0x4E00), b, orders);
    }
  }
}

// N-grams of one symbol that both texts end in: a window cut off by the end is not an n-gram.
TEST(char_ngrams, long_texts_that_end_alike) {
  ngram_counter counter;
  for (std::uint32_t alphabet : {2u, 1500u}) {
    text a, b;
    for (std::uint32_t i = 0; i < 1600; ++i) {
      a.push_back(1000 + i % alphabet);
      b.push_back(9000 + i % alphabet);
    }
    for (std::uint32_t tail : {1u, 2u, 1u}) {
      a.push_back(tail);
      b.push_back(tail);
      expect_like_maps(counter, a, b, 6);
    }
  }
}

TEST(char_ngrams, repetition_does_not_make_it_quadratic) {
  ngram_counter counter;
  const text a(1'000'000, 'a'), b(999'990, 'a');
  const auto matches = counter.count(a, b, 6);
  for (std::size_t n = 1; n <= 6; ++n) EXPECT_EQ(matches[n - 1], static_cast<std::int64_t>(b.size() - n + 1));
}

}  // namespace char_ngrams_test
