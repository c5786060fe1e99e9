// SPDX-License-Identifier: MIT
// chrF against the literal twin of tests/reference/ and against values worked out by hand; parity with
// sacreBLEU is in tests/golden/.
#include <evalpp/core/metric.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/chrf.hpp>

#include "reference/chrf.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chrf_test {

using evalpp::chrf;
using evalpp::chrf_pp;
using evalpp::detail::simd_level;
using texts = std::vector<std::string>;

template <class Metric>
double value(const Metric& metric, std::string_view hypothesis, const texts& references) {
  return metric.score(evalpp::measure(metric, hypothesis, references)).value;
}

std::string random_text(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string> all{"a",
                                            "b",
                                            "e",
                                            "t",
                                            "T",
                                            "0",
                                            "9",
                                            " ",
                                            " ",
                                            "  ",
                                            ".",
                                            ",",
                                            "(",
                                            ")",
                                            "'",
                                            "-",
                                            "~",
                                            "\n",
                                            "\t",
                                            "\x0B",
                                            "\x1C",
                                            "\x1F",
                                            "\x7F",
                                            std::string(1, '\0'),
                                            "\xC2\x85",
                                            "\xC2\xA0",
                                            "\xC3\xA9",
                                            "\xD0\xB6",
                                            "\xD0\xB7",
                                            "\xE1\x9A\x80",
                                            "\xE2\x80\x83",
                                            "\xE2\x80\x8B",
                                            "\xE2\x80\x9C",
                                            "\xE3\x80\x80",
                                            "\xE4\xB8\xAD",
                                            "\xE6\x96\x87",
                                            "\xF0\x9F\x98\x80",
                                            "\xF4\x8F\xBF\xBF",
                                            "\xFF",
                                            "\xC0\x80",
                                            "\xED\xA0\x80",
                                            "\xE4\xB8",
                                            "\xF0\x9F",
                                            "\x80"};
  const std::size_t variety = random() % 3 == 0 ? all.size() : 12;
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += all[random() % variety];
  return text;
}

TEST(chrf, like_the_literal_twin_whatever_the_bytes_and_the_options) {
  const simd_level before = evalpp::detail::cpu_level();
  for (const simd_level level : {simd_level::baseline, simd_level::avx2, simd_level::avx512}) {
    if (evalpp::detail::force_simd_level(level) != level) continue;
    SCOPED_TRACE("level " + std::to_string(static_cast<int>(level)));
    std::mt19937 random(7);
    evalpp::prepared<chrf, evalpp::text_kind> gold;
    evalpp::scratch<chrf, evalpp::text_kind> buffers;
    for (int round = 0; round < 400; ++round) {
      const reference::chrf twin{.char_order = 1 + random() % 8,
                                 .word_order = random() % 5,
                                 .beta = static_cast<int>(random() % 4),
                                 .whitespace = random() % 2 == 0,
                                 .eps_smoothing = random() % 2 == 0};
      const chrf metric{.char_order = static_cast<int>(twin.char_order),
                        .word_order = static_cast<int>(twin.word_order),
                        .beta = twin.beta,
                        .whitespace = twin.whitespace,
                        .eps_smoothing = twin.eps_smoothing};
      const std::size_t length = round % 20 == 0 ? 900 : random() % 200;
      const std::string hypothesis = random_text(random, length);
      texts references{random_text(random, length)};
      while (random() % 3 == 0)
        references.push_back(hypothesis.substr(hypothesis.size() / 2) + references.back());

      const auto expected = twin.measure(hypothesis, references);
      evalpp::prepare<evalpp::text_kind>(metric, references, gold);
      const auto counted = evalpp::measure(metric, hypothesis, gold, buffers);
      for (std::size_t n = 0; n < expected.size(); ++n) {
        const auto& order = n < twin.char_order ? counted.characters[n] : counted.words[n - twin.char_order];
        EXPECT_EQ(order.hypothesis, expected[n].hypothesis) << "round " << round << ", order " << n;
        EXPECT_EQ(order.reference, expected[n].reference) << "round " << round << ", order " << n;
        EXPECT_EQ(order.matches, expected[n].matches) << "round " << round << ", order " << n;
      }
      EXPECT_NEAR(metric.score(counted).value, twin.score(expected), 1e-9);
    }
  }
  evalpp::detail::force_simd_level(before);
}

// Orders 1 and 2 of "abc" against "abd": 2 of 3 and 1 of 2 on both sides, so P = R = (2/3 + 1/2) / 2.
TEST(chrf, a_value_by_hand) {
  const chrf metric{.char_order = 2};
  const auto score = metric.score(evalpp::measure(metric, "abc", "abd"));
  EXPECT_NEAR(score.value, 100 * 7.0 / 12, 1e-12);
  EXPECT_NEAR(score.precision, 100 * 7.0 / 12, 1e-12);
  EXPECT_NEAR(score.recall, 100 * 7.0 / 12, 1e-12);
}

// Precision 2/4, recall 2/2 of the only order that takes part: F2 = 5 * P * R / (4 * P + R).
TEST(chrf, beta_weighs_recall) {
  EXPECT_NEAR(value(chrf{.char_order = 1}, "abcd", {"ab"}), 100 * 5 * 0.5 / 3, 1e-12);
  EXPECT_NEAR(value(chrf{.char_order = 1, .beta = 1}, "abcd", {"ab"}), 100 * 2 * 0.5 / 1.5, 1e-12);
  EXPECT_NEAR(value(chrf{.char_order = 1, .beta = 0}, "abcd", {"ab"}), 50, 1e-12);
}

TEST(chrf, whitespace_counts_only_when_asked) {
  EXPECT_EQ(value(chrf{}, "a b c\td\n",
                  {"\xC2\xA0"
                   "ab\xE3\x80\x80"
                   "cd"}),
            100);
  EXPECT_LT(value(chrf{.whitespace = true}, "ab cd", {"abcd"}), 100);
  EXPECT_EQ(value(chrf{.whitespace = true}, "ab cd", {"ab cd"}), 100);
  // U+200B and U+FEFF are no whitespace.
  EXPECT_LT(value(chrf{}, "ab\xE2\x80\x8B", {"ab"}), 100);
}

TEST(chrf, case_counts_unless_told_otherwise) {
  EXPECT_EQ(value(chrf{}, "ABC", {"abc"}), 0);
  EXPECT_EQ(value(chrf{.lowercase = true}, "AB\xC3\x89", {"ab\xC3\xA9"}), 100);
  EXPECT_EQ(value(chrf_pp{.lowercase = true}, "AB \xC3\x89", {"ab \xC3\xA9"}), 100);
}

TEST(chrf, words_lose_one_punctuation_mark) {
  const chrf_pp metric;
  const auto count = [&](std::string_view hypothesis, std::string_view reference) {
    return evalpp::measure(metric, hypothesis, reference).words[0];
  };
  EXPECT_EQ(count("(hi)", "(hi,").matches, 1);  // `(hi` `)` and `(hi` `,`: the last character goes first
  EXPECT_EQ(count("(hi", "( hi").matches, 2);
  EXPECT_EQ(count("a...", "a.. .").hypothesis, 2);
  EXPECT_EQ(count("a...", "a.. .").reference, 3);  // `a.` `.` `.`
  EXPECT_EQ(count(".", ".").hypothesis, 1);
  EXPECT_EQ(count("\xE2\x80\x9Chi\xE2\x80\x9D", "hi").matches, 0);  // only ASCII punctuation
}

TEST(chrf, words_are_equal_when_their_characters_are) {
  // Two malformed bytes are both U+FFFD, for the words as for the characters.
  const auto counted = evalpp::measure(chrf_pp{}, "a\xFF b", "a\xFE b");
  EXPECT_EQ(counted.characters[0].matches, 3);
  EXPECT_EQ(counted.words[0].matches, 2);
}

TEST(chrf, the_best_reference_counts_and_the_first_of_equals) {
  const chrf metric;
  const auto alone = evalpp::measure(metric, "abcdef", "abcdeX");
  auto best = evalpp::measure(metric, "abcdef", texts{"zzz", "abcdeX", "abcdeY", ""});
  EXPECT_EQ(best.references.references, 4);
  best.references = alone.references;
  EXPECT_EQ(best, alone);
  // Both score 0: the first one's length is what remains.
  EXPECT_EQ(evalpp::measure(metric, "abc", texts{"xy", "xyz"}).characters[0].reference, 2);
}

TEST(chrf, nothing_to_compare) {
  EXPECT_EQ(value(chrf{}, "", {""}), 0);
  EXPECT_EQ(value(chrf{}, "", {"abc"}), 0);
  EXPECT_EQ(value(chrf{}, "abc", {""}), 0);
  EXPECT_EQ(value(chrf{}, " \n", {"abc"}), 0);
  EXPECT_EQ(value(chrf_pp{}, " ", {"\t"}), 0);
  EXPECT_NEAR(value(chrf{.eps_smoothing = true}, "", {""}), 1e-14, 1e-28);
  EXPECT_EQ(chrf{}.score({}).value, 0);
  // An example without references counts as nothing.
  EXPECT_EQ(evalpp::measure(chrf{}, "abc", texts{}), chrf::statistics{});
}

TEST(chrf, orders_without_ngrams_on_the_reference_side_do_not_count) {
  const auto counted = evalpp::measure(chrf{}, "abcdefgh", "ab");
  EXPECT_EQ(counted.characters[1].hypothesis, 7);
  EXPECT_EQ(counted.characters[2].hypothesis, 0);
  EXPECT_EQ(counted.characters[7].reference, 0);
}

TEST(chrf, name_and_signature_tell_all_options) {
  EXPECT_EQ(chrf{}.name(), "chrf");
  EXPECT_EQ(chrf_pp{}.name(), "chrf++");
  EXPECT_EQ((chrf{.word_order = 2}.name()), "chrf++");
  EXPECT_EQ(chrf{}.signature(), "case:mixed|eff:yes|nc:6|nw:0|space:no");
  EXPECT_EQ((chrf_pp{.char_order = 3, .beta = 1, .lowercase = true, .whitespace = true, .eps_smoothing = true}
                 .signature()),
            "case:lc|eff:no|nc:3|nw:2|space:yes|beta:1");
  EXPECT_EQ(chrf_pp{.beta = 3}.score({}).label, "chrF3++");
  EXPECT_EQ(chrf{}.data_signature(evalpp::measure(chrf{}, "a", texts{"a", "b"})), "nrefs:2");
}

TEST(chrf, megabytes_take_linear_time_and_memory) {
  const std::string same(1'000'000, 'a');
  EXPECT_EQ(value(chrf{}, same, {same}), 100);
  std::string mixed;
  std::mt19937 random(9);
  while (mixed.size() < 1'000'000) mixed += random_text(random, 100);
  EXPECT_EQ(value(chrf_pp{}, mixed, {mixed}), 100);
  EXPECT_GT(value(chrf_pp{}, mixed, {mixed.substr(0, 300)}), 0);
}

static_assert(std::is_aggregate_v<chrf> && std::is_aggregate_v<chrf_pp>);

}  // namespace chrf_test
