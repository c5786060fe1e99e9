// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_symbols.hpp>
#include <evalpp/json/detail/regex_utf8.hpp>
#include <evalpp/text/utf8.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace regex_symbols_test {

namespace detail = evalpp::json::detail;
using detail::code_point_set;

TEST(code_point_set, normalizes_and_complements) {
  const code_point_set set({{'c', 'd'}, {'a', 'b'}, {'x', 'z'}, {'y', 'y'}});
  ASSERT_EQ(set.ranges().size(), 2U);
  EXPECT_EQ(set.ranges()[0], (detail::code_point_range{'a', 'd'}));
  EXPECT_TRUE(set.contains('a') && set.contains('d') && set.contains('y'));
  EXPECT_FALSE(set.contains('e') || set.contains('w') || set.contains(0x10FFFF));
  EXPECT_EQ(set.complement().complement(), set);
  EXPECT_TRUE(code_point_set().complement().all());
  EXPECT_TRUE(code_point_set().complement().complement().empty());
  EXPECT_TRUE(code_point_set({{'a', 'a'}}).single());
}

// Symbols are equal exactly when the same sets hold the code points.
TEST(regex_symbols, tell_apart_what_the_sets_tell_apart) {
  const std::vector<code_point_set> sets = {code_point_set({{'a', 'z'}, {0x3B1, 0x3C9}}),
                                            code_point_set({{'0', '9'}}).complement(),
                                            code_point_set({{0x1F600, 0x1F64F}, {'m', 'p'}}),
                                            code_point_set({{0, 0x10FFFF}}),
                                            code_point_set({{0xD800, 0xDFFF}}),
                                            code_point_set({{0x10FFFF, 0x10FFFF}})};
  const std::vector<std::uint32_t> characters = {'q', 0xE9, 'q', 0x1F601};
  detail::regex_symbols symbols;
  ASSERT_TRUE(symbols.build(sets, characters));
  std::vector<std::vector<bool>> members(symbols.count());
  std::set<std::vector<bool>> kinds;
  for (std::uint32_t c = 0; c <= detail::last_code_point; ++c) {
    std::vector<bool> in;
    for (const auto& set : sets) in.push_back(set.contains(c));
    for (const std::uint32_t one : characters) in.push_back(c == one);
    const std::size_t symbol = symbols.of(c);
    ASSERT_LT(symbol, symbols.count());
    if (members[symbol].empty()) {
      members[symbol] = in;
      EXPECT_TRUE(kinds.insert(in).second) << "two symbols for the same sets, at " << c;
    }
    ASSERT_EQ(members[symbol], in) << c;
  }
  EXPECT_EQ(kinds.size(), symbols.count());
  for (std::size_t i = 0; i < sets.size(); ++i) {
    std::vector<bool> found(symbols.count(), false);
    symbols.for_each_in(sets[i], [&](std::size_t symbol) { found[symbol] = true; });
    for (std::size_t symbol = 0; symbol < symbols.count(); ++symbol)
      EXPECT_EQ(found[symbol], members[symbol][i]);
  }
}

TEST(regex_symbols, one_set_over_ascii_leaves_two_symbols) {
  detail::regex_symbols symbols;
  ASSERT_TRUE(symbols.build({code_point_set({{'a', 'z'}})}, {}));
  EXPECT_EQ(symbols.count(), 2U);
  EXPECT_EQ(symbols.of(0x10FFFF), symbols.of('A'));
  ASSERT_TRUE(symbols.build({}, {}));
  EXPECT_EQ(symbols.count(), 1U);
}

TEST(regex_utf8, reads_every_code_point_in_both_directions) {
  for (std::uint32_t c = 0; c <= detail::last_code_point; ++c) {
    std::string text;
    if (c >= 0xD800 && c <= 0xDFFF) {
      text = {'\xED', static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      evalpp::text::append_utf8(text, c);
    }
    const char* const end = text.data() + text.size();
    const auto forward = detail::decode_code_point(text.data(), end);
    const auto backward = detail::decode_code_point_before(text.data(), end);
    ASSERT_TRUE(forward.valid && backward.valid) << c;
    ASSERT_EQ(forward.code_point, c);
    ASSERT_EQ(backward.code_point, c);
    ASSERT_EQ(forward.length, text.size());
    ASSERT_EQ(backward.length, text.size());
  }
}

// Three bytes of every kind: what is not a surrogate is as text/utf8.hpp has it, and both directions divide a
// text in the same places.
TEST(regex_utf8, agrees_with_the_decoder_of_texts) {
  const std::string bytes =
      "\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xED\xEF\xF0\xF1\xF4\xF5\xFF";
  for (const char a : bytes) {
    for (const char b : bytes) {
      for (const char c : bytes) {
        const std::string text = {a, b, c, '\x80'};
        const char* const begin = text.data();
        const char* const end = begin + text.size();
        const auto ours = detail::decode_code_point(begin, end);
        const auto theirs = evalpp::text::decode_utf8(begin, end);
        const bool surrogate = ours.valid && ours.code_point >= 0xD800 && ours.code_point <= 0xDFFF;
        ASSERT_EQ(ours.valid && !surrogate, theirs.well_formed);
        const std::uint32_t expected =
            theirs.well_formed ? std::uint32_t{theirs.code_point} : ours.code_point;
        ASSERT_EQ(ours.code_point, expected);
        std::vector<std::ptrdiff_t> places, back;
        for (const char* p = begin; p != end; p += detail::decode_code_point(p, end).length)
          places.push_back(p - begin);
        for (const char* p = end; p != begin; back.insert(back.begin(), p - begin)) {
          p -= detail::decode_code_point_before(begin, p).length;
        }
        ASSERT_EQ(places, back);
      }
    }
  }
}

}  // namespace regex_symbols_test
