// SPDX-License-Identifier: MIT
// Each kernel against a loop over the bytes, at every offset and for every byte.
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/scan.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scan_test {

namespace detail = evalpp::json::detail;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool stops(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The kernels of one instruction set, as functions that a test can call.
struct kernels {
  std::size_t step;
  std::size_t (*first_stop)(const char*);  // `step` when there is none
  char* (*skip_space)(char*);
  char* (*skip_guessed)(char*, std::uint8_t&);
  detail::number_token (*number_end)(char*);
  bool (*begins_with)(const char*, const char*, std::size_t);
};

namespace base = detail::baseline;
const kernels portable{
    base::step,
    [](const char* p) {
      return base::string_stops(p) == 0 ? base::step : base::place(base::string_stops(p));
    },
    [](char* p) { return base::skip_space(p); },
    [](char* p, std::uint8_t& guess) { return base::skip_space(p, guess); },
    [](char* p) { return base::number_end(p); },
    [](const char* p, const char* text, std::size_t n) { return base::begins_with(p, text, n); }};

#if EVALPP_X86_SIMD
namespace wide = detail::avx2;
// A lambda does not inherit a target.
EVALPP_TARGET_AVX2 std::size_t first_stop(const char* p) {
  const wide::mask found = wide::string_stops(p);
  return found == 0 ? wide::step : wide::place(found);
}
EVALPP_TARGET_AVX2 char* skip_space(char* p) { return wide::skip_space(p); }
EVALPP_TARGET_AVX2 char* skip_guessed(char* p, std::uint8_t& guess) { return wide::skip_space(p, guess); }
EVALPP_TARGET_AVX2 detail::number_token number_end(char* p) { return wide::number_end(p); }
EVALPP_TARGET_AVX2 bool begins_with(const char* p, const char* text, std::size_t n) {
  return wide::begins_with(p, text, n);
}
const kernels avx2{wide::step, first_stop, skip_space, skip_guessed, number_end, begins_with};
#endif

template <class Check>
void for_each_level(Check check) {
  check(portable);
#if EVALPP_X86_SIMD
  if (evalpp::detail::detect_simd_level() >= evalpp::detail::simd_level::avx2) check(avx2);
#endif
}

std::string padded(std::string text) { return text.append(detail::padding, '\0'); }

TEST(json_scan, finds_the_first_byte_that_is_not_plain) {
  for_each_level([](const kernels& k) {
    for (std::size_t at = 0; at < k.step; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(2 * k.step, 'x');
        text[at] = static_cast<char>(static_cast<unsigned char>(byte));
        ASSERT_EQ(k.first_stop(text.data()), stops(text[at]) ? at : k.step) << byte;
        text[k.step - 1] = '"';  // what follows the first one does not matter
        ASSERT_EQ(k.first_stop(text.data()), stops(text[at]) ? at : k.step - 1) << byte;
      }
    }
  });
}

TEST(json_scan, skips_whitespace_and_nothing_else) {
  for_each_level([](const kernels& k) {
    for (std::size_t count = 0; count < 80; ++count) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += " \n\t\r   "[i % 7];
        text += static_cast<char>(static_cast<unsigned char>(byte));
        text = padded(text + "x");
        const std::size_t expected = count + (is_space(text[count]) ? 1 : 0);
        ASSERT_EQ(k.skip_space(text.data()) - text.data(), static_cast<std::ptrdiff_t>(expected)) << byte;
        for (const std::size_t tried : {std::size_t{0}, expected, count + 7}) {
          auto guess = static_cast<std::uint8_t>(tried < 32 ? tried : 31);
          ASSERT_EQ(k.skip_guessed(text.data(), guess) - text.data(), static_cast<std::ptrdiff_t>(expected));
          ASSERT_LT(guess, 32);
        }
      }
    }
  });
}

// The number at the beginning of a text by the grammar, where that is whole and has no exponent.
std::size_t simple_number(std::string_view text, bool& whole) {
  std::size_t at = text[0] == '-' ? 1 : 0;
  const std::size_t first = at;
  while (is_digit(text[at])) ++at;
  if (at == first || (text[first] == '0' && at > first + 1)) return 0;
  whole = text[at] != '.';
  if (!whole) {
    const std::size_t fraction = ++at;
    while (is_digit(text[at])) ++at;
    if (at == fraction) return 0;
  }
  return text[at] == 'e' || text[at] == 'E' ? 0 : at;
}

TEST(json_scan, ends_numbers_where_the_grammar_does_or_does_not_say) {
  for_each_level([](const kernels& k) {
    // Every text of up to seven of these characters that may begin a number.
    constexpr std::string_view alphabet = "019.-/e,";
    for (std::size_t code = 0; code < std::size_t{1} << 21; code += 1 + code % 3) {
      std::string text;
      for (std::size_t rest = code, i = 0; i < 7; ++i, rest /= 8) text += alphabet[rest % 8];
      if (text[0] != '-' && !is_digit(text[0])) continue;
      text = padded(text);
      bool whole = false;
      const std::size_t expected = simple_number(text, whole);
      const detail::number_token token = k.number_end(text.data());
      if (token.end == nullptr) {
        // Only what is no simple number, or what the bytes behind it make look odd.
        const bool odd =
            expected == 0 || text[expected] == '/' || text[expected] == '-' || text[expected] == '.';
        ASSERT_TRUE(odd) << text;
      } else {
        ASSERT_EQ(token.end - text.data(), static_cast<std::ptrdiff_t>(expected)) << text;
        ASSERT_EQ(token.whole, whole) << text;
      }
    }
    for (std::size_t digits = 1; digits < 80; ++digits) {
      std::string text = padded(std::string(digits, '7'));
      const detail::number_token token = k.number_end(text.data());
      if (token.end == nullptr) {
        ASSERT_GE(digits, k.step);
      } else {
        ASSERT_EQ(token.end - text.data(), static_cast<std::ptrdiff_t>(digits));
      }
    }
  });
}

TEST(json_scan, compares_so_many_bytes_and_no_more) {
  for_each_level([](const kernels& k) {
    const std::string text = padded("abcdefghijklmnopqrstuvwxyz012345");
    for (std::size_t n = 1; n <= 32; ++n) {
      for (std::size_t at = 0; at < 32; ++at) {
        std::string other = text;
        other[at] = '\xFF';
        ASSERT_EQ(k.begins_with(other.data(), text.data(), n), at >= n) << n << ' ' << at;
      }
    }
  });
}

}  // namespace scan_test
