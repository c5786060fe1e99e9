// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge.hpp>

#include "reference/rouge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace rouge_test {

using evalpp::rouge_references;
namespace twin = evalpp::reference;
using lines = twin::rouge_text<std::string>;

/// Lines of words; few different ones make many subsequences equally long.
lines draw(std::mt19937& random, std::size_t words, std::size_t different, std::size_t longest_line) {
  lines text(1);
  for (std::size_t line = random() % (longest_line + 1); words > 0;) {
    if (line == 0) {
      text.emplace_back();
      line = random() % (longest_line + 1);
      continue;
    }
    --line;
    --words;
    text.back().push_back("w" + std::to_string(random() % different));
  }
  return text;
}

std::string as_text(const lines& text) {
  std::string joined;
  for (const auto& line : text) {
    if (&line != &text.front()) joined += '\n';
    for (const std::string& word : line) joined += word + ' ';
  }
  return joined;
}

struct example {
  lines hypothesis;
  std::vector<lines> references;
};

example draw_example(std::mt19937& random, std::size_t words, std::size_t references) {
  example drawn;
  const std::size_t different = 1 + random() % 40;
  const std::size_t longest_line = 1 + random() % 40;
  drawn.hypothesis = draw(random, random() % words, different, longest_line);
  for (std::size_t r = 0; r < references; ++r)
    drawn.references.push_back(draw(random, random() % words, different + random() % 3, longest_line));
  return drawn;
}

template <class Metric>
evalpp::rouge_score measured(const Metric& metric, const example& e) {
  std::vector<std::string> references;
  for (const lines& reference : e.references) references.push_back(as_text(reference));
  return metric.score(evalpp::measure(metric, as_text(e.hypothesis), references));
}

void expect_near(const evalpp::rouge_score& actual, const twin::rouge_triple& expected) {
  EXPECT_NEAR(actual.precision, expected.precision, 1e-15);
  EXPECT_NEAR(actual.recall, expected.recall, 1e-15);
  EXPECT_NEAR(actual.fmeasure, expected.fmeasure, 1e-15);
  EXPECT_EQ(actual.value, actual.fmeasure);
}

TEST(rouge, every_metric_equals_its_naive_twin) {
  std::mt19937 random(1);
  for (int round = 0; round < 100; ++round) {
    const example e = draw_example(random, round % 25 == 0 ? 600 : 80, 1);
    const lines& h = e.hypothesis;
    const lines& r = e.references[0];
    SCOPED_TRACE(round);
    for (int n = 1; n <= 9; n += 2)
      expect_near(measured(evalpp::rouge_n{.n = n}, e),
                  twin::rouge_from(twin::rouge_n(h, r, static_cast<std::size_t>(n))));
    expect_near(measured(evalpp::rouge_2{}, e), twin::rouge_from(twin::rouge_n(h, r, 2)));
    expect_near(measured(evalpp::rouge_l{}, e), twin::rouge_from(twin::rouge_l(h, r)));
    expect_near(measured(evalpp::rouge_lsum{}, e), twin::rouge_from(twin::rouge_lsum(h, r)));
    for (const double weight : {1.0, 1.2, 2.0})
      expect_near(measured(evalpp::rouge_w{.weight = weight}, e),
                  twin::rouge_w_from(twin::rouge_w(h, r, weight), weight));
    for (const int skip : {evalpp::unlimited_skip, 0, 1, 4, 50, 1000}) {
      expect_near(measured(evalpp::rouge_s{.skip = skip}, e),
                  twin::rouge_from(twin::rouge_s(h, r, skip, false)));
      expect_near(measured(evalpp::rouge_su{.skip = skip}, e),
                  twin::rouge_from(twin::rouge_s(h, r, skip, true)));
    }
  }
}

TEST(rouge, weighted_lines_too_long_to_keep_are_recomputed_in_blocks) {
  std::mt19937 random(2);
  example e;
  e.hypothesis = draw(random, 6000, 60, 100000);  // 94 words of bits a row: 697 rows are kept
  e.references.push_back(draw(random, 800, 60, 100000));
  e.hypothesis = {twin::joined(e.hypothesis)};
  e.references[0] = {twin::joined(e.references[0])};
  expect_near(measured(evalpp::rouge_w{}, e),
              twin::rouge_w_from(twin::rouge_w(e.hypothesis, e.references[0], 1.2), 1.2));
}

TEST(rouge, alpha_moves_f_from_recall_to_precision) {
  const std::string hypothesis = "a b c d";
  const std::string reference = "a b x y z u v w";
  const auto f = [&](double alpha) {
    const evalpp::rouge_1 metric{.alpha = alpha};
    return metric.score(evalpp::measure(metric, hypothesis, reference)).value;
  };
  EXPECT_EQ(f(1), 2.0 / 4);
  EXPECT_EQ(f(0), 2.0 / 8);
  EXPECT_NEAR(f(0.5), 2.0 * 2 / (4 + 8), 1e-15);
  EXPECT_NEAR(f(0.8), 1 / (0.8 * 4 / 2 + 0.2 * 8 / 2), 1e-15);  // weighted harmonic mean
}

/// The scores that each policy makes of the references' own.
TEST(rouge, several_references) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const example e = draw_example(random, 30, 1 + random() % 4);
    std::vector<twin::rouge_triple> each;
    twin::rouge_counts pool;
    for (const lines& reference : e.references) {
      const auto counts = twin::rouge_n(e.hypothesis, reference, 1);
      each.push_back(twin::rouge_from(counts));
      pool.hits += counts.hits;
      pool.hypothesis += counts.hypothesis;
      pool.reference += counts.reference;
    }
    const auto by_f = [](const auto& a, const auto& b) { return a.fmeasure < b.fmeasure; };
    const auto by_recall = [](const auto& a, const auto& b) { return a.recall < b.recall; };
    const auto mean = [](const std::vector<twin::rouge_triple>& triples) {
      twin::rouge_triple sum;
      const auto n = static_cast<double>(triples.size());
      for (const auto& t : triples)
        sum = {sum.precision + t.precision, sum.recall + t.recall, sum.fmeasure + t.fmeasure};
      return twin::rouge_triple{sum.precision / n, sum.recall / n, sum.fmeasure / n};
    };
    std::vector<twin::rouge_triple> best_of_others;
    for (std::size_t left_out = 0; left_out < each.size(); ++left_out) {
      std::vector<twin::rouge_triple> others = each;
      if (each.size() > 1) others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
      best_of_others.push_back(*std::max_element(others.begin(), others.end(), by_f));
    }

    SCOPED_TRACE(round);
    const auto with = [&](rouge_references policy) {
      return measured(evalpp::rouge_1{.references = policy}, e);
    };
    expect_near(with(rouge_references::best), *std::max_element(each.begin(), each.end(), by_f));
    expect_near(with(rouge_references::best_recall), *std::max_element(each.begin(), each.end(), by_recall));
    expect_near(with(rouge_references::pooled), twin::rouge_from(pool));
    expect_near(with(rouge_references::mean), mean(each));
    expect_near(with(rouge_references::jackknife), mean(best_of_others));
  }
}

TEST(rouge, texts_without_tokens_score_zero) {
  const auto zero = [](const auto& metric) {
    for (const char* hypothesis : {"", "\n\n", "a b"})
      for (const char* reference : {"", "\n", "!?"}) {
        const auto score = metric.score(evalpp::measure(metric, hypothesis, reference));
        EXPECT_EQ(score.precision, 0) << metric.name();
        EXPECT_EQ(score.recall, 0) << metric.name();
        EXPECT_EQ(score.value, 0) << metric.name();
        EXPECT_EQ(score.examples, 1) << metric.name();
      }
    EXPECT_EQ(metric.score({}).value, 0) << metric.name();
    EXPECT_EQ(metric.score({}).examples, 0) << metric.name();
  };
  zero(evalpp::rouge_1{});
  zero(evalpp::rouge_2{.references = rouge_references::jackknife});
  zero(evalpp::rouge_l{.references = rouge_references::pooled});
  zero(evalpp::rouge_lsum{.references = rouge_references::mean});
  zero(evalpp::rouge_w{.references = rouge_references::best_recall});
  zero(evalpp::rouge_s{});
  zero(evalpp::rouge_su{.skip = evalpp::unlimited_skip});
}

TEST(rouge, signatures_name_every_option) {
  EXPECT_EQ(evalpp::rouge_1{}.signature(), "n:1|tok:rouge|refs:best|alpha:0.5");
  EXPECT_EQ((evalpp::rouge_n{.tokenizer = {.stem = true}, .n = 3}.signature()),
            "n:3|tok:rouge-stem|refs:best|alpha:0.5");
  EXPECT_EQ(evalpp::unicode::rouge_l{}.signature(), "tok:rouge_unicode|refs:best|alpha:0.5");
  EXPECT_EQ(evalpp::ids::rouge_lsum{.alpha = 0.8}.signature(), "tok:given|refs:best|alpha:0.8");
  const evalpp::presets::rouge_1_5_5 perl;
  EXPECT_EQ(perl.w().signature(), "weight:1.2|tok:rouge|refs:pooled|alpha:0.5|round:5");
  EXPECT_EQ(perl.su().signature(), "skip:4|uni:yes|tok:rouge|refs:pooled|alpha:0.5|round:5");
  EXPECT_EQ(evalpp::rouge_1{}, (evalpp::rouge_1{.alpha = 0.5}));
  EXPECT_NE(evalpp::rouge_1{}, (evalpp::rouge_1{.n = 2}));

  EXPECT_EQ(evalpp::rouge_2{}.name(), "rouge2");
  EXPECT_EQ(evalpp::rouge_l{}.name(), "rougeL");
  EXPECT_EQ(evalpp::rouge_lsum{}.name(), "rougeLsum");
  EXPECT_EQ(evalpp::rouge_w{}.name(), "rougeW");
  EXPECT_EQ(evalpp::rouge_s{}.name(), "rougeS4");
  EXPECT_EQ(evalpp::rouge_su{.skip = evalpp::unlimited_skip}.name(), "rougeSU*");
}

TEST(rouge, other_scripts_have_tokens_in_the_unicode_variant) {
  const std::string text = "\xD0\x94\xD0\xB0 \xE4\xB8\xAD\xE6\x96\x87";
  EXPECT_EQ(evalpp::rouge_1{}.score(evalpp::measure(evalpp::rouge_1{}, text, text)).value, 0);
  const evalpp::unicode::rouge_l unicode;
  EXPECT_EQ(unicode.score(evalpp::measure(unicode, text, text)).value, 1);
}

TEST(rouge, tokens_that_are_given) {
  const std::vector<int> hypothesis{1, 2, 3, 4};
  const std::vector<int> reference{2, 9, 4, 3};
  const auto score = [&](const auto& metric) {
    return metric.score(evalpp::measure(metric, hypothesis, reference)).value;
  };
  EXPECT_EQ(score(evalpp::ids::rouge_1{}), 3.0 / 4);
  EXPECT_EQ(score(evalpp::ids::rouge_l{}), 2.0 / 4);
  EXPECT_EQ(score(evalpp::ids::rouge_lsum{}), 2.0 / 4);
  EXPECT_EQ(score(evalpp::ids::rouge_s{}), 2.0 / 6);  // 2 3 and 2 4
}

TEST(rouge, the_median_is_taken_from_rows) {
  const evalpp::rouge_1 metric;
  std::vector<evalpp::rouge_statistics> rows;
  EXPECT_EQ(evalpp::rouge_median(rows).value, 0);
  for (const char* hypothesis : {"a", "x", "a b c"})
    rows.push_back(evalpp::measure(metric, hypothesis, "a b c"));
  const auto odd = evalpp::rouge_median(rows);
  EXPECT_EQ(odd.value, 0.5);
  EXPECT_EQ(odd.precision, 1);
  EXPECT_EQ(odd.recall, 1.0 / 3);
  EXPECT_EQ(odd.examples, 3);
  rows.push_back({});  // an example without references
  rows.push_back(evalpp::measure(metric, "a b c", "a b c"));
  EXPECT_EQ(evalpp::rouge_median(rows).value, 0.75);
  EXPECT_EQ(evalpp::rouge_median(rows).examples, 4);
}

TEST(rouge, five_decimals_round_the_decimal_expansion) {
  EXPECT_EQ(evalpp::detail::five_decimals(2.0 / 3), 0.66667);
  EXPECT_EQ(evalpp::detail::five_decimals(0), 0);
  EXPECT_EQ(evalpp::detail::five_decimals(1), 1);
  EXPECT_EQ(evalpp::detail::five_decimals(0.999996), 1);
  EXPECT_EQ(evalpp::detail::five_decimals(0.123455), 0.12345);        // the double lies below
  EXPECT_EQ(evalpp::detail::five_decimals(0.000025), 0.00003);        // and here above
  EXPECT_EQ(evalpp::detail::five_decimals(0.5 + 1.0 / 64), 0.51562);  // 0.515625: a tie goes to even
}

}  // namespace rouge_test
