// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace repair_test {

namespace json = evalpp::json;
using json::repair_change;
using json::repair_fault;
using json::repair_flag;

/// The repaired text and what was changed where, or the fault and where: `{"a":1} trailing_comma 6`.
std::string outcome(std::string_view text, const json::repair_options& options = {}) {
  const json::repair_result repaired = json::repair(text, options);
  if (!repaired) {
    EXPECT_TRUE(repaired.text.empty());
    EXPECT_TRUE(repaired.changes.empty());
    return std::string(to_string(repaired.fault)).append(" at ").append(std::to_string(repaired.offset));
  }
  EXPECT_TRUE(json::parse(repaired.text, {.duplicates = json::duplicate_keys::error})) << repaired.text;
  const json::repair_result again = json::repair(repaired.text, options);
  EXPECT_TRUE(again.text == repaired.text && again.changes.empty()) << repaired.text;
  std::string out = repaired.text;
  for (const repair_change& change : repaired.changes) {
    out.append(" ").append(to_string(change.flag)).append(" ").append(std::to_string(change.offset));
  }
  return out;
}

TEST(json_repair, leaves_json_as_it_is) {
  for (const std::string_view text : {" {\"a\" : [1, -0.5e+7, \"\\ud83d\\ude00\\/\", true, null]}\n", "[]",
                                      "\"'\"", "7", "{\"\":\"//\"}"}) {
    for (const bool on : {false, true}) {
      EXPECT_EQ(outcome(text, {.non_finite = on, .inner_quotes = on, .stringified = on}), text);
    }
  }
}

TEST(json_repair, removes_trailing_commas) {
  EXPECT_EQ(outcome("[1,2,]"), "[1,2] trailing_comma 4");
  EXPECT_EQ(outcome("{\"a\":[1 , ],\n}"), "{\"a\":[1  ]\n} trailing_comma 8 trailing_comma 11");
  EXPECT_EQ(outcome("[1,/* end */]"), "[1] trailing_comma 2 comment 3");
  EXPECT_EQ(outcome("[1,,]"), "missing_value at 3");
  EXPECT_EQ(outcome("[,]"), "missing_value at 1");
  EXPECT_EQ(outcome("{,}"), "expected_key at 1");
  EXPECT_EQ(outcome("[1,}"), "mismatched_close at 3");
}

TEST(json_repair, removes_comments_between_tokens) {
  EXPECT_EQ(outcome("// a\n[1, # b\r\n/* c\n*/2]//"),
            "\n[1, \r\n2] comment 0 comment 9 comment 14 comment 23");
  EXPECT_EQ(outcome("{\"a\"/**/:/**/\"//x\"}"), "{\"a\":\"//x\"} comment 4 comment 9");
  EXPECT_EQ(outcome("[1/* never closed"), "[1] comment 2 truncated 17");
  EXPECT_EQ(outcome("[1/**/2]"), "missing_comma at 6");
  EXPECT_EQ(outcome("[1 / 2]"), "missing_comma at 3");
}

TEST(json_repair, turns_single_quotes_into_double_ones) {
  EXPECT_EQ(outcome("{'a' : 'b'}"), "{\"a\" : \"b\"} single_quotes 1 single_quotes 7");
  EXPECT_EQ(outcome("['say \"hi\"', 'don\\'t', '\\\\\\n']"),
            "[\"say \\\"hi\\\"\", \"don't\", \"\\\\\\n\"] single_quotes 1 single_quotes 13 single_quotes 23");
  EXPECT_EQ(outcome("'x'"), "\"x\" single_quotes 0");
  EXPECT_EQ(outcome("['a\nb']"), "[\"a\\nb\"] single_quotes 1 raw_control 3");
  EXPECT_EQ(outcome("['it's']"), "inner_quotes at 4");
  EXPECT_EQ(outcome("'it's'"), "inner_quotes at 3");
  EXPECT_EQ(outcome("['a' 'b']"), "inner_quotes at 3");
  EXPECT_EQ(outcome("['\\d']"), "bad_escape at 2");
  EXPECT_EQ(outcome("['\\u12']"), "bad_escape at 2");
  EXPECT_EQ(outcome("{'a\": 1}"), "inner_quotes at 3");  // not a key that was cut off
}

TEST(json_repair, turns_curly_quotes_into_double_ones) {
  EXPECT_EQ(outcome("{“a”:‘b’}"), "{\"a\":\"b\"} smart_quotes 1 smart_quotes 9");
  EXPECT_EQ(outcome("[”say \"hi\"”]"), "[\"say \\\"hi\\\"\"] smart_quotes 1");
  EXPECT_EQ(outcome("[\"“x”\"]"), "[\"“x”\"]");
  EXPECT_EQ(outcome("[‘it’s’]"), "inner_quotes at 6");
  EXPECT_EQ(outcome("{“a\":1}"), "inner_quotes at 5");
}

TEST(json_repair, quotes_identifiers_that_are_keys) {
  EXPECT_EQ(outcome("{a:1, b_2 : 2, $c:{}}"),
            "{\"a\":1, \"b_2\" : 2, \"$c\":{}} unquoted_key 1 unquoted_key 6 unquoted_key 15");
  EXPECT_EQ(outcome("{größe:1}"), "{\"größe\":1} unquoted_key 1");
  EXPECT_EQ(outcome("{true:1}"), "{\"true\":1} unquoted_key 1");
  EXPECT_EQ(outcome("{name}"), "missing_colon at 5");
  EXPECT_EQ(outcome("{a-b:1}"), "missing_colon at 2");
  EXPECT_EQ(outcome("{1:1}"), "expected_key at 1");
  EXPECT_EQ(outcome("{\"a\":1,234}"), "expected_key at 7");
  EXPECT_EQ(outcome("{\"a\":1,...}"), "expected_key at 7");
  EXPECT_EQ(outcome("{{\"a\":1}}"), "expected_key at 1");
}

TEST(json_repair, writes_python_literals_as_json) {
  EXPECT_EQ(outcome("[True,False,None]"),
            "[true,false,null] python_literal 1 python_literal 6 python_literal 12");
  EXPECT_EQ(outcome("[TRUE]"), "unquoted_value at 1");
  EXPECT_EQ(outcome("[nil]"), "unquoted_value at 1");
  EXPECT_EQ(outcome("[Nonesuch]"), "unquoted_value at 1");
}

TEST(json_repair, non_finite_numbers_need_the_option) {
  EXPECT_EQ(outcome("[NaN]"), "non_finite at 1");
  EXPECT_EQ(outcome("{\"a\":-Infinity}"), "non_finite at 5");
  EXPECT_EQ(outcome("[undefined]"), "non_finite at 1");
  EXPECT_EQ(outcome("[NaN,-Infinity,undefined]", {.non_finite = true}),
            "[null,null,null] non_finite 1 non_finite 5 non_finite 15");
}

TEST(json_repair, escapes_raw_controls_in_strings) {
  EXPECT_EQ(outcome("[\"a\nb\tc\r\x01\x1F\b\f\"]"),
            "[\"a\\nb\\tc\\r\\u0001\\u001f\\b\\f\"] raw_control 3 raw_control 5 raw_control 7 raw_control 8 "
            "raw_control 9 raw_control 10 raw_control 11");
  EXPECT_EQ(outcome("{\"a\nb\":1}"), "{\"a\\nb\":1} raw_control 3");
}

TEST(json_repair, keeps_the_backslash_of_an_escape_that_is_none) {
  EXPECT_EQ(outcome(R"(["\d+\."])"), R"(["\\d+\\."] bad_escape 2 bad_escape 5)");
  EXPECT_EQ(outcome(R"(["C:\users"])"), R"(["C:\\users"] bad_escape 4)");
  EXPECT_EQ(outcome(R"(["\u12g4"])"), R"(["\\u12g4"] bad_escape 2)");
  EXPECT_EQ(outcome(R"(["C:\new\table",])"), R"(["C:\new\table"] trailing_comma 15)");  // these are escapes
  EXPECT_EQ(outcome(R"(["\ud800"])"), "lone_surrogate at 2");
  EXPECT_EQ(outcome(R"(["\ud800\u0041"])"), "lone_surrogate at 2");
  EXPECT_EQ(outcome(R"(["\udc00"])"), "lone_surrogate at 2");
  EXPECT_EQ(outcome(R"(["\ud83d\ude00",])"), R"(["\ud83d\ude00"] trailing_comma 15)");
  EXPECT_EQ(outcome("[\"\xFF\",]"), "bad_utf8 at 2");
}

TEST(json_repair, inserts_a_comma_before_a_line_break_or_a_key) {
  EXPECT_EQ(outcome("{\"a\":1\n\"b\":2}"), "{\"a\":1,\n\"b\":2} missing_comma 6");
  EXPECT_EQ(outcome("{\"a\":1 \"b\":2}"), "{\"a\":1, \"b\":2} missing_comma 6");
  EXPECT_EQ(outcome("{\"a\":\"x\" b:2}"), "{\"a\":\"x\", \"b\":2} missing_comma 8 unquoted_key 9");
  EXPECT_EQ(outcome("{\"a\":{}'b':2}"), "{\"a\":{},\"b\":2} missing_comma 7 single_quotes 7");
  EXPECT_EQ(outcome("{\"a\":{}“b”:2}"), "{\"a\":{},\"b\":2} missing_comma 7 smart_quotes 7");
  EXPECT_EQ(outcome("[\"a\"\n\"b\"\r{}]"), "[\"a\",\n\"b\",\r{}] missing_comma 4 missing_comma 8");
  EXPECT_EQ(outcome("[1 // one\n2]"), "[1, \n2] missing_comma 2 comment 3");
  EXPECT_EQ(outcome("[1 2]"), "missing_comma at 3");
  EXPECT_EQ(outcome("[{}{}]"), "missing_comma at 3");
  EXPECT_EQ(outcome("{\"a\":1 x}"), "missing_comma at 7");
  EXPECT_EQ(outcome("{\"a\":1\nx}"), "missing_colon at 8");
}

TEST(json_repair, closes_what_is_cut_off_at_the_end) {
  EXPECT_EQ(outcome("{\"a\":[{\"b\":\"c\"}"), "{\"a\":[{\"b\":\"c\"}]} truncated 15");
  EXPECT_EQ(outcome("{\"a\":\"hel"), "{\"a\":\"hel\"} truncated 9");
  EXPECT_EQ(outcome("{\"a\":'hel"), "{\"a\":\"hel\"} single_quotes 5 truncated 9");
  EXPECT_EQ(outcome("\"hel"), "\"hel\" truncated 4");
  for (const std::string_view gone :
       {",", ", \"", ",\"b", ",\"b\"", ",\"b\" ", ",\"b\":", ",b", ",b:", ",\"b\":1", ",\"b\":-", ",\"b\":1.",
        ",\"b\":1e+", ",\"b\":t", ",\"b\":Tru", ",\"b\":-Inf", ",'b", ",\"b\\u00", ",\"b\xE2\x82",
        ", // x"}) {
    EXPECT_EQ(outcome("{\"a\":1" + std::string(gone)), "{\"a\":1} truncated 6") << gone;
  }
  EXPECT_EQ(outcome("{"), "{} truncated 1");
  EXPECT_EQ(outcome("[[1,2"), "[[1]] truncated 3");
  EXPECT_EQ(outcome("[1, {\"a\":"), "[1, {}] truncated 5");
  EXPECT_EQ(outcome("[1,2 "), "[1,2 ] truncated 5");  // the number is whole
  EXPECT_EQ(outcome("[true"), "[true] truncated 5");
  EXPECT_EQ(outcome("[None"), "[null] python_literal 1 truncated 5");
  EXPECT_EQ(outcome("[007"), "number_form at 1");
  EXPECT_EQ(outcome("[hel"), "unquoted_value at 1");
  EXPECT_EQ(outcome("tru"), "unquoted_value at 0");
}

TEST(json_repair, a_cut_string_loses_what_is_half_a_character) {
  EXPECT_EQ(outcome("[\"x\\"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("[\"x\\u26"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("[\"x\\ud83d"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("[\"x\\ud83d\\ude"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("[\"x\xE2\x82"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("[\"x\xF0\x9F\x98"), "[\"x\"] truncated 3");
  EXPECT_EQ(outcome("['x\\"), "[\"x\"] single_quotes 1 truncated 3");
  EXPECT_EQ(outcome("[\"x\xE2\x28"), "bad_utf8 at 3");
}

TEST(json_repair, mends_numbers_of_which_there_is_one_reading) {
  EXPECT_EQ(outcome("[.5,5.,+1,-.5e3,+1.e-2]"),
            "[0.5,5,1,-0.5e3,1e-2] number_form 1 number_form 4 number_form 7 number_form 10 number_form 16");
  EXPECT_EQ(outcome("+1"), "1 number_form 0");
  for (const std::string_view refused : {"007", "-01", "00.5", "0xFF", "-0x1", "1e", "1e+", "-"}) {
    EXPECT_EQ(outcome("[" + std::string(refused) + "]"), "number_form at 1") << refused;
  }
  for (const std::string_view word :
       {"1.2.3", "2024-01-15", "50%", "1_000", "12px", "...", "+-1", "01-02-2024"}) {
    EXPECT_EQ(outcome("[" + std::string(word) + "]"), "unquoted_value at 1") << word;
  }
}

TEST(json_repair, removes_odd_spaces_between_tokens) {
  EXPECT_EQ(outcome("\xEF\xBB\xBF[1]"), "[1] whitespace 0");
  EXPECT_EQ(outcome("{\"a\":\u00a01,\u00a0\u00a0}"),
            "{\"a\":1} whitespace 5 trailing_comma 8 whitespace 9 whitespace 11");
  EXPECT_EQ(outcome("[\"\u00a0\"]"), "[\"\u00a0\"]");
  EXPECT_EQ(outcome("[1\u00a0\u00a02]"), "missing_comma at 6");
  EXPECT_EQ(outcome("[\f1]"), "unquoted_value at 1");
}

TEST(json_repair, unwraps_a_string_only_by_option) {
  const std::string_view text = R"( "{\"a\":1}")";
  EXPECT_EQ(outcome(text), text);
  EXPECT_EQ(outcome(text, {.stringified = true}), R"({"a":1} stringified 1)");
  EXPECT_EQ(outcome(R"("[1]")", {.stringified = true}), R"("[1]")");
  EXPECT_EQ(outcome(R"("{a:1}")", {.stringified = true}), R"("{a:1}")");
  EXPECT_EQ(outcome(R"({"x":"{\"a\":1}"})", {.stringified = true}), R"({"x":"{\"a\":1}"})");
  EXPECT_EQ(outcome(R"('{"a":1}')", {.stringified = true}), R"({"a":1} single_quotes 0 stringified 0)");
}

TEST(json_repair, escapes_inner_quotes_only_by_option) {
  const std::string_view text = R"({"a":"say "hi" now"})";
  EXPECT_EQ(outcome(text), "inner_quotes at 10");
  const json::repair_options on{.inner_quotes = true};
  EXPECT_EQ(outcome(text, on), R"({"a":"say \"hi\" now"} inner_quotes 10 inner_quotes 13)");
  EXPECT_EQ(outcome(R"({"a":"b" "c":1})", on), R"({"a":"b", "c":1} missing_comma 8)");
  EXPECT_EQ(outcome("[\"a\"\n\"b\"]", on), "[\"a\",\n\"b\"] missing_comma 4");
  EXPECT_EQ(outcome(R"(["a "b", c"])", on), "unquoted_value at 9");
}

TEST(json_repair, never_guesses) {
  EXPECT_EQ(outcome(""), "empty at 0");
  EXPECT_EQ(outcome(" // x"), "empty at 5");
  EXPECT_EQ(outcome("I cannot answer that."), "unquoted_value at 0");
  EXPECT_EQ(outcome("{\"a\":hello}"), "unquoted_value at 5");
  EXPECT_EQ(outcome("{\"d\":ISODate(\"2024-01-01\")}"), "unquoted_value at 5");
  EXPECT_EQ(outcome("callback({})"), "unquoted_value at 0");
  EXPECT_EQ(outcome("{\"a\":1}{\"a\":2}"), "trailing at 7");
  EXPECT_EQ(outcome("{\"a\":1}}"), "trailing at 7");
  EXPECT_EQ(outcome("[1,,2]"), "missing_value at 3");
  EXPECT_EQ(outcome("{\"a\":,\"b\":1}"), "missing_value at 5");
  EXPECT_EQ(outcome("{\"a\":}"), "missing_value at 5");
  EXPECT_EQ(outcome("{\"a\" 1}"), "missing_colon at 5");
  EXPECT_EQ(outcome("{\"a\"}"), "missing_colon at 4");
  EXPECT_EQ(outcome("{\"a\":[1,2}"), "mismatched_close at 9");
  EXPECT_EQ(outcome("[1}"), "mismatched_close at 2");
  EXPECT_EQ(outcome("{]"), "mismatched_close at 1");
  EXPECT_EQ(outcome("]"), "missing_value at 0");
}

TEST(json_repair, does_not_choose_among_repeated_keys) {
  EXPECT_EQ(outcome(R"({"a":1,"\u0061":2})"), "duplicate_key at 7");
  EXPECT_EQ(outcome(R"({'a':1, /* again */ a:2,})"), "duplicate_key at 20");
  EXPECT_EQ(outcome("{\"x\":1\n\"y\":True\n'x':2}"), "duplicate_key at 16");
  EXPECT_EQ(outcome(R"({"a":1,"a":1}!)"), "trailing at 13");
  EXPECT_EQ(outcome(R"({"a":1,"a":2)"), R"({"a":1} truncated 6)");  // the second one is cut off
  const json::repair_options last{.parse = {.duplicates = json::duplicate_keys::last}};
  EXPECT_EQ(json::repair(R"({"a":1,"a":2,})", last).text, R"({"a":1,"a":2})");
}

TEST(json_repair, keeps_to_the_options_of_the_parser) {
  EXPECT_EQ(outcome("[[1,],]", {.parse = {.max_depth = 1}}), "depth at 1");
  EXPECT_EQ(outcome(std::string(2000, '[')), "depth at 1024");
  const json::repair_options replace{.parse = {.surrogates = json::lone_surrogates::replace}};
  EXPECT_EQ(json::repair(R"(["\ud800",])", replace).text, R"(["\ud800"])");
}

TEST(json_repair, a_repairer_has_the_value_and_keeps_nothing_of_the_last_text) {
  json::repairer repairer;
  EXPECT_TRUE(repairer.repair("{'a':[1,]}"));
  EXPECT_EQ(repairer.value()["a"][0].as_int64(), 1);
  EXPECT_FALSE(repairer.repair("[hello"));
  EXPECT_FALSE(repairer.value().exists());
  const json::repair_result& sound = repairer.repair("[2]");
  EXPECT_TRUE(sound && sound.changes.empty() && sound.text == "[2]");
  EXPECT_EQ(repairer.value()[0].as_int64(), 2);
  EXPECT_EQ(repairer.take().text, "[2]");
  EXPECT_FALSE(repairer.value().exists());
  EXPECT_EQ(repairer.repair("[3").text, "[]");
}

TEST(json_repair, every_beginning_of_a_text_is_repaired_to_its_beginning) {
  const std::string text =
      "{\"k\\u00e9y\": [15, -0, true, \"a\\nb\xC3\xA9\\ud83d\\ude00\"], \"o\": {\"p\": null}}";
  for (std::size_t length = 1; length < text.size(); ++length) {
    const std::string cut = text.substr(0, length);
    const json::repair_result repaired = json::repair(cut);
    ASSERT_TRUE(repaired) << cut;
    ASSERT_EQ(repaired.changes.size(), 1U) << cut;
    EXPECT_EQ(repaired.changes[0].flag, repair_flag::truncated) << cut;
    const std::size_t kept = repaired.changes[0].offset;
    EXPECT_EQ(repaired.text.substr(0, kept), text.substr(0, kept)) << cut;
    EXPECT_EQ(repaired.text.find_first_not_of("\"]}", kept), std::string::npos) << cut;
  }
}

// Each of these takes minutes or for ever when any step is quadratic.
TEST(json_repair, hostile_texts_take_linear_time) {
  const auto many = [](std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
  };
  const json::repair_options all{.non_finite = true,
                                 .inner_quotes = true,
                                 .stringified = true,
                                 .parse = {.max_depth = 1'000'000, .duplicates = json::duplicate_keys::last}};
  const auto fixed = [&](const std::string& text) { return json::repair(text, all).changes.size(); };
  EXPECT_EQ(fixed(many("[", 100'000)), 1U);
  EXPECT_EQ(fixed(many("{a:", 100'000)), 99'999U + 1U);  // the last key goes with its member
  EXPECT_EQ(fixed("[" + many("1,\n/**/", 200'000)), 200'000U);
  EXPECT_EQ(fixed("[" + many("1\n/**/", 200'000)), 200'000U + 199'999U + 1U);
  EXPECT_EQ(fixed("[\"" + many("\"", 1'000'000) + "]"), 999'999U);
  EXPECT_EQ(fixed("[\"" + many("\" x", 300'000) + "\"]"), 300'000U);
  EXPECT_EQ(fixed("{\"a\":\"" + many("\" \xE2\x80\x98 ", 200'000) + "\"}"), 200'000U);
  EXPECT_EQ(fixed("{\"a\":\"" + many("\" 'x ", 200'000) + "\"}"), 200'000U);
  EXPECT_EQ(fixed("[" + many("'',", 300'000) + "]"), 300'001U);
  EXPECT_EQ(fixed("[\"" + many("\\d", 500'000)), 500'001U);
  EXPECT_EQ(fixed("[\"" + many("\n", 500'000)), 500'001U);
  EXPECT_EQ(fixed(many("/**/", 300'000) + "1"), 300'000U);
  EXPECT_EQ(fixed("[1" + std::string(1'000'000, ' ') + ",]"), 1U);
  EXPECT_EQ(fixed("{" + many("a:1\n", 100'000) + "}"), 199'999U);
  EXPECT_EQ(fixed("[" + std::string(1'000'000, '1') + ",+" + std::string(1'000'000, '2') + "]"), 1U);
}

}  // namespace repair_test
