// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/utf8_kernel.hpp>
#include <evalpp/text/utf8.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>

#if EVALPP_X86_SIMD
namespace utf8_kernel_test {

namespace text = evalpp::text;

EVALPP_TARGET_AVX2 bool is_block(const char* at) { return evalpp::json::detail::avx2::is_utf8_block(at); }

/// The text by blocks, the way the kernel asks for: three bytes before each, and a last one of zeros.
bool is_valid(std::string_view bytes) {
  std::string padded = std::string(3, '\0') + std::string(bytes);
  padded.resize((padded.size() / 64 + 2) * 64 + 3);
  for (std::size_t at = 0; at + 64 + 3 <= padded.size(); at += 64) {
    if (!is_block(padded.data() + 3 + at)) return false;
  }
  return true;
}

class utf8_kernel : public testing::Test {
 protected:
  void SetUp() override {
    if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx2) GTEST_SKIP() << "needs AVX2";
  }
};

TEST_F(utf8_kernel, any_two_bytes_anywhere_are_judged_as_the_decoder_does) {
  for (const std::size_t before : {0U, 31U, 63U}) {
    for (const std::string_view behind : {"", "\xBF\x80"}) {
      for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
          std::string bytes(before, 'x');
          bytes += static_cast<char>(first);
          bytes += static_cast<char>(second);
          bytes += behind;
          ASSERT_EQ(is_valid(bytes), text::is_valid_utf8(bytes)) << first << ' ' << second << ' ' << before;
        }
      }
    }
  }
}

TEST_F(utf8_kernel, every_code_point_is_well_formed_and_no_surrogate_is) {
  std::string all;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) text::append_utf8(all, c);
  }
  EXPECT_TRUE(is_valid(all));
  for (unsigned char second = 0xA0; second < 0xC0; ++second) {
    const std::string surrogate = {'\xED', static_cast<char>(second), '\x80'};
    EXPECT_FALSE(is_valid(surrogate));
    EXPECT_FALSE(is_valid(all + surrogate));
  }
}

TEST_F(utf8_kernel, a_text_cut_or_with_a_byte_changed_is_judged_as_the_decoder_does) {
  const std::string sound =
      "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 z\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\xF0\x90\x80\x80";
  for (std::size_t before = 40; before < 70; ++before) {
    const std::string shifted = std::string(before, ' ') + sound;
    for (std::size_t length = before; length <= shifted.size(); ++length) {
      const std::string_view cut = std::string_view(shifted).substr(0, length);
      ASSERT_EQ(is_valid(cut), text::is_valid_utf8(cut)) << before << ' ' << length;
    }
    for (std::size_t at = before; at < shifted.size(); ++at) {
      for (const int byte : {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
                             0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF}) {
        std::string changed = shifted;
        changed[at] = static_cast<char>(byte);
        ASSERT_EQ(is_valid(changed), text::is_valid_utf8(changed)) << before << ' ' << at << ' ' << byte;
      }
    }
  }
}

}  // namespace utf8_kernel_test
#endif
