// SPDX-License-Identifier: MIT
#include <evalpp/json/utf8.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using evalpp::json::detail::append_utf8;
using evalpp::json::detail::find_invalid_utf8;
using evalpp::json::detail::utf8_at;

/// Decodes by the definition: a lead byte states the length, the bits are put together, and the
/// result must be a scalar value that could not have been written shorter.
bool well_formed(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    std::size_t length = 1;
    std::uint32_t code = lead;
    if (lead >= 0xF0) {
      length = 4;
      code = lead & 0x07U;
      if (lead >= 0xF8) return false;
    } else if (lead >= 0xE0) {
      length = 3;
      code = lead & 0x0FU;
    } else if (lead >= 0xC0) {
      length = 2;
      code = lead & 0x1FU;
    } else if (lead >= 0x80) {
      return false;
    }
    if (at + length > bytes.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(bytes[at + i]);
      if ((next & 0xC0U) != 0x80U) return false;
      code = code << 6 | (next & 0x3FU);
    }
    const std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (length > 1 && code < smallest[length]) return false;
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    at += length;
  }
  return true;
}

TEST(json_utf8, accepts_every_scalar_value) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string bytes;
    append_utf8(bytes, static_cast<char32_t>(code));
    ASSERT_TRUE(well_formed(bytes)) << code;
    ASSERT_EQ(find_invalid_utf8(bytes), std::string_view::npos) << code;
    ASSERT_EQ(utf8_at(bytes, 0).length, bytes.size()) << code;
  }
}

TEST(json_utf8, agrees_with_the_definition_on_every_three_bytes) {
  // All leads with all second bytes, and third and fourth bytes at the edges of the ranges.
  const unsigned char edges[] = {0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
  for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
    for (unsigned second = 0; second <= 0xFF; ++second) {
      for (const unsigned char third : edges) {
        for (const unsigned char fourth : edges) {
          const std::string bytes = {static_cast<char>(lead), static_cast<char>(second),
                                     static_cast<char>(third), static_cast<char>(fourth)};
          for (std::size_t length = 1; length <= 4; ++length) {
            const std::string_view part = std::string_view(bytes).substr(0, length);
            ASSERT_EQ(find_invalid_utf8(part) == std::string_view::npos, well_formed(part))
                << lead << ' ' << second << ' ' << +third << ' ' << +fourth << " length " << length;
          }
        }
      }
    }
  }
}

TEST(json_utf8, an_ill_formed_sequence_ends_where_its_valid_beginning_does) {
  // The example of the Unicode standard, table 3-8.
  const std::string_view bytes = "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41";
  EXPECT_EQ(utf8_at(bytes, 0).length, 2U);
  EXPECT_EQ(utf8_at(bytes, 2).length, 1U);
  EXPECT_EQ(utf8_at(bytes, 3).length, 3U);
  EXPECT_EQ(utf8_at(bytes, 6).length, 2U);
  for (const std::size_t at : {0U, 2U, 3U, 6U}) EXPECT_FALSE(utf8_at(bytes, at).valid);
  EXPECT_TRUE(utf8_at(bytes, 8).valid);
}

}  // namespace
