// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/tokenizer_code_points.hpp>

#include "adversarial_text.hpp"

#include <array>
#include <string_view>

namespace tokenizer_code_points_test {

using evalpp::test::strings;
using evalpp::test::tokens;
using evalpp::text::tokenizer_code_points;

TEST(tokenizer_code_points, counts_inner_spaces) {
  EXPECT_EQ(tokens(tokenizer_code_points{}, " a  \xC3\xA9\n"), strings({"a", " ", " ", "\xC3\xA9"}));
}

TEST(tokenizer_code_points, keeps_outer_whitespace_when_asked) {
  EXPECT_EQ(tokens(tokenizer_code_points{.strip = false}, " a\n"), strings({" ", "a", "\n"}));
}

TEST(tokenizer_code_points, gives_one_token_for_each_maximal_malformed_part) {
  EXPECT_EQ(tokens(tokenizer_code_points{}, "\xE2\x82x\xFF\xFE"), strings({"\xE2\x82", "x", "\xFF", "\xFE"}));
}

TEST(tokenizer_code_points, signature_tells_options_apart) {
  EXPECT_NE(tokenizer_code_points{}.signature(), tokenizer_code_points{.strip = false}.signature());
}

// Ids agree where the tokens do, in the references and between them and the hypothesis.
void expect_ids_like_tokens(bool strip, std::string_view hypothesis, std::array<std::string_view, 2> texts) {
  using encoder = evalpp::token_encoder<tokenizer_code_points>;
  const tokenizer_code_points tokenizer{.strip = strip};
  encoder::prepared<evalpp::text_kind> prepared;
  encoder::scratch scratch;
  encoder{tokenizer}.prepare(texts, prepared);
  const auto ids = encoder{tokenizer}.encode(hypothesis, prepared, scratch).ids;
  const auto expected = tokens(tokenizer, hypothesis);
  ASSERT_EQ(ids.size(), expected.size());
  for (std::size_t r = 0; r < texts.size(); ++r) {
    const auto gold = tokens(tokenizer, texts[r]);
    ASSERT_EQ(prepared[r].ids.size(), gold.size());
    for (std::size_t j = 0; j < gold.size(); ++j) {
      const std::uint32_t id = prepared[r].ids[j];
      ASSERT_TRUE(id >= 1 && id <= prepared.vocabulary());
      for (std::size_t i = 0; i < ids.size(); ++i)
        ASSERT_EQ(ids[i] == id, expected[i] == gold[j])
            << hypothesis << " | " << texts[r] << " " << i << " " << j;
    }
    for (const std::uint32_t id : ids) ASSERT_LE(id, prepared.vocabulary());
  }
}

TEST(tokenizer_code_points, is_encoded_as_its_tokens_are) {
  const auto before = evalpp::detail::cpu_level();
  for (const auto level : {evalpp::detail::simd_level::baseline, evalpp::detail::simd_level::avx512}) {
    evalpp::detail::force_simd_level(level);
    evalpp::test::adversarial_text texts(77);
    for (int k = 0; k < 300; ++k) {
      const std::string hypothesis = texts.next(), first = texts.next(), second = texts.next();
      expect_ids_like_tokens(k % 2 == 0, hypothesis, {first, second});
    }
    expect_ids_like_tokens(true, "a\xEF\xBF\xBD\xFF\xFE\xE2\x82", {"\xE2\x82\xFEz\xEF\xBF\xBD", "\xFF\xC3"});
  }
  evalpp::detail::force_simd_level(before);
}

TEST(tokenizer_code_points, is_encoded_in_lower_case_and_stripped_when_asked) {
  using encoder = evalpp::token_encoder<tokenizer_code_points>;
  const encoder read{{.strip = false}, evalpp::letter_case::lower, evalpp::trailing_space::strip};
  encoder::prepared<evalpp::text_kind> prepared;
  const std::string_view text =
      " \xC3\x89"
      "A \n";
  read.prepare(std::span(&text, 1), prepared);
  encoder::scratch scratch;
  const auto ids = read.encode(
                           " \xC3\xA9"
                           "a",
                           prepared, scratch)
                       .ids;
  EXPECT_EQ(std::vector(ids.begin(), ids.end()), prepared[0].ids);
}

}  // namespace tokenizer_code_points_test
