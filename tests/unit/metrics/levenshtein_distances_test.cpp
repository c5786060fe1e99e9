// SPDX-License-Identifier: MIT
#include <evalpp/metrics/levenshtein_distances.hpp>

#include <evalpp/core/result.hpp>
#include <evalpp/detail/cpu.hpp>

#include <made_range.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "reference/levenshtein.hpp"

namespace levenshtein_distances_test {

using distances = std::vector<std::int64_t>;

TEST(levenshtein_distances, measures_each_pair) {
  const std::vector<std::string> outputs{"kitten", "", "abc", "", "same"};
  const std::vector<std::string_view> gold{"sitting", "", "", "abcd", "same"};
  EXPECT_EQ(evalpp::levenshtein_distances(outputs, gold), (distances{3, 0, 3, 4, 0}));
  EXPECT_EQ(evalpp::levenshtein_distances(std::vector<std::string>{}, std::vector<std::string>{}),
            distances{});
}

TEST(levenshtein_distances, counts_code_points_and_tells_malformed_bytes_apart) {
  const std::vector<std::string> outputs{"na\xC3\xAFve", "\xE6\x97\xA5\xE6\x9C\xAC", "\xFF", "\xFF", "\xC3"};
  const std::vector<std::string> gold{"naive", "\xE6\x97\xA5", "\xFE", "\xFF", "\xEF\xBF\xBD"};
  EXPECT_EQ(evalpp::levenshtein_distances(outputs, gold), (distances{1, 1, 1, 0, 1}));
}

// Every level of instructions, pairs in any order of lengths, so that queues fill and are left half full.
template <class Make>
void equal_the_matrix(Make make) {
  const auto wanted = evalpp::detail::cpu_level();
  std::mt19937 random(5);
  for (const auto level : {evalpp::detail::simd_level::avx512, evalpp::detail::simd_level::baseline}) {
    evalpp::detail::force_simd_level(level);
    for (const std::size_t n : {1u, 7u, 8u, 9u, 100u}) {
      using side = decltype(make(random, std::size_t{}));
      std::vector<side> hypotheses, references;
      for (std::size_t i = 0; i < n; ++i) {
        static constexpr std::size_t lengths[] = {0,   1,   15,  16,  17,  31,  32,  33,  63,  64, 65,
                                                  127, 128, 129, 191, 192, 193, 255, 256, 257, 300};
        hypotheses.push_back(make(random, lengths[random() % std::size(lengths)]));
        references.push_back(make(random, lengths[random() % std::size(lengths)]));
      }
      const distances found = evalpp::levenshtein_distances(hypotheses, references);
      for (std::size_t i = 0; i < n; ++i)
        ASSERT_EQ(found[i], reference::levenshtein(references[i], hypotheses[i]))
            << "pair " << i << " of " << n << ", " << hypotheses[i].size() << " against "
            << references[i].size();
    }
  }
  evalpp::detail::force_simd_level(wanted);
}

TEST(levenshtein_distances, equal_the_matrix_on_ascii) {
  equal_the_matrix([](std::mt19937& random, std::size_t length) {
    std::string text(length, ' ');
    for (char& c : text) c = static_cast<char>(random() % 4 == 0 ? 0 : 'a' + random() % 5);
    return text;
  });
}

TEST(levenshtein_distances, equal_the_matrix_on_ids_of_32_and_64_bits_and_beyond) {
  const auto ids = [](auto shift) {
    return [shift](std::mt19937& random, std::size_t length) {
      std::vector<decltype(shift)> made(length);
      for (auto& id : made)
        id = static_cast<decltype(shift)>(static_cast<decltype(shift)>(random() % 7) * shift);
      return made;
    };
  };
  equal_the_matrix(ids(std::uint32_t{0x2000'0001}));
  equal_the_matrix(ids(std::int64_t{3}));
  equal_the_matrix(ids(std::int64_t{-3}));
  equal_the_matrix(ids(std::uint64_t{1} << 32));  // in 32 bits all of them would be 0
}

TEST(levenshtein_distances, equal_the_matrix_on_tokens_that_are_text) {
  equal_the_matrix([](std::mt19937& random, std::size_t length) {
    std::vector<std::string> made(length);
    for (auto& token : made) token.assign(random() % 5, 'x');
    return made;
  });
}

// A few characters beyond ASCII become bytes, more than 128 of them in a pair do not.
TEST(levenshtein_distances, equal_the_metric_on_other_scripts) {
  std::mt19937 random(7);
  for (const std::uint32_t characters : {3u, 120u, 128u, 129u, 400u}) {
    std::vector<std::string> sides[2];
    for (auto& side : sides)
      for (int i = 0; i < 40; ++i) {
        side.emplace_back();
        for (std::size_t k = random() % 300; k > 0; --k) {
          const std::uint32_t c = 0x4E00 + static_cast<std::uint32_t>(random()) % characters;
          if (random() % 4 == 0)
            side.back() += 'a';
          else
            side.back() += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                            static_cast<char>(0x80 | (c & 0x3F))};
        }
      }
    const distances found = evalpp::levenshtein_distances(sides[0], sides[1]);
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_EQ(found[i],
                evalpp::measure(evalpp::levenshtein_similarity{}, sides[0][i], sides[1][i]).distance);
  }
}

// What such a range hands out is gone by the time that eight pairs are there.
TEST(levenshtein_distances, keep_what_a_range_makes_as_it_is_asked) {
  const auto text = [](std::ptrdiff_t i) { return std::string(static_cast<std::size_t>(i) + 40, 'a'); };
  const auto shorter = [](std::ptrdiff_t i) { return std::string(static_cast<std::size_t>(i) + 33, 'a'); };
  EXPECT_EQ(evalpp::levenshtein_distances(made_range(text, 20), made_range(shorter, 20)), distances(20, 7));
  using sequence = std::vector<std::uint32_t>;
  const auto ids = [](std::ptrdiff_t i) { return sequence(static_cast<std::size_t>(i) + 40, 9); };
  const auto fewer = [](std::ptrdiff_t i) { return sequence(static_cast<std::size_t>(i) + 33, 9); };
  EXPECT_EQ(evalpp::levenshtein_distances(made_range(ids, 20), made_range(fewer, 20)), distances(20, 7));
}

#if EVALPP_HAS_EXCEPTIONS
TEST(levenshtein_distances, refuse_counts_that_differ) {
  const std::vector<std::string> two{"a", "b"}, one{"a"};
  EXPECT_THROW((void)evalpp::levenshtein_distances(two, one), evalpp::exception);
  distances room(1);
  EXPECT_THROW(evalpp::levenshtein_distances(two, two, room), evalpp::exception);
}
#endif

}  // namespace levenshtein_distances_test
