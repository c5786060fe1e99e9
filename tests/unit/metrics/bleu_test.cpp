// SPDX-License-Identifier: MIT
#include <evalpp/metrics/bleu.hpp>

#include <reference/bleu.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bleu_test {

using evalpp::bleu;
using evalpp::smoothing;

template <class Metric, class Hypothesis, class References>
evalpp::bleu_score score(const Metric& metric, const Hypothesis& hypothesis, const References& references) {
  return metric.score(evalpp::measure(metric, hypothesis, references));
}

// sacreBLEU 2.6.0 on degenerate input (spec: value and brevity penalty, measured there).
TEST(bleu, degenerate_input_scores_what_sacrebleu_gives) {
  EXPECT_EQ(score(bleu{}, "", "x").value, 0.0);
  EXPECT_EQ(score(bleu{}, "", "x").brevity_penalty, 0.0);
  EXPECT_EQ(score(bleu{}, "x", "").value, 0.0);
  EXPECT_EQ(score(bleu{}, "x", "").brevity_penalty, 1.0);
  EXPECT_EQ(score(bleu{}, "x", "").ratio, 0.0);
  EXPECT_EQ(score(bleu{}, "", "").value, 0.0);
  EXPECT_EQ(score(bleu{}, "", "").brevity_penalty, 1.0);
  EXPECT_EQ(score(bleu{}, "a", "a").value, 0.0);
  EXPECT_EQ(score(bleu{.effective_order = true}, "a", "a").value, 100.00000000000004);
}

TEST(bleu, a_perfect_match_keeps_the_rounding_of_the_reference_unless_clamped) {
  const auto perfect = score(bleu{}, "the cat sat on the mat", "the cat sat on the mat");
  EXPECT_EQ(perfect.value, 100.00000000000004);
  EXPECT_EQ(perfect.clamped(), 100.0);
}

TEST(bleu, add_k_lifts_orders_that_the_hypothesis_is_too_short_for) {
  // Three tokens, no matching trigram: total_4 is 0, so BLEU is 0, except with add-k, where it is 1/1.
  EXPECT_EQ(score(bleu{}, "a b c", "a b x c").value, 0.0);
  EXPECT_EQ(score(bleu{.smoothing = smoothing::none}, "a b c", "a b x c").value, 0.0);
  EXPECT_EQ(score(bleu{.smoothing = smoothing::floor()}, "a b c", "a b x c").value, 0.0);
  EXPECT_EQ(score(bleu{.smoothing = smoothing::add_k()}, "a b c", "a b x c").precisions[3], 100.0);
}

TEST(bleu, the_reference_length_is_the_closest_and_of_two_as_close_the_shorter) {
  const std::vector<std::string> references{"a b c d e f", "a b c d", "a"};
  EXPECT_EQ(score(bleu{}, "a b c d e", references).reference_length, 4);
  EXPECT_EQ(score(bleu{}, "a b c d e f g h", references).reference_length, 6);
  EXPECT_EQ(score(bleu{}, "", references).reference_length, 1);
}

TEST(bleu, missing_references_are_left_out_and_empty_ones_are_not) {
  const std::vector<std::optional<std::string>> one{std::nullopt, "a b c d"};
  const bleu metric;
  const auto counted = evalpp::measure(metric, "a b c d", one);
  EXPECT_EQ(metric.score(counted).value, 100.00000000000004);
  EXPECT_EQ(metric.data_signature(counted), "nrefs:1");

  const std::vector<std::string> with_empty{"a b c d", ""};
  const auto two = evalpp::measure(metric, "", with_empty);
  EXPECT_EQ(two.reference_length, 0);
  EXPECT_EQ(metric.data_signature(two), "nrefs:2");
  auto sum = counted;
  evalpp::operator+=(sum, two);
  EXPECT_EQ(metric.data_signature(sum), "nrefs:var");

  const std::vector<std::optional<std::string>> none{std::nullopt};
  EXPECT_TRUE(evalpp::operator==(evalpp::measure(metric, "a b", none), bleu::statistics{}));
}

TEST(bleu, the_score_of_no_example_is_zero) {
  const auto nothing = bleu{}.score({});
  EXPECT_EQ(nothing.value, 0.0);
  EXPECT_EQ(nothing.brevity_penalty, 1.0);
}

TEST(bleu, the_signature_tells_every_option) {
  EXPECT_EQ(bleu{}.signature(), "case:mixed|eff:no|tok:13a|smooth:exp");
  EXPECT_EQ(bleu{.lowercase = true}.signature(), "case:lc|eff:no|tok:13a|smooth:exp");
  EXPECT_EQ(bleu{.effective_order = true}.signature(), "case:mixed|eff:yes|tok:13a|smooth:exp");
  EXPECT_EQ(bleu{.max_order = 2}.signature(), "case:mixed|eff:no|tok:13a|smooth:exp|order:2");
  EXPECT_EQ(bleu{.smoothing = smoothing::none}.signature(), "case:mixed|eff:no|tok:13a|smooth:none");
  EXPECT_EQ(bleu{.smoothing = smoothing::floor()}.signature(),
            "case:mixed|eff:no|tok:13a|smooth:floor[0.10]");
  EXPECT_EQ(smoothing::add_k().signature(), "add-k[1.00]");
  EXPECT_EQ(smoothing::add_k(0.5).signature(), "add-k[0.50]");
  // Two decimals would make these two equal.
  EXPECT_EQ(smoothing::floor(0.001).signature(), "floor[0.001]");
  EXPECT_EQ(smoothing::floor(0.0).signature(), "floor[0.00]");
  EXPECT_EQ(smoothing::floor(-0.0).signature(), "floor[0.00]");
  EXPECT_EQ(evalpp::ids::bleu{}.signature(), "case:mixed|eff:no|tok:given|smooth:exp");
  EXPECT_NE(bleu{}, bleu{.max_order = 3});
  EXPECT_EQ(bleu{}, evalpp::presets::sacrebleu::corpus_bleu);
  EXPECT_EQ(evalpp::presets::sacrebleu::raw_corpus_bleu.signature(),
            "case:mixed|eff:yes|tok:none|smooth:floor[0.10]");
}

TEST(bleu, the_parts_are_named_as_the_command_line_prints_them) {
  const auto parts = score(bleu{.max_order = 2}, "a b c", "a b d").parts();
  std::vector<std::string> names;
  for (const auto& part : parts) names.push_back(part.name);
  EXPECT_EQ(names, (std::vector<std::string>{"precisions", "counts", "totals", "bp", "ratio", "hyp_len",
                                             "ref_len"}));
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(parts[1].value), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(parts[2].value), (std::vector<std::int64_t>{3, 2}));

  const auto smoothed =
      score(bleu{.max_order = 2, .smoothing = smoothing::add_k(0.5)}, "a b c", "a b d").parts();
  EXPECT_EQ(std::get<std::vector<double>>(smoothed[1].value), (std::vector<double>{2, 1.5}));
}

TEST(bleu, token_ids_score_as_the_definition_says) {
  using ids = std::vector<std::uint32_t>;
  std::uint64_t state = 7;
  const auto draw = [&state](std::uint32_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(((state >> 32) * n) >> 32);
  };
  const auto sequence = [&](std::size_t length) {
    ids made(length);
    for (auto& id : made) id = 50000 + draw(6);
    return made;
  };
  for (int round = 0; round < 200; ++round) {
    const ids hypothesis = sequence(4 + draw(60));
    std::vector<ids> references(1 + draw(4));
    for (ids& reference : references) reference = sequence(4 + draw(60));

    const evalpp::ids::bleu metric{.smoothing = smoothing::none};
    const auto counted = evalpp::measure(metric, hypothesis, references);
    const auto expected = reference::count_bleu(hypothesis, references, 4);
    EXPECT_EQ(counted.hypothesis_length, expected.hypothesis_length);
    EXPECT_EQ(counted.reference_length, expected.reference_length);
    for (std::size_t n = 0; n < 4; ++n) {
      EXPECT_EQ(counted.matches[n], expected.matches[n]);
      EXPECT_EQ(counted.totals[n], expected.totals[n]);
    }
    EXPECT_NEAR(metric.score(counted).value, reference::bleu(expected), 1e-9);
  }
}

}  // namespace bleu_test
