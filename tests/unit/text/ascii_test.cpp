// SPDX-License-Identifier: MIT
#include <evalpp/text/ascii.hpp>

#include <gtest/gtest.h>
#include <string>

namespace ascii_test {

namespace text = evalpp::text;

TEST(ascii, has_the_punctuation_of_python) {
  const std::string punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    EXPECT_EQ(text::is_ascii_punctuation(byte), punctuation.find(byte) != std::string::npos) << c;
  }
}

TEST(ascii, lower_cases_eight_bytes_as_it_does_one) {
  char bytes[8], lower[8];
  for (int c = 0; c < 256; ++c) {
    // Beside bytes whose sums carry the most, since a carry into the next byte would change it.
    for (const int other : {0x00, 0x40, 0x5A, 0x7F, 0x80, 0xFF}) {
      for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(i % 2 == 0 ? c : other);
      text::detail::lower_eight(bytes, lower);
      for (int i = 0; i < 8; ++i) ASSERT_EQ(lower[i], text::lower_ascii(bytes[i])) << c << ' ' << other;
    }
  }
  EXPECT_EQ(text::lower_ascii('Z'), 'z');
  EXPECT_EQ(text::lower_ascii('['), '[');
  EXPECT_EQ(text::lower_ascii('@'), '@');
}

TEST(ascii, finds_the_first_byte_that_is_not) {
  for (std::size_t size = 0; size < 50; ++size) {
    EXPECT_TRUE(text::is_ascii(std::string(size, 'x')));
    for (std::size_t at = 0; at < size; ++at) {
      std::string input(size, 'x');
      input[at] = '\x80';
      ASSERT_FALSE(text::is_ascii(input));
      ASSERT_EQ(text::detail::skip_ascii(input.data(), input.data() + size), input.data() + at);
    }
  }
}

}  // namespace ascii_test
