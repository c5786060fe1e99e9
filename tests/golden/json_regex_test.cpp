// SPDX-License-Identifier: MIT
// Every pattern of json/regex.jsonl, regex_syntax.jsonl and regex_long.jsonl, and the files of the official
// suite that are about regular expressions.
#include <evalpp/json/regex.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace golden_json_regex_test {

namespace json = evalpp::json;
using json::regex_verdict;

TEST(json_regex, matches_as_golden_does) {
  const golden::json_lines rows("json/regex.jsonl");
  if (!rows) return;
  json::regex::scratch scratch;  // one for all: what it keeps from one pattern must not show in the next
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(*rows[i]["id"].as_string());
    const auto compiled = json::regex::compile(*rows[i]["pattern"].as_string(), {.annex_b = false});
    ASSERT_TRUE(compiled) << to_string(compiled.error());
    const regex_verdict expected = *rows[i]["match"].as_bool() ? regex_verdict::yes : regex_verdict::no;
    EXPECT_EQ(compiled->search(*rows[i]["input"].as_string(), scratch), expected);
  }
}

TEST(json_regex, accepts_what_golden_accepts) {
  const golden::json_lines rows("json/regex_syntax.jsonl");
  if (!rows) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(*rows[i]["id"].as_string());
    const std::string_view pattern = *rows[i]["pattern"].as_string();
    const bool strict = *rows[i]["valid_u"].as_bool();
    EXPECT_EQ(json::regex::compile(pattern, {.annex_b = false}).has_value(), strict);
    const auto lenient = json::regex::compile(pattern);
    EXPECT_EQ(lenient.has_value(), strict || *rows[i]["valid_annexb"].as_bool());
    EXPECT_EQ(lenient && lenient->used_annex_b(), lenient && !strict);
  }
}

TEST(json_regex, long_inputs_end_and_agree_with_golden) {
  const golden::json_lines rows("json/regex_long.jsonl");
  if (!rows) return;
  json::regex::scratch scratch;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(*rows[i]["id"].as_string());
    std::string text(*rows[i]["prefix"].as_string());
    for (std::int64_t n = *rows[i]["count"].as_int64(); n > 0; --n) text += *rows[i]["repeat"].as_string();
    text += *rows[i]["suffix"].as_string();
    ASSERT_EQ(static_cast<std::int64_t>(text.size()), rows[i]["input_bytes"].as_int64());
    const auto compiled = json::regex::compile(*rows[i]["pattern"].as_string());
    ASSERT_TRUE(compiled) << to_string(compiled.error());
    const regex_verdict expected = *rows[i]["match"].as_bool() ? regex_verdict::yes : regex_verdict::no;
    EXPECT_EQ(compiled->search(text, scratch), expected);
  }
}

std::string suite_directory() {
  if (const char* set = std::getenv("EVALPP_JSON_SCHEMA_SUITE"); set != nullptr && *set != '\0') return set;
#ifdef EVALPP_JSON_SCHEMA_SUITE
  return EVALPP_JSON_SCHEMA_SUITE;
#else
  return "";
#endif
}

/// The verdict of the schemas that these files hold: `pattern`, `patternProperties` (with or without
/// `additionalProperties: false`, of integers) or `format: regex`.
bool valid(json::value schema, json::value instance) {
  json::regex::scratch scratch;
  const auto found = [&](std::string_view pattern, std::string_view text) {
    const auto compiled = json::regex::compile(pattern);
    EXPECT_TRUE(compiled) << pattern;
    return compiled && compiled->search(text, scratch) == regex_verdict::yes;
  };
  if (const auto text = instance.as_string()) {
    if (schema["format"].as_string() == "regex") {
      return json::regex::compile(*text, {.annex_b = false}).has_value();
    }
    const auto pattern = schema["pattern"].as_string();
    return !pattern || found(*pattern, *text);
  }
  for (const auto member : instance.members()) {
    bool known = false;
    for (const auto [pattern, rule] : schema["patternProperties"].members()) {
      if (!found(pattern, member.key)) continue;
      known = true;
      if (rule["type"].as_string() == "integer" && !member.value.as_int64()) return false;
    }
    if (!known && schema["additionalProperties"].as_bool() == false) return false;
  }
  return true;
}

TEST(json_regex, suite_files) {
  const std::string suite = suite_directory();
  if (suite.empty()) GTEST_SKIP() << "EVALPP_JSON_SCHEMA_SUITE is not set";
  std::size_t tests = 0;
  for (const std::string draft : {"draft4", "draft6", "draft7", "draft2019-09", "draft2020-12", "v1"}) {
    const std::string formats = draft == "v1" ? "format/" : "optional/format/";
    for (const std::string& name :
         {std::string("optional/ecmascript-regex.json"), std::string("optional/non-bmp-regex.json"),
          formats + "ecmascript-regex.json", formats + "regex.json"}) {
      std::string path = suite;
      path.append("/tests/").append(draft).append("/").append(name);
      const auto bytes = golden::read_bytes(path);
      if (!bytes) continue;  // not every draft has every file
      const auto groups = json::parse(*bytes);
      ASSERT_TRUE(groups) << path;
      for (const json::value group : groups->root().items()) {
        for (const json::value test : group["tests"].items()) {
          EXPECT_EQ(valid(group["schema"], test["data"]), test["valid"].as_bool())
              << path << ": " << *group["description"].as_string() << ": "
              << *test["description"].as_string();
          ++tests;
        }
      }
    }
  }
  EXPECT_GT(tests, 400U);
}

}  // namespace golden_json_regex_test
