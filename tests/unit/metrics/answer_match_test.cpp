// SPDX-License-Identifier: MIT
// Hugging Face's exact_match is compared in tests/golden/string_match_test.cpp; no golden file covers
// HELM's metrics: the oracle is their definition over the normal form of tests/reference.
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/answer_match.hpp>

#include <reference/tokenizers.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace answer_match_test {

using evalpp::answer_form;
using evalpp::answer_match;
using evalpp::answer_relation;
using evalpp::string_match;

template <class Metric, class References>
double value(const Metric& metric, std::string_view answer, const References& references) {
  return metric.score(evalpp::measure(metric, answer, references)).value;
}

TEST(string_match, compares_bytes_unless_told_otherwise) {
  EXPECT_EQ(value(string_match{}, "a b", "a b"), 1);
  EXPECT_EQ(value(string_match{}, "a b", "A b"), 0);
  EXPECT_EQ(value(string_match{}, "a b", "a  b"), 0);
  EXPECT_EQ(value(string_match{.ignore_case = true}, "\xC3\x84 b", "\xC3\xA4 B"), 1);
  EXPECT_EQ(value(string_match{.ignore_punctuation = true}, "a-b!", "ab"), 1);
  EXPECT_EQ(value(string_match{.ignore_numbers = true}, "a1b2", "ab"), 1);
  EXPECT_EQ(value(string_match{}, "b", std::vector<std::string>{"a", "b"}), 1);
}

TEST(string_match, nul_at_the_end_does_not_count_as_in_numpy) {
  EXPECT_EQ(value(string_match{}, std::string_view("a\0\0", 3), "a"), 1);
  EXPECT_EQ(value(string_match{}, std::string_view("\0a", 2), "a"), 0);
  EXPECT_EQ(value(string_match{.ignore_punctuation = true}, std::string_view("a\0!", 3), "a"), 1);
}

TEST(answer_match, relations) {
  const answer_match quasi{};
  const answer_match prefix{.relation = answer_relation::prefix};
  const answer_match contains{.relation = answer_relation::contains};
  EXPECT_EQ(value(quasi, "The answer is: Paris.", "Paris"), 0);
  EXPECT_EQ(value(quasi, "paris!", "Paris"), 1);
  EXPECT_EQ(value(prefix, "Paris, of course", "Paris"), 1);
  EXPECT_EQ(value(prefix, "It is Paris", "Paris"), 0);
  EXPECT_EQ(value(contains, "The answer is: Paris.", "paris"), 1);
  EXPECT_EQ(value(contains, "The answer is: Rome.", "paris"), 0);
  EXPECT_EQ(value(contains, "a party", "art"), 1);
}

TEST(answer_match, the_stripped_form_keeps_case_and_punctuation) {
  const answer_match stripped{.form = answer_form::stripped};
  EXPECT_EQ(value(stripped, " Paris\n", "Paris"), 1);
  EXPECT_EQ(value(stripped, "Paris!", "Paris"), 0);
  EXPECT_EQ(value(stripped, "paris", "Paris"), 0);
  EXPECT_EQ(value(answer_match{.relation = answer_relation::prefix, .form = answer_form::stripped}, " Paris!",
                  "Paris "),
            1);
}

TEST(answer_match, a_gold_answer_without_content_is_matched_only_by_its_like) {
  for (const auto relation : {answer_relation::equal, answer_relation::prefix, answer_relation::contains}) {
    const answer_match metric{.relation = relation};
    EXPECT_EQ(value(metric, "Paris", "the"), 0);
    EXPECT_EQ(value(metric, "A!", "the"), 1);
    EXPECT_EQ(value(metric, "", "Paris"), 0);
  }
}

TEST(answer_match, agrees_with_the_definitions_on_random_answers) {
  std::uint32_t state = 17;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const auto draw = [&](std::uint32_t longest) {
    static const std::vector<std::string> pieces{"a",  "b",         "B", "the",  " ",
                                                 ", ", "b\xC3\xA9", "1", "\xFF", "."};
    std::string text;
    for (std::uint32_t n = below(longest); n > 0; --n) text += pieces[below(10)];
    return text;
  };
  const auto normal = [](const std::string& text) {
    std::string joined;
    for (const auto& word : evalpp::reference::tokenize_squad(text))
      joined += (joined.empty() ? "" : " ") + word;
    return joined;
  };
  int matched = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::string answer = draw(80),
                      gold = below(2) ? draw(4) : draw(60) + answer.substr(answer.size() / 2);
    const std::string a = normal(answer), g = normal(gold);
    const bool prefix = g.empty() ? a.empty() : a.substr(0, g.size()) == g;
    const bool contains = g.empty() ? a.empty() : a.find(g) != std::string::npos;
    ASSERT_EQ(value(answer_match{}, answer, gold), a == g) << answer << " | " << gold;
    ASSERT_EQ(value(answer_match{.relation = answer_relation::prefix}, answer, gold), prefix)
        << answer << " | " << gold;
    ASSERT_EQ(value(answer_match{.relation = answer_relation::contains}, answer, gold), contains)
        << answer << " | " << gold;
    matched += contains;
  }
  EXPECT_GT(matched, 200);
  EXPECT_LT(matched, 4800);
}

TEST(contains_text, agrees_with_find_on_needles_that_repeat) {
  std::uint32_t state = 4;
  std::vector<std::size_t> borders;
  int found = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text, needle;
    for (std::string* s : {&text, &needle}) {
      state = state * 1664525u + 1013904223u;
      for (std::size_t n = (state >> 8) % (s == &text ? 400 : 60); n > 0; --n) {
        state = state * 1664525u + 1013904223u;
        *s += (state >> 16) % 16 == 0 ? 'b' : 'a';
      }
    }
    if (round % 3 == 0) text += needle + text;
    const bool expected = text.find(needle) != std::string::npos;
    ASSERT_EQ(evalpp::detail::contains_text(text, needle, borders), expected) << text << " | " << needle;
    found += expected;
  }
  EXPECT_GT(found, 500);
  EXPECT_LT(found, 2900);
}

TEST(contains_text, takes_linear_time_where_find_does_not) {
  const std::string text(2'000'000, 'a');
  std::vector<std::size_t> borders;
  // Compared naively these are 10^12 characters.
  EXPECT_FALSE(evalpp::detail::contains_text(text, std::string(1'000'000, 'a') + "b", borders));
  EXPECT_TRUE(evalpp::detail::contains_text(text + "b", std::string(1'000'000, 'a') + "b", borders));
}

TEST(answer_match, names_and_signatures_tell_the_options_apart) {
  EXPECT_EQ(answer_match{}.name(), "quasi_match");
  EXPECT_EQ((answer_match{.relation = answer_relation::prefix, .form = answer_form::stripped}.name()),
            "prefix_match");
  EXPECT_EQ((answer_match{.relation = answer_relation::contains}.signature()), "match:contains|norm:squad");
  EXPECT_EQ((string_match{.ignore_case = true, .ignore_numbers = true}.signature()),
            "case:lc|punct:yes|num:no");
}

}  // namespace answer_match_test
