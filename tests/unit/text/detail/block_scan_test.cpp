// SPDX-License-Identifier: MIT
// The fast paths for every instruction set that this machine has, against the twins.
#include <evalpp/text/detail/block_scan.hpp>

#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <string>
#include <vector>
#include "../adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace block_scan_test {

using evalpp::detail::simd_level;
namespace text = evalpp::text;
namespace detail = evalpp::text::detail;
using words = std::vector<std::string>;

words twin_words(std::string_view input) { return evalpp::reference::split(evalpp::reference::read(input)); }
words twin_rouge(std::string_view input) { return evalpp::reference::tokenize_rouge(input, false); }

// A machine that lacks an instruction set tests the best one that it has instead.
class block_scan : public testing::TestWithParam<simd_level> {
 protected:
  void SetUp() override { evalpp::detail::force_simd_level(GetParam()); }
  void TearDown() override { evalpp::detail::force_simd_level(before_); }

 private:
  simd_level before_ = evalpp::detail::cpu_level();
};
INSTANTIATE_TEST_SUITE_P(every_level, block_scan,
                         testing::Values(simd_level::baseline, simd_level::avx2, simd_level::avx512));

TEST_P(block_scan, equals_the_twins_on_adversarial_text) {
  evalpp::test::expect_same_tokens(text::tokenizer_whitespace{}, twin_words);
  evalpp::test::expect_same_tokens(text::tokenizer_13a{}, evalpp::reference::tokenize_13a);
  evalpp::test::expect_same_tokens(text::tokenizer_rouge{}, twin_rouge);
}

// What one block must know of the next or of the one before, at every place of a block.
TEST_P(block_scan, equals_the_twins_across_the_ends_of_blocks) {
  const std::vector<std::string> between = {"",
                                            " ",
                                            "1.2",
                                            "1,,2",
                                            "x.2",
                                            "1.x",
                                            "1.",
                                            ".",
                                            "1-2",
                                            "a-b",
                                            "-\n",
                                            "-\r\n",
                                            "\n",
                                            "\n\n",
                                            "&lt;",
                                            "&",
                                            "<",
                                            "<skipped>",
                                            "!?",
                                            "(x)",
                                            "K",
                                            "\xE2\x84\xAA",
                                            "\xC4\xB0",
                                            "\xC3\xA9",
                                            "\u3000",
                                            "\u2028",
                                            "\u00A0",
                                            "\u1680",
                                            "\u205F",
                                            "\xE2\x80",
                                            "\xE2",
                                            "\xFF",
                                            std::string(1, '\0')};
  for (const std::string& what : between) {
    for (const std::string filler : {"a", "1", " ", "."}) {
      for (std::size_t before = 56; before <= 72; ++before) {
        for (const std::size_t after : {0U, 1U, 60U, 70U}) {
          std::string input;
          for (std::size_t i = 0; i < before; ++i) input += filler;
          input += what;
          for (std::size_t i = 0; i < after; ++i) input += filler;
          ASSERT_EQ(evalpp::test::tokens(text::tokenizer_whitespace{}, input), twin_words(input)) << input;
          ASSERT_EQ(evalpp::test::tokens(text::tokenizer_13a{}, input),
                    evalpp::reference::tokenize_13a(input))
              << input;
          ASSERT_EQ(evalpp::test::tokens(text::tokenizer_rouge{}, input), twin_rouge(input)) << input;
        }
      }
    }
  }
}

TEST_P(block_scan, finds_more_tokens_than_it_makes_room_for_at_a_time) {
  std::string input;
  words wanted;
  for (int i = 0; i < 5000; ++i) {
    const std::string word = i % 3 == 0 ? "a" : "longer" + std::to_string(i);
    wanted.push_back(word);
    input += word + (i % 7 == 0 ? "\n" : " ");
  }
  EXPECT_EQ(evalpp::test::tokens(text::tokenizer_whitespace{}, input), wanted);
  EXPECT_EQ(evalpp::test::tokens(text::tokenizer_13a{}, input), wanted);
  EXPECT_EQ(evalpp::test::tokens(text::tokenizer_rouge{}, input), wanted);
  EXPECT_EQ(evalpp::test::tokens(text::tokenizer_13a{}, std::string(5000, '!')), words(5000, "!"));
}

TEST_P(block_scan, does_not_need_its_slow_paths_for_ordinary_text) {
  text::token_buffer buffer;
  const std::string input =
      "\xE2\x80\x9CWell,\xE2\x80\x9D said A & B < C: it's 3,500.75 - or 5-6\xC2\xA0%...\nNew line; "
      "caf\xC3\xA9!";
  EXPECT_TRUE(detail::scan_western(input, buffer, false));
  EXPECT_TRUE(detail::scan_rouge(input, buffer));
  EXPECT_FALSE(detail::scan_western("a &amp; b", buffer, false));
  EXPECT_TRUE(detail::scan_western("a &amp; b", buffer, true));
  EXPECT_FALSE(detail::scan_western("bro-\nken", buffer, false));
  EXPECT_FALSE(detail::scan_western("5.,5", buffer, true));
  EXPECT_FALSE(detail::scan_rouge("\xC4\xB0stanbul", buffer));
}

// The masks, bit by bit, for every byte at every place.
template <const detail::byte_sets& Sets>
void check_masks(const char* block, const detail::block_masks& m) {
  for (unsigned set = 0; set < 8; ++set) {
    for (std::size_t i = 0; i < detail::block_size; ++i) {
      const bool wanted = (Sets.of[static_cast<unsigned char>(block[i])] >> set & 1) != 0;
      ASSERT_EQ((m.set[set] >> i & 1) != 0, wanted) << "set " << set << ", byte " << i;
    }
  }
}

TEST(byte_sets, classify_every_byte_at_every_place) {
  char block[256 + detail::block_size];
  for (std::size_t i = 0; i < sizeof block; ++i) block[i] = static_cast<char>(i);
  for (std::size_t at = 0; at < 256; ++at) {
    check_masks<detail::western_sets>(block + at, detail::classify_block<detail::western_sets>(block + at));
    check_masks<detail::rouge_sets>(block + at, detail::classify_block<detail::rouge_sets>(block + at));
  }
}

}  // namespace block_scan_test
