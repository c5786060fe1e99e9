// SPDX-License-Identifier: MIT
// The rules of ECMA-262 section 22.2 with the flag u, one by one. What matches was read from the standard.
#include <evalpp/json/regex.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace regex_test {

namespace json = evalpp::json;
using evalpp::error_code;
using json::regex_verdict;

regex_verdict search(std::string_view pattern, std::string_view text, json::regex_options options = {}) {
  const auto compiled = json::regex::compile(pattern, options);
  if (!compiled) {
    ADD_FAILURE() << pattern << ": " << to_string(compiled.error());
    return regex_verdict::budget;
  }
  json::regex::scratch scratch;
  const regex_verdict verdict = compiled->search(text, scratch);
  EXPECT_EQ(compiled->search(text, scratch), verdict) << pattern << ": the second time with the same scratch";
  return verdict;
}

/// True or false by the strict grammar alone.
bool matches(std::string_view pattern, std::string_view text) {
  const regex_verdict verdict = search(pattern, text, {.annex_b = false});
  EXPECT_NE(verdict, regex_verdict::budget) << pattern;
  return verdict == regex_verdict::yes;
}

/// By Annex B, which must be needed.
bool matches_annex_b(std::string_view pattern, std::string_view text) {
  const auto compiled = json::regex::compile(pattern);
  EXPECT_TRUE(compiled && compiled->used_annex_b()) << pattern;
  return search(pattern, text) == regex_verdict::yes;
}

void expect_refused(std::string_view pattern, std::size_t offset) {
  const auto compiled = json::regex::compile(pattern, {.annex_b = false});
  ASSERT_FALSE(compiled) << pattern;
  EXPECT_EQ(compiled.error().code, error_code::syntax) << pattern;
  EXPECT_EQ(compiled.error().offset, offset) << pattern << ": " << compiled.error().message;
  EXPECT_FALSE(compiled.error().message.empty());
}

constexpr std::string_view grinning = "\xF0\x9F\x98\x80";  // U+1F600

TEST(regex, searches_anywhere) {
  EXPECT_TRUE(matches("b", "abc"));
  EXPECT_FALSE(matches("d", "abc"));
  EXPECT_TRUE(matches("", ""));
  EXPECT_TRUE(matches("", "abc"));
  EXPECT_TRUE(matches("es", "expression tests"));
  EXPECT_TRUE(matches("a|", "b"));
  EXPECT_FALSE(matches("A", "a")) << "there is no flag i";
}

TEST(regex, anchors_hold_only_at_the_very_ends) {
  EXPECT_TRUE(matches("^abc$", "abc"));
  EXPECT_FALSE(matches("^abc$", "abc\n"));
  EXPECT_FALSE(matches("^b", "a\nb")) << "there is no flag m";
  EXPECT_FALSE(matches("a$", "a\nb"));
  EXPECT_TRUE(matches("^$", ""));
  EXPECT_FALSE(matches("^$", "\n"));
  EXPECT_FALSE(matches("a^b", "ab"));
  EXPECT_TRUE(matches("(?:^|,)b", "a,b"));
  EXPECT_TRUE(matches("(?:^|,)b(?:$|;)", "b;"));
  EXPECT_FALSE(matches("(?:^|,)b(?:$|;)", "ab"));
  EXPECT_TRUE(matches("a$|^b", "bc"));
  EXPECT_TRUE(matches("(?:^a|b)c", "bbc"));
  EXPECT_FALSE(matches("(?:^a|b)c", "bac"));
}

TEST(regex, what_ends_with_the_text_is_read_from_its_end) {
  EXPECT_TRUE(matches("\\.(?:jpe?g|png)$", "a.png.jpg"));
  EXPECT_FALSE(matches("\\.(?:jpe?g|png)$", "a.jpg.gif"));
  EXPECT_TRUE(matches("(?:^|\\s)\\d+$", "12"));
  EXPECT_FALSE(matches("(?:^|\\s)\\d+$", "a12"));
  EXPECT_TRUE(matches("\\b\\d+\\b$", "a 12"));
  EXPECT_FALSE(matches("\\b[ab]{2,3}$", "ccab"));
  EXPECT_TRUE(matches("\\u{1F600}+$", "x\xF0\x9F\x98\x80"));
  EXPECT_TRUE(matches("(?<=ab+)c+$", "abbcc"));
  EXPECT_TRUE(matches("x[a-z]{2000,3000}$", "x" + std::string(2500, 'q')));
  EXPECT_FALSE(matches("x[a-z]{2000,3000}$", "x" + std::string(3500, 'q')));
  EXPECT_TRUE(matches("(a|b)c\\1$", "acbcb"));
}

TEST(regex, the_unit_is_the_code_point) {
  EXPECT_TRUE(matches("^.$", "\xC3\xA9"));
  EXPECT_TRUE(matches("^.$", grinning));
  EXPECT_TRUE(matches("^[^a]$", grinning));
  EXPECT_TRUE(matches("^\\W$", grinning));
  EXPECT_TRUE(matches("^\xF0\x9F\x90\xB2*$", "")) << "the quantifier takes the whole dragon";
  EXPECT_TRUE(matches("^\xF0\x9F\x90\xB2*$", "\xF0\x9F\x90\xB2\xF0\x9F\x90\xB2"));
  EXPECT_FALSE(matches("^\xF0\x9F\x90\xB2*$", "\xF0\x9F\x90\xBA"));
  EXPECT_TRUE(matches("^[\xC3\xA0-\xC3\xBF]{2}$", "\xC3\xA9\xC3\xBF"));
}

TEST(regex, dot_is_all_but_the_ends_of_lines) {
  for (const std::string_view end : {"\n", "\r", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_FALSE(matches("^.$", end));
    EXPECT_TRUE(matches("^[^]$", end));
    EXPECT_TRUE(matches("^[\\s\\S]$", end));
  }
  for (const std::string_view other : {"\v", "\f", "\xC2\x85"}) EXPECT_TRUE(matches("^.$", other));
}

TEST(regex, classes_are_those_of_ecmascript) {
  EXPECT_TRUE(matches("^\\d$", "7"));
  EXPECT_FALSE(matches("^\\d$", "\xE0\xA5\xA6")) << "DEVANAGARI DIGIT ZERO";
  EXPECT_TRUE(matches("^\\D$", "\xE0\xA5\xA6"));
  EXPECT_TRUE(matches("^\\w{4}$", "aZ_0"));
  EXPECT_FALSE(matches("\\w", "\xC3\xA9-"));
  EXPECT_TRUE(matches("^\\W$", "\xC3\xA9"));
  for (const std::string_view space :
       {"\t", "\n", "\v", "\f", "\r", " ", "\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x8A",
        "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", "\xEF\xBB\xBF"}) {
    EXPECT_TRUE(matches("^\\s$", space));
    EXPECT_FALSE(matches("\\S", space));
  }
  for (const std::string_view other : {"\xC2\x85", "\xE1\xA0\x8E", "\xE2\x80\x8B", "a", "\x1F"}) {
    EXPECT_FALSE(matches("\\s", other));
    EXPECT_TRUE(matches("^\\S$", other));
  }
  EXPECT_FALSE(matches("[]", "a"));
  EXPECT_FALSE(matches("a[]*b|[]", "ac"));
  EXPECT_TRUE(matches("^a[]*b$", "ab"));
  EXPECT_TRUE(matches("^[^]$", "\n"));
  EXPECT_TRUE(matches("^[a-c\\d_-]+$", "b7_-"));
  EXPECT_TRUE(matches("^[\\W\\d]$", "5"));
  EXPECT_TRUE(matches("^[-a]$", "-"));
  EXPECT_TRUE(matches("^[a-]$", "-"));
  EXPECT_TRUE(matches("^[+--]+$", "+,-"));
  EXPECT_TRUE(matches("^[\\b]$", "\b"));
  EXPECT_TRUE(matches("^[.*$^]{4}$", ".*$^"));
  EXPECT_TRUE(matches("^[a&&b]$", "&"));
}

TEST(regex, boundaries_come_from_word_characters) {
  EXPECT_TRUE(matches("\\bfoo\\b", "a foo b"));
  EXPECT_FALSE(matches("\\bfoo\\b", "afoo b"));
  EXPECT_TRUE(matches("^\\b", "a"));
  EXPECT_FALSE(matches("\\b", ""));
  EXPECT_TRUE(matches("^\\B", ""));
  EXPECT_FALSE(matches("\\b", "-"));
  EXPECT_TRUE(matches("\xC3\xA9\\bx", "\xC3\xA9x")) << "\xC3\xA9 is no word character";
  EXPECT_TRUE(matches("a\\Bb", "ab"));
  EXPECT_FALSE(matches("a\\B-", "a-"));
  EXPECT_TRUE(matches("(?:\\b.){3}$", "a b"));
}

TEST(regex, escapes) {
  EXPECT_TRUE(matches("^\\t\\n\\v\\f\\r$", "\t\n\v\f\r"));
  EXPECT_TRUE(matches("^\\cA\\cz\\cJ$", "\x01\x1A\n"));
  EXPECT_TRUE(matches("^\\0$", std::string_view("\0", 1)));
  EXPECT_TRUE(matches("^a\\0b$", std::string_view("a\0b", 3)));
  EXPECT_TRUE(matches("^\\x41\\u0042\\u{43}\\u{000044}$", "ABCD"));
  EXPECT_TRUE(matches("^\\uD83D\\uDE00$", grinning));
  EXPECT_TRUE(matches("^\\u{1F600}$", grinning));
  EXPECT_TRUE(matches("^[\\uD83D\\uDE00-\\u{1F64F}]$", grinning));
  EXPECT_FALSE(matches("\\uD83D", grinning)) << "half of a pair is not in a pair";
  EXPECT_TRUE(matches("^\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/$", "^$\\.*+?()[]{}|/"));
  EXPECT_TRUE(matches("^[\\-\\]\\^]{3}$", "-]^"));
  EXPECT_TRUE(matches("^/-~!@#%&=:;\"',<>`$", "/-~!@#%&=:;\"',<>`"));
}

TEST(regex, a_lone_surrogate_is_a_code_point) {
  const std::string_view high = "\xED\xA0\xBD", low = "\xED\xB8\x80";
  EXPECT_TRUE(matches("^.$", high));
  EXPECT_TRUE(matches("^\\uD83D$", high));
  EXPECT_TRUE(matches("^\\p{Cs}$", high));
  EXPECT_TRUE(matches("^[^a]\\u{DE00}$", std::string(high) + std::string(low)));
  EXPECT_TRUE(matches(high, std::string("a") + std::string(high)));
}

TEST(regex, a_byte_that_is_not_utf8_is_in_no_class) {
  EXPECT_FALSE(matches("^[^a]$", "\xFF"));
  EXPECT_FALSE(matches("^.+$", "a\x80"));
  EXPECT_TRUE(matches("b",
                      "\x80"
                      "b"));
  EXPECT_TRUE(matches("\\bb",
                      "\xC3"
                      "b"));
  EXPECT_FALSE(matches("^a[^]*b$",
                       "a\xE2\x82"
                       "b"));
  EXPECT_FALSE(json::regex::compile("a\xFF"));
  EXPECT_EQ(json::regex::compile("a\xFF").error().offset, 1U);
}

TEST(regex, quantifiers) {
  EXPECT_TRUE(matches("^a{3}$", "aaa"));
  EXPECT_FALSE(matches("^a{3}$", "aa"));
  EXPECT_FALSE(matches("^a{3}$", "aaaa"));
  EXPECT_TRUE(matches("^(?:ab){2,3}$", "ababab"));
  EXPECT_FALSE(matches("^(?:ab){2,3}$", "abababab"));
  EXPECT_TRUE(matches("^(?:ab){2,}c$", "ababababc"));
  EXPECT_FALSE(matches("^(?:ab){2,}c$", "abc"));
  EXPECT_TRUE(matches("^a{0}b$", "b"));
  EXPECT_FALSE(matches("^(?:ab){0}b$", "abb"));
  EXPECT_TRUE(matches("^(?:a??b+?){2}$", "abb"));
  EXPECT_TRUE(matches("^(?:a*)*$", "aaa"));
  EXPECT_FALSE(matches("^(?:a*)*$", "aab"));
  EXPECT_TRUE(matches("^(?:a*)+b$", "aab"));
  EXPECT_TRUE(matches("^(?:a?){3}a{3}$", "aaa"));
  EXPECT_TRUE(matches("^(?:(?:a{2}){2}){2}$", "aaaaaaaa"));
  EXPECT_FALSE(matches("^(?:(?:a{2}){2}){2}$", "aaaaaaa"));
}

TEST(regex, backreferences) {
  EXPECT_TRUE(matches("^(a+)b\\1$", "aabaa"));
  EXPECT_FALSE(matches("^(a+)b\\1$", "aaba"));
  EXPECT_TRUE(matches("^(?<q>['\"]).*\\k<q>$", "'x'"));
  EXPECT_FALSE(matches("^(?<q>['\"]).*\\k<q>$", "'x\""));
  EXPECT_TRUE(matches("^\\k<later>(?<later>a)$", "a")) << "forward references match nothing";
  EXPECT_TRUE(matches("^\\2(a)(b)$", "ab"));
  EXPECT_TRUE(matches("^(?:(a)|b)*\\1$", "ab")) << "each pass through the group begins anew";
  EXPECT_FALSE(matches("^(?:(a)|b)*\\1$", "aab-"));
  EXPECT_TRUE(matches("^(?:(a)|(b))+\\1$", "abab")) << "\\1 is empty after b";
  EXPECT_TRUE(matches("^(a\\1)$", "a")) << "inside its own group";
  EXPECT_TRUE(matches("^(\xC3\xA9|\xF0\x9F\x98\x80)\\1$", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80"));
  EXPECT_FALSE(matches("^(\xC3\xA9)\\1$", "\xC3\xA9\xC3\xA8"));
  EXPECT_TRUE(matches("(z)((a+)?(b+)?(c))*\\3", "zaacbbbcac"));
  EXPECT_TRUE(matches("^(?:(x)?y)*\\1z$", "xyyz"));
  EXPECT_TRUE(matches("(?=(a+))a*b\\1", "baaabac")) << "the standard's example";
  EXPECT_FALSE(matches("^(?=(a+))a*b\\1$", "aaba")) << "a lookahead is not entered again";
  EXPECT_TRUE(matches("(.*?)a(?!(a+)b\\2c)\\2(.*)", "baaabaac"));
  EXPECT_TRUE(matches("^(.{1,3})\\1+?$", "abcabcabc"));
  EXPECT_TRUE(matches("(\\w+) \\1", "the the"));
  EXPECT_FALSE(matches("^(\\w+?) \\1$", "the then"));
  EXPECT_FALSE(matches("^(a*)*\\1b$", "aaac"));
}

TEST(regex, lookaround) {
  EXPECT_TRUE(matches("a(?=b)", "ab"));
  EXPECT_FALSE(matches("a(?=b)", "ac"));
  EXPECT_TRUE(matches("a(?!b)", "ac"));
  EXPECT_TRUE(matches("a(?!b)", "a"));
  EXPECT_TRUE(matches("(?<=\\$)\\d+", "cost $42"));
  EXPECT_FALSE(matches("(?<=\\$)\\d+", "cost 42"));
  EXPECT_TRUE(matches("(?<!a|b)c", "xc"));
  EXPECT_FALSE(matches("(?<!a|b)c", "ac"));
  EXPECT_TRUE(matches("(?<!a|^)c", "xc"));
  EXPECT_FALSE(matches("(?<!a|^)c", "c"));
  EXPECT_TRUE(matches("a(?=b|$)", "ca"));
  EXPECT_TRUE(matches("^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{4,8}$", "abC4"));
  EXPECT_FALSE(matches("^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{4,8}$", "abc4"));
  EXPECT_FALSE(matches("^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{4,8}$", "ab C4"));
  EXPECT_TRUE(matches("^(?!foo$|bar$)", "food"));
  EXPECT_FALSE(matches("^(?!foo$|bar$)", "bar"));
  EXPECT_TRUE(matches("(?<=ab+)c", "abbbc")) << "of any length";
  EXPECT_FALSE(matches("(?<=ab+)c", "bbbc"));
  EXPECT_TRUE(matches("x(?=a+b(?!c))", "xaabd"));
  EXPECT_FALSE(matches("x(?=a+b(?!c))", "xaabc"));
  EXPECT_TRUE(matches("(?<=^(?:ab)*)c", "ababc"));
  EXPECT_FALSE(matches("(?<=^(?:ab)*)c", "abac"));
  EXPECT_TRUE(matches("^(?:(?!end).)*end$", "begin end"));
  EXPECT_FALSE(matches("^(?:(?!end).)*end$", "end end"));
  EXPECT_TRUE(matches("(?:x(?=ab|cd)..)+$", "xabxcd"));
  EXPECT_TRUE(matches("(?<=(\\d+)(\\d+))$\\1?", "1053"));
  EXPECT_TRUE(matches("(?<=\\1(a))b", "aab")) << "a lookbehind is read from right to left";
  EXPECT_FALSE(matches("(?<=(a)\\1)b$", "xb"));
  EXPECT_TRUE(matches("(?<=([abc]+).)(?!\\1)$", "abc"));
  EXPECT_TRUE(matches("(?!(a)b)\\1c", "c")) << "what a negative lookahead matched is forgotten";
}

TEST(regex, properties) {
  EXPECT_TRUE(matches("^\\p{L}\\p{Lu}\\p{Letter}\\p{gc=Ll}\\p{General_Category=Lowercase_Letter}$",
                      "\xC3\xA9"
                      "A\xCE\xA9z\xC3\x9F"));
  EXPECT_TRUE(matches("^\\P{L}$", "1"));
  EXPECT_TRUE(matches("^[^\\P{L}]$", "a"));
  EXPECT_TRUE(matches("^\\p{Script=Greek}\\p{sc=Grek}\\p{scx=Grek}$", "\xCE\xB1\xCE\xB2\xCE\xB3"));
  EXPECT_TRUE(matches("^\\p{Script_Extensions=Devanagari}\\P{sc=Deva}$", "\xE0\xA5\xA4\xE0\xA5\xA4"))
      << "U+0964 is shared";
  EXPECT_TRUE(matches("^[\\p{Emoji_Presentation}\\p{digit}]+$", "\xF0\x9F\x98\x80\xD9\xA3"));
  EXPECT_TRUE(matches("^\\p{Any}\\p{ASCII}\\P{ASCII}\\p{Assigned}$", "\na\xC2\x80z"));
  EXPECT_TRUE(matches("^\\p{space}\\p{punct}\\p{cntrl}$", " !\t"));
  EXPECT_TRUE(matches("^\\p{Cn}$", "\xCD\xB8")) << "U+0378";
  EXPECT_TRUE(matches("^\\p{Sc}\\p{Nd}\\p{Alphabetic}\\p{IDS}\\p{XIDC}\\p{Hex}$",
                      "\xE2\x82\xAC"
                      "5xx_f"));
  for (const char* wrong : {"\\p{Greek}",
                            "\\p{letter}",
                            "\\p{L }",
                            "\\p{ L}",
                            "\\p{Is_L}",
                            "\\p{InGreek}",
                            "\\p{}",
                            "\\p{L=}",
                            "\\p{=L}",
                            "\\p{gc=}",
                            "\\p{Script}",
                            "\\p{Other_Alphabetic}",
                            "\\p{Lx}",
                            "\\p{Basic_Emoji}",
                            "\\p{sc=L}",
                            "\\pL",
                            "\\p",
                            "\\p{L",
                            "\\p{Line_Break=AL}",
                            "\\p{Block}",
                            "\\p{Lu Uppercase_Letter}",
                            "\\p{sc=Hrkt}"}) {
    expect_refused(wrong, 0);
  }
}

TEST(regex, named_groups) {
  EXPECT_TRUE(matches("^(?<year>\\d{4})-(?<$m_1>\\d\\d)$", "2024-05"));
  EXPECT_TRUE(matches("^(?<a\xC3\xB1o>a)\\k<a\xC3\xB1o>$", "aa"));
  EXPECT_TRUE(matches("^(?<\\u0061\\u{62}>a)\\k<ab>$", "aa"));
  expect_refused("(?<n>a)(?<n>b)", 10);
  expect_refused("(?<n>a)|(?<n>b)", 11);
  expect_refused("\\k<n>", 0);
  expect_refused("(?<n>a)\\k<m>", 7);
  expect_refused("(?<n>a)\\k", 7);
  expect_refused("(?<1>a)", 3);
  expect_refused("(?<>a)", 3);
  expect_refused("(?<a-b>a)", 4);
  expect_refused("(?<a", 3);
}

TEST(regex, refuses_what_the_flag_u_refuses_where_it_stands) {
  for (const auto& [pattern, offset] : std::initializer_list<std::pair<const char*, std::size_t>>{
           {"\\a", 0},         {"ab\\Z", 2},    {"a\\-b", 1},  {"\\_", 0},     {"\\\"", 0},
           {"{", 0},           {"a{", 1},       {"a{1", 1},    {"a{,2}", 1},   {"a}", 1},
           {"a]", 1},          {"*a", 0},       {"a|+", 2},    {"(?:*)", 3},   {"^*", 1},
           {"$+", 1},          {"\\b?", 2},     {"(?=a)*", 5}, {"(?<=a)?", 6}, {"a**", 2},
           {"a{2}{3}", 4},     {"x{2,1}", 1},   {"[b-a]", 1},  {"[a-\\d]", 1}, {"[\\w-z]", 1},
           {"(a)\\2", 3},      {"\\1", 0},      {"\\8", 0},    {"\\01", 0},    {"[\\1]", 1},
           {"\\c", 0},         {"\\c1", 0},     {"[\\c]", 1},  {"\\x4", 0},    {"\\u12", 0},
           {"\\u{110000}", 0}, {"\\u{}", 0},    {"\\u{12", 0}, {"(", 0},       {"a(b", 1},
           {"a)", 1},          {"[a", 0},       {"a[^", 1},    {"\\", 0},      {"(?a)", 2},
           {"(?i:a)", 2},      {"(?P<n>a)", 2}, {"(?#c)", 2},  {"(?>a)", 2},   {"[\\B]", 1},
           {"[\\k]", 1},       {"\\e", 0},      {"\\A", 0},    {"\\h", 0},     {"[a-z&&[b]]", 9},
           {"\xC3\xA9\\a", 2}}) {
    expect_refused(pattern, offset);
  }
  const auto refused = json::regex::compile("\xC3\xA9\xC3\xA9(", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().offset, 4U);
  EXPECT_EQ(refused.error().line, 1U);
  EXPECT_EQ(refused.error().column, 3U) << "columns count code points";
}

TEST(regex, annex_b_is_the_second_try) {
  EXPECT_TRUE(matches_annex_b("^[\\w\\-]+\\_\\@$", "a-_@"));
  EXPECT_TRUE(matches_annex_b("^\\a\\Z\\-\\\"$", "aZ-\""));
  EXPECT_TRUE(matches_annex_b("^{a}]{$", "{a}]{"));
  EXPECT_TRUE(matches_annex_b("^x{,2}$", "x{,2}"));
  EXPECT_TRUE(matches_annex_b("^\\c$", "\\c"));
  EXPECT_TRUE(matches_annex_b("^[\\c]+$", "\\c"));
  EXPECT_TRUE(matches_annex_b("^[\\c1]$", "\x11"));
  EXPECT_TRUE(matches_annex_b("^\\101\\60\\8$", "A08"));
  EXPECT_TRUE(matches_annex_b("^\\377\\400$",
                              "\xC3\xBF\x20"
                              "0"));
  EXPECT_TRUE(matches_annex_b("^[\\101]\\07$", "A\a"));
  EXPECT_TRUE(matches_annex_b("^(a)\\2$", "a\x02")) << "an octal escape where there is no such group";
  EXPECT_TRUE(matches_annex_b("^(a)\\1\\_$", "aa_"));
  EXPECT_TRUE(matches_annex_b("^[a-\\d]+$", "a-7"));
  EXPECT_TRUE(matches_annex_b("^[\\w-.]+$", "a-."));
  EXPECT_TRUE(matches_annex_b("^(?=a)*b$", "b"));
  EXPECT_TRUE(matches_annex_b("^\\x4\\u12$", "x4u12"));
  EXPECT_TRUE(matches_annex_b("^\\k\\_$", "k_"));
}

TEST(regex, annex_b_keeps_code_points) {
  EXPECT_TRUE(matches_annex_b("^.\\-$", std::string(grinning) + "-"));
  EXPECT_TRUE(matches_annex_b("^[\xF0\x9F\x98\x80-\xF0\x9F\x99\x8F\\_]$", grinning));
  EXPECT_TRUE(matches_annex_b("^\\uD83D\\uDE00\\-$", std::string(grinning) + "-"));
}

TEST(regex, annex_b_says_where_strict_mode_failed) {
  const auto lenient = json::regex::compile("^[a-z]+\\-\\_$");
  ASSERT_TRUE(lenient);
  EXPECT_TRUE(lenient->used_annex_b());
  EXPECT_EQ(lenient->strict_fault().offset, 7U);
  EXPECT_EQ(lenient->strict_fault().column, 8U);
  const auto strict = json::regex::compile("^[a-z]+-_$");
  ASSERT_TRUE(strict);
  EXPECT_FALSE(strict->used_annex_b());
  EXPECT_FALSE(json::regex::compile("\\-", {.annex_b = false}));
  for (const char* hopeless :
       {"(", ")", "a**", "[b-a]", "x{2,1}", "(?<n>a)(?<n>b)", "\\", "(?<=a)*", "(?<n>a)\\k", "(?<n>)[\\k]"}) {
    EXPECT_FALSE(json::regex::compile(hopeless)) << hopeless;
  }
}

TEST(regex, repeats_are_bounded_when_the_pattern_is_compiled) {
  EXPECT_TRUE(json::regex::compile("(?:ab){4000}"));
  const auto refused = json::regex::compile("x(?:ab){6000}");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, error_code::limit);
  EXPECT_EQ(refused.error().offset, 7U);
  EXPECT_TRUE(json::regex::compile("(?:ab){6000}", {.max_states = 20'000}));
  for (const char* explosive : {"(?:(?:(?:(?:a{99}){99}){99}b){99}){99}", "(?:a{0,4294967295}b){4294967295}",
                                "(?:(?:ab){99999999999}){99999999999}", "((a{1,99}b){1,99}){1,99}\\1"}) {
    EXPECT_FALSE(json::regex::compile(explosive)) << explosive;
  }
}

TEST(regex, long_runs_of_one_class_are_counted) {
  const std::string many(70'000, 'q');
  EXPECT_TRUE(matches("^[a-z]{3,70000}$", many));
  EXPECT_FALSE(matches("^[a-z]{3,69999}$", many));
  EXPECT_TRUE(matches("^x?[a-z]{70000}-", many + "-"));
  EXPECT_FALSE(matches("^x?[a-z]{70001}-", many + "-"));
  EXPECT_FALSE(matches("^x?[a-z]{2,69999}-", many + "-"));
  EXPECT_TRUE(matches("[a-z]{69999}-", many + "-"));
  EXPECT_FALSE(matches("[a-z]{70001,}-", many + "-"));
  EXPECT_TRUE(
      matches("(?:[a-z]{20000,30000}-)+$", many.substr(0, 25'000) + "-" + many.substr(0, 25'000) + "-"));
  EXPECT_FALSE(
      matches("^(?:[a-z]{20000,30000}-)+$", many.substr(0, 25'000) + "-" + many.substr(0, 15'000) + "-"));
  EXPECT_TRUE(matches("(a)[ab]{2000,}\\1b{0}$", "a" + std::string(3000, 'b') + "a"));
  EXPECT_TRUE(matches("^(a)[a-z]{0,100000}?\\1$", "a" + std::string(3000, 'b') + "a"));
}

TEST(regex, limits_of_the_pattern) {
  EXPECT_TRUE(json::regex::compile(std::string(65536, 'a')));
  EXPECT_EQ(json::regex::compile(std::string(65537, 'a')).error().code, error_code::limit);
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "a" + std::string(depth, ')');
  };
  EXPECT_TRUE(json::regex::compile(nested(250)));
  const auto refused = json::regex::compile(nested(251));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, error_code::limit);
  EXPECT_EQ(refused.error().offset, 250U);
  EXPECT_FALSE(json::regex::compile(std::string(60'000, '(')));
  EXPECT_FALSE(json::regex::compile(std::string(60'000, '[')));
  std::string looks;
  for (int i = 0; i < 240; ++i) looks += "(?=(?:a|";
  EXPECT_TRUE(json::regex::compile("x" + looks.substr(0, 8 * 120) + std::string(240, ')')));
}

TEST(regex, large_patterns_of_every_kind_compile) {
  std::string classes, alternatives, properties, distinct, groups;
  for (int i = 0; i < 5000; ++i) {
    classes += "[^" + std::string(1, static_cast<char>('a' + i % 26)) + "]";
    alternatives += (i != 0 ? "|" : "") + std::to_string(i * 7919);
    if (i < 1500) properties += "\\p{L}[\\p{Nd}" + std::string(1, static_cast<char>('a' + i % 26)) + "]";
    distinct += "[\\u{" + std::to_string(1000 + i) + "}x]";
    groups += "()";
  }
  EXPECT_FALSE(matches(classes, "abc"));
  EXPECT_TRUE(matches("^(?:" + alternatives + ")$", std::to_string(4321 * 7919)));
  EXPECT_FALSE(matches("^(?:" + alternatives + ")$", std::to_string(4321 * 7919 + 1)));
  EXPECT_TRUE(matches("^\\p{L}+" + properties.substr(0, 0), "abc"));
  EXPECT_FALSE(matches(properties, "abc"));
  EXPECT_TRUE(json::regex::compile(distinct.substr(0, 60'000 - 60'000 % 9)));
  EXPECT_TRUE(matches("^" + groups + "\\4999$", ""));
}

TEST(regex, catastrophic_patterns_are_linear) {
  for (const std::size_t size : {std::size_t{100'000}, std::size_t{1'000'000}}) {
    const std::string a(size, 'a');
    for (const char* pattern :
         {"^(a+)+$", "^(a|aa)+$", "^(a|a)*$", "^(a*)*$", "(x+x+)+y", "a*a*a*a*b", "(.*)(.*)(.*)(.*)(.*)x",
          ".*.*.*=.*", "^(?:.*,){11}P", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(?:(?:a+)b?)+c",
          "(?:a|b)*c|(?:a|ab)*d", "(a*)*\\1b", "(?:(a)|b)*\\1c", "^(?=(?:a+)+$)a*!b", "(?:a?){50}a{50}!b",
          "\\s+$", "(?<=(?:a|aa)+)b", "a(?!a*!)b"}) {
      EXPECT_FALSE(matches(pattern, a + "!")) << pattern;
    }
    EXPECT_TRUE(matches("^(?:a|aa)+$", a));
    EXPECT_TRUE(matches("(?:a?){50}a{50}$", a));
    EXPECT_TRUE(matches("^(?:(?!b).)*$", a));
  }
}

TEST(regex, an_exhausted_budget_is_neither_yes_nor_no) {
  EXPECT_EQ(search("^(a|aa)+\\1b$", std::string(5000, 'a') + "c"), regex_verdict::no) << "whatever \\1 is";
  EXPECT_EQ(search("(.+)\\1\\1\\1$", std::string(2000, 'a') + "bb"), regex_verdict::budget);
  EXPECT_EQ(search("^(a+)(a+)\\2\\1$", std::string(20, 'a'), {.max_steps = 3, .max_steps_per_byte = 0}),
            regex_verdict::budget);
  EXPECT_EQ(search("^(a+)(a+)\\2\\1$", std::string(20, 'a')), regex_verdict::yes);
  EXPECT_EQ(search("^(?:(a)|(b))*\\1c?$", std::string(1'000'000, 'a')), regex_verdict::budget)
      << "its stack is bounded";
}

TEST(regex, look_arounds_over_long_texts_are_bounded_in_memory) {
  std::string pattern;
  for (int i = 0; i < 80; ++i) pattern += "(?=[^]{" + std::to_string(i + 2) + "})";
  EXPECT_EQ(search("a" + pattern, std::string(1'000'000, 'a')), regex_verdict::budget);
  EXPECT_EQ(search("a" + pattern, std::string(1'000, 'a')), regex_verdict::yes);
}

TEST(regex, an_automaton_that_outgrows_its_memory_gives_way_to_simulation) {
  // 2^20 states: which of the last 20 characters were 'a'.
  std::string text;
  unsigned random = 1;
  for (int i = 0; i < 30'000; ++i)
    text += (random = random * 1'103'515'245U + 12'345U) >> 16 & 1U ? 'a' : 'b';
  EXPECT_FALSE(matches("a[ab]{20}c", text));
  EXPECT_TRUE(matches("a[ab]{20}c", text + "a" + std::string(20, 'b') + "c"));
}

TEST(regex, one_scratch_serves_many_patterns_and_copies) {
  json::regex::scratch scratch;
  std::vector<json::regex> patterns;
  for (const char* pattern : {"a[ab]{20}c", "b[ab]{18}c", "(?<=ab+)c", "^(a+)b\\1$", "[a-z]{2000}c", "abc"}) {
    patterns.push_back(*json::regex::compile(pattern));
  }
  const std::string text = "a" + std::string(20, 'b') + "c";
  for (int round = 0; round < 3; ++round) {
    const bool expected[] = {true, true, true, false, false, false};
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      EXPECT_EQ(patterns[i].search(text, scratch) == regex_verdict::yes, expected[i]) << i;
    }
    const json::regex copy = patterns[0];
    patterns[0] = patterns[1];
    EXPECT_EQ(copy.search(text, scratch), regex_verdict::yes);
    EXPECT_EQ(patterns[0].search(text, scratch), regex_verdict::yes);
    patterns[0] = copy;
  }
  // The same pattern with another limit is another program.
  const auto counted = json::regex::compile("a[ab]{20}c", {.max_states = 8});
  EXPECT_EQ(counted->search(text, scratch), regex_verdict::yes);
  EXPECT_EQ(patterns[0].search(text, scratch), regex_verdict::yes);
}

TEST(regex, small_patterns_need_no_scratch) {
  for (const char* pattern :
       {"abc", "^abc$", "^[a-z]{1,500}$", "^.*$", ".*", "^\\d{4}-\\d{2}-\\d{2}$",
        "^(?=.*[A-Z])(?!.*\\s).{8,64}$", "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "\\bfoo\\b", "^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$"}) {
    const auto compiled = json::regex::compile(pattern);
    ASSERT_TRUE(compiled);
    EXPECT_FALSE(compiled->needs_scratch()) << pattern;
  }
  EXPECT_TRUE(json::regex::compile("(a)\\1")->needs_scratch());
}

TEST(regex, threads_share_a_pattern) {
  const auto pattern = json::regex::compile("a[ab]{12,20}c|(?<=xy+)z");
  ASSERT_TRUE(pattern);
  std::vector<int> found(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < found.size(); ++t) {
    threads.emplace_back([&, t] {
      json::regex::scratch scratch;
      for (std::size_t n = 0; n < 200; ++n) {
        const std::string text = "a" + std::string(n % 30, 'b') + "c";
        found[t] += pattern->search(text, scratch) == regex_verdict::yes ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : found) EXPECT_EQ(count, 6 * 9 + 8) << "12 to 20 of 30 lengths, and at last 12 to 19";
}

TEST(regex, knows_its_pattern_and_options) {
  const auto compiled = json::regex::compile("a+", {.max_states = 77});
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->pattern(), "a+");
  EXPECT_EQ(compiled->options().max_states, 77U);
  EXPECT_EQ(*compiled, json::regex(*compiled));
  EXPECT_FALSE(*compiled == *json::regex::compile("a+"));
  EXPECT_FALSE(*compiled == *json::regex::compile("a*", {.max_states = 77}));
}

}  // namespace regex_test
