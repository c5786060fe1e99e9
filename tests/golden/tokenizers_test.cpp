// SPDX-License-Identifier: MIT
// The key `tok` of the golden files: what sacreBLEU 2.6.0, rouge_score and Python make of every
// hypothesis and reference. sacreBLEU's tokenizers were given what its metrics give them, text
// without trailing whitespace.
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/tokenizer_char.hpp>
#include <evalpp/text/tokenizer_intl.hpp>
#include <evalpp/text/tokenizer_none.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_tercom.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>
#include <evalpp/text/tokenizer_zh.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>
#include "golden/golden.hpp"

namespace golden_tokenizers_test {

namespace json = evalpp::json;
namespace text = evalpp::text;

std::vector<std::string> tokens(const text::tokenizer auto& tokenize, std::string_view input) {
  text::token_buffer buffer;
  tokenize(input, buffer);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < buffer.size(); ++i) out.emplace_back(buffer[i]);
  return out;
}

// Compares what `f` makes of each text with the values of `key`; stops at the fifth difference.
template <class F>
void compare(json::value tok, const std::string& key, F f) {
  const json::value texts = tok["text"];
  const json::value expected = tok[key];
  if (!expected.exists() && !golden::full()) return;  // the committed subset leaves some options out
  ASSERT_TRUE(expected.exists()) << key;
  ASSERT_EQ(expected.size(), texts.size()) << key;
  ASSERT_GT(texts.size(), 0U);
  int differences = 0;
  for (std::size_t i = 0; i < texts.size() && differences < 5; ++i) {
    const std::string input(texts[i].as_string().value());
    if (f(input, expected[i])) continue;
    ++differences;
    ADD_FAILURE() << key << ", text " << i << ": \"" << input << '"';
  }
}

void compare_tokens(json::value tok, const std::string& key, const text::tokenizer auto& tokenize) {
  compare(tok, key, [&](const std::string& input, json::value expected) {
    const auto found = tokens(tokenize, input);
    const auto wanted = golden::strings(expected);
    EXPECT_EQ(found, wanted);
    return found == wanted;
  });
}

// A tokenizer of sacreBLEU: the metrics strip the end of each text first.
void compare_stripped(json::value tok, const std::string& key, const text::tokenizer auto& tokenize,
                      bool lower = false) {
  compare(tok, key, [&](const std::string& input, json::value expected) {
    const std::string cased = lower ? text::to_lower(input) : input;
    const auto found = tokens(tokenize, text::rstrip(cased));
    const auto wanted = golden::strings(expected);
    EXPECT_EQ(found, wanted);
    return found == wanted;
  });
}

void compare_text(json::value tok, const std::string& key, std::string (*f)(std::string_view)) {
  compare(tok, key, [&](const std::string& input, json::value expected) {
    const std::string found = f(input);
    EXPECT_EQ(found, expected.as_string().value());
    return found == expected.as_string();
  });
}

void compare_all(const golden::json_file& file) {
  if (!file) return;
  const json::value tok = file["tok"];
  compare_text(tok, "lower", [](std::string_view s) { return text::to_lower(s); });
  compare_text(tok, "rstrip", [](std::string_view s) { return std::string(text::rstrip(s)); });
  compare_tokens(tok, "split", text::tokenizer_whitespace{});
  compare_stripped(tok, "none", text::tokenizer_none{});
  compare_stripped(tok, "13a", text::tokenizer_13a{});
  compare_stripped(tok, "intl", text::tokenizer_intl{});
  compare_stripped(tok, "char", text::tokenizer_char{});
  compare_stripped(tok, "zh", text::tokenizer_zh{});
  compare_tokens(tok, "rouge", text::tokenizer_rouge{});
  compare_tokens(tok, "rouge_stem", text::tokenizer_rouge{.stem = true});
  for (unsigned options = 0; options < 16; ++options) {
    const bool normalized = (options & 8) != 0;
    const bool no_punct = (options & 4) != 0;
    const bool asian = (options & 2) != 0;
    const bool cased = (options & 1) != 0;
    const auto digit = [](bool on) { return on ? "1" : "0"; };
    const std::string key = std::string("tercom_norm") + digit(normalized) + "_nopunct" + digit(no_punct) +
                            "_asian" + digit(asian) + "_cased" + digit(cased);
    compare_stripped(
        tok, key,
        text::tokenizer_tercom{.normalized = normalized, .no_punct = no_punct, .asian_support = asian},
        !cased);
  }
}

TEST(tokenizers, agree_with_their_references_on_the_corner_cases) {
  compare_all(golden::json_file("text/edge.json"));
}

// The texts of fuzz300.json are the first of these.
TEST(tokenizers, agree_with_their_references_on_adversarial_text) {
  compare_all(golden::json_file({"text/fuzz2000.tok.json", "text/fuzz300.tok.json"}));
}

}  // namespace golden_tokenizers_test
