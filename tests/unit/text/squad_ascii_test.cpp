// SPDX-License-Identifier: MIT
// The fast paths of tokenizer_squad against the twin, each by itself.
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/detail/squad_ascii.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <reference/tokenizers.hpp>

#include <gtest/gtest.h>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace squad_ascii_test {

namespace detail = evalpp::text::detail;
using evalpp::text::token_buffer;

std::vector<std::string> words(const token_buffer& buffer) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < buffer.size(); ++i) found.emplace_back(buffer[i]);
  return found;
}

bool plain(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x09 || (byte > 0x0D && byte < 0x1C) || byte > 0x7E) return false;
  }
  return true;
}

// Pieces that make articles, words with punctuation inside, and every ASCII character now and then.
std::string draw(std::uint32_t& state, std::size_t longest) {
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  static const std::vector<std::string> pieces{"a", "A", "an", "the", "The", "th", "e", " ",  " ",  "  ",
                                               ",", ".", "-",  "'",   "_",   "zZ", "0", "9x", "\t", "\x1C"};
  std::string text;
  const std::size_t length = below(static_cast<std::uint32_t>(longest) + 1);
  while (text.size() < length) {
    if (below(40) == 0)
      text += static_cast<char>(below(128));
    else
      text += pieces[below(20)];
  }
  text.resize(length);
  return text;
}

TEST(squad_ascii, all_paths_agree_with_the_twin) {
  std::uint32_t state = 1;
  token_buffer bytewise, blockwise;
  int plain_texts = 0;
  for (int round = 0; round < 100000; ++round) {
    const std::string text = draw(state, round % 4 == 0 ? 200 : 63);
    const bool is_plain = plain(text);
    plain_texts += is_plain;
    ASSERT_EQ(detail::scan_squad_bytes(text, bytewise), is_plain) << text;
    if (!is_plain) continue;
    const auto expected = evalpp::reference::tokenize_squad(text);
    ASSERT_EQ(words(bytewise), expected) << text;
    if (text.size() >= 64 || std::endian::native != std::endian::little) continue;
    ASSERT_TRUE(detail::scan_squad_short(text, blockwise)) << text;
    ASSERT_EQ(words(blockwise), expected) << text;
#if EVALPP_X86_SIMD
    if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx512) continue;
    ASSERT_TRUE(detail::avx512::scan_squad_block(text, blockwise)) << text;
    ASSERT_EQ(words(blockwise), expected) << text;
#endif
  }
  EXPECT_GT(plain_texts, 20000);
}

TEST(squad_ascii, every_byte_is_judged_alike_at_every_place) {
  token_buffer buffer;
  for (unsigned c = 0; c < 256; ++c)
    for (std::size_t size : {1U, 7U, 8U, 9U, 16U, 62U, 63U})
      for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(c);
        ASSERT_EQ(detail::scan_squad_bytes(text, buffer), plain(text)) << c << ' ' << size << ' ' << at;
        if (std::endian::native != std::endian::little) continue;
        ASSERT_EQ(detail::scan_squad_short(text, buffer), plain(text)) << c << ' ' << size << ' ' << at;
        const auto expected = evalpp::reference::tokenize_squad(text);
        if (plain(text)) {
          ASSERT_EQ(words(buffer), expected) << c << ' ' << size;
        }
#if EVALPP_X86_SIMD
        if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx512) continue;
        ASSERT_EQ(detail::avx512::scan_squad_block(text, buffer), plain(text))
            << c << ' ' << size << ' ' << at;
        if (plain(text)) {
          ASSERT_EQ(words(buffer), expected) << c << ' ' << size;
        }
#endif
      }
}

}  // namespace squad_ascii_test
