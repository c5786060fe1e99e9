// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/structural_index.hpp>
#include <evalpp/text/utf8.hpp>

#include <unit/json/detail/vector_levels.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#if EVALPP_X86_SIMD
namespace structural_index_test {

namespace detail = evalpp::json::detail;

struct expected_index {
  bool sound = true;
  std::vector<std::uint32_t> places;
};

/// Byte by byte.
expected_index index_slowly(std::string_view text) {
  expected_index made;
  bool inside = false, escaped = false, scalar = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool was_escaped = escaped;
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    escaped = c == '\\' && !was_escaped;
    const auto token = [&] { made.places.push_back(static_cast<std::uint32_t>(at)); };
    if (static_cast<unsigned char>(c) < 0x20 && (inside || !blank)) made.sound = false;
    if (c == '"' && !was_escaped) {
      inside = !inside;
      scalar = false;
      token();
    } else if (inside) {
      if (escaped) token();
    } else if (std::string_view("[]{},:").find(c) != std::string_view::npos) {
      scalar = false;
      token();
    } else if (blank) {
      scalar = false;
    } else {
      if (!scalar) token();
      scalar = true;
    }
  }
  made.sound = made.sound && !inside && evalpp::text::is_valid_utf8(text);
  return made;
}

class structural_index : public vector_levels {
 protected:
  void expect_as_slowly(const std::string& text) {
    const expected_index expected = index_slowly(text);
    copy_.assign(text.size() + detail::padding, 'x');
    const bool sound = detail::index_tokens(text, copy_.data(), index_);
    ASSERT_EQ(sound, expected.sound) << text;
    ASSERT_EQ(std::string_view(copy_).substr(0, text.size()), text);
    ASSERT_EQ(copy_.substr(text.size()), std::string(detail::padding, '\0'));
    const std::uint32_t* const first = index_.places.data();
    const std::uint32_t* const last = first + index_.count;
    ASSERT_EQ(std::vector<std::uint32_t>(first, last), expected.places) << text;
    for (int i = 0; i < 4; ++i) ASSERT_EQ(last[i], text.size());
  }

 private:
  std::string copy_;
  detail::structural_index index_;
};
INSTANTIATE_TEST_SUITE_P(levels, structural_index, vector_levels::values(), vector_levels::name);

TEST_P(structural_index, finds_what_a_loop_over_bytes_finds) {
  constexpr std::string_view alphabet[] = {"\"",
                                           "\\",
                                           "{",
                                           "}",
                                           "[",
                                           "]",
                                           ":",
                                           ",",
                                           " ",
                                           "\n",
                                           "\t",
                                           "1",
                                           "true",
                                           "a",
                                           "-1.5e3",
                                           "\xC3\xA9",
                                           "\xF0\x9F\x98\x80",
                                           "\xC3",
                                           "\x01",
                                           "\x7F",
                                           "\"key\":",
                                           "\\\"",
                                           "                    ",
                                           "\\\\"};
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    // The first few symbols only, most of the time: a stray control character or byte spoils a text.
    const std::size_t symbols = random() % 4 == 0 ? 24 : 15;
    for (std::size_t left = random() % 150; left > 0; --left) text += alphabet[random() % symbols];
    expect_as_slowly(text);
  }
}

TEST_P(structural_index, backslashes_and_tokens_cross_the_ends_of_blocks) {
  for (std::size_t before = 50; before < 70; ++before) {
    for (std::size_t slashes = 0; slashes < 140; ++slashes) {
      expect_as_slowly("\"" + std::string(before, 'a') + std::string(slashes, '\\') + "\" , \"b\" 17");
      expect_as_slowly(std::string(before, ' ') + std::string(slashes + 1, '1') + "\"" + "\xE2\x82\xAC\"");
    }
  }
}

TEST_P(structural_index, every_length_of_every_kind_of_byte) {
  for (std::size_t length = 0; length < 200; ++length) {
    for (const char c : {'"', '\\', '[', ' ', '1', '\x80', '\0', 'e'})
      expect_as_slowly(std::string(length, c));
  }
}

TEST_P(structural_index, a_character_may_not_be_cut_off) {
  for (std::size_t before = 55; before < 70; ++before) {
    for (const std::string_view character : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
      for (std::size_t kept = 0; kept <= character.size(); ++kept) {
        const std::string text = "\"" + std::string(before, 'x') + std::string(character.substr(0, kept));
        expect_as_slowly(text);
        expect_as_slowly(text + "\"");
        expect_as_slowly(text + std::string(80, 'y') + "\"");
      }
    }
  }
}

}  // namespace structural_index_test
#endif
