// SPDX-License-Identifier: MIT
// Keywords about one value: type, enum, const, numbers, strings.
#include "unit/json/schema_cases.hpp"

namespace schema_values_test {

using namespace schema_cases;
using json::dialect;

TEST(json_schema, type) {
  expect(R"({"type":"integer"})", {"1", "1.0", "1e3", "-0", "1e400", "10e-1"},
         {"1.5", "\"1\"", "null", "true", "[]", "{}", "1e-1"});
  expect(R"({"type":"number"})", {"1", "1.5", "1e-400"}, {"\"1\"", "true", "null"});
  expect(R"({"type":"string"})", {"\"\""}, {"1", "null"});
  expect(R"({"type":"boolean"})", {"true", "false"}, {"0", "\"true\"", "null"});
  expect(R"({"type":"null"})", {"null"}, {"false", "0", "\"\""});
  expect(R"({"type":"array"})", {"[]"}, {"{}"});
  expect(R"({"type":"object"})", {"{}"}, {"[]"});
  expect(R"({"type":["string","null"]})", {"\"\"", "null"}, {"1", "[]"});
}

TEST(json_schema, type_integer_of_draft_4_goes_by_the_text) {
  expect(R"({"type":"integer"})", {"1", "-12345678901234567890"}, {"1.0", "1e3"}, draft(dialect::draft4));
  expect(R"({"type":"number"})", {"1", "1.0", "1e3"}, {"\"\""}, draft(dialect::draft4));
}

TEST(json_schema, enum_) {
  expect(R"({"enum":[1,"a",null,[1],{"x":1,"y":2}]})",
         {"1", "1.0", "\"a\"", "null", "[1.0]", R"({"y":2,"x":1})"},
         {"2", "\"A\"", "false", "[]", "[1,1]", R"({"x":1})", "true"});
  expect(R"({"enum":[]})", {}, {"null", "1"});
  expect(R"({"enum":[0]})", {"0", "-0", "0.0"}, {"false", "\"\""});
}

TEST(json_schema, const_) {
  expect(R"({"const":{"a":[1]}})", {R"({"a":[1.0]})"}, {R"({"a":[2]})", "1"});
  expect(R"({"const":null})", {"null"}, {"0", "false"});
  expect(R"({"const":9007199254740993})", {"9007199254740993", "9007199254740993.0"}, {"9007199254740992"});
  expect(R"({"const":1})", {"2"}, {}, draft(dialect::draft4));
}

TEST(json_schema, limits_of_numbers) {
  expect(R"({"minimum":1.1})", {"1.1", "1.10", "2", "\"0\""},
         {"1.09", "1", "-3", "1.0999999999999999999999"});
  expect(R"({"maximum":3})", {"3", "3.0", "-1e400", "null"}, {"3.0000000000000000000001", "4", "1e400"});
  expect(R"({"exclusiveMinimum":0})", {"1", "1e-400"}, {"0", "-0.0", "-1"});
  expect(R"({"exclusiveMaximum":-1.5})", {"-2", "-1.51"}, {"-1.5", "-1"});
  expect(R"({"minimum":-2,"exclusiveMinimum":-2,"maximum":2,"exclusiveMaximum":3})", {"-1", "2"},
         {"-2", "2.5", "3"});
  expect(R"({"minimum":9007199254740993})", {"9007199254740993", "1e16"}, {"9007199254740992"});
  expect(R"({"maximum":1e300})", {"1e300", "10e299"}, {"1e301", "1000000000000000000000000000000e271"});
  expect(R"({"minimum":-1.5})", {"-1", "-1.5"}, {"-2"});
}

TEST(json_schema, exclusive_limits_of_draft_4_are_modifiers) {
  expect(R"({"minimum":1,"exclusiveMinimum":true})", {"2"}, {"1", "0"}, draft(dialect::draft4));
  expect(R"({"maximum":1,"exclusiveMaximum":false})", {"1"}, {"2"}, draft(dialect::draft4));
  EXPECT_NE(fault(R"({"maximum":1,"exclusiveMaximum":true})").find("draft 4"), std::string::npos);
}

TEST(json_schema, multiple_of) {
  expect(R"({"multipleOf":0.01})", {"0", "1", "19.99", "4.35"}, {"0.001", "19.995"});
  expect(R"({"multipleOf":7})", {"49", "-7", "7e1", "7000000000000000000000000"},
         {"1", "7.5", "7000000000000000000000001"});
  expect(R"({"multipleOf":1e-8})", {"12391239123", "1e308"}, {"1e-9"});
  expect(R"({"multipleOf":0.123456789})", {}, {"1e308"});
}

TEST(json_schema, length_is_in_code_points) {
  expect(R"({"minLength":2,"maxLength":3.0})", {R"("ab")", R"("\u00e9\ud83d\ude00")", R"("abc")", "1"},
         {R"("a")", R"("\ud83d\ude00")", R"("abcd")"});
  expect(R"({"maxLength":2})", {R"("\ud83d\ude00\ud83d\ude00")"},
         {R"("\ud83d\ude00\ud83d\ude00\ud83d\ude00")"});
  expect(R"({"maxLength":1e400})", {"\"abc\""}, {});
}

TEST(json_schema, pattern) {
  expect(R"({"pattern":"^a+$"})", {"\"aaa\"", "1"}, {"\"baaa\"", "\"\"", R"("aaa\n")"});
  expect(R"({"pattern":"b"})", {"\"abc\""}, {"\"ac\""});
  expect(R"({"pattern":"^\\p{Letter}{2}$"})", {R"("\u00e9\u00df")"}, {"\"1a\""});
  EXPECT_NE(fault(R"({"properties":{"x":{"pattern":"a("}}})").find("\"/properties/x/pattern\""),
            std::string::npos);
  const auto lenient = json::schema::compile(R"({"pattern":"\\-"})");
  ASSERT_TRUE(lenient);
  ASSERT_FALSE(lenient->warnings().empty());
  EXPECT_EQ(lenient->warnings()[0].kind, json::schema_warning_kind::pattern_annexb);
  json::schema_options strict;
  strict.lenient_patterns = false;
  fault(R"({"pattern":"\\-"})", strict);
}

TEST(json_schema, format_is_an_annotation_unless_asked_for) {
  expect(R"({"format":"date"})", {"\"no\"", "1"}, {});
  json::schema_options assert_it;
  assert_it.assert_format = true;
  expect(R"({"format":"date"})", {"\"2024-02-29\"", "1"}, {"\"2023-02-29\""}, assert_it);
  expect(R"({"format":"what is this"})", {"\"no\""}, {}, assert_it);
  expect(R"({"format":"ipv4"})", {"\"1.2.3.4\""}, {"\"1.2.3\""}, draft(dialect::v1));
  json::schema_options never = draft(dialect::v1);
  never.assert_format = false;
  expect(R"({"format":"ipv4"})", {"\"1.2.3\""}, {}, never);
}

TEST(json_schema, content_is_an_annotation_unless_asked_for) {
  const char* const schema =
      R"({"contentEncoding":"base64","contentMediaType":"application/json","contentSchema":{"required":["a"]}})";
  expect(schema, {"\"no\""}, {});
  json::schema_options assert_it;
  assert_it.assert_content = true;
  expect(schema, {"\"eyJhIjoxfQ==\"", "1"},
         {"\"eyJhIjoxfQ\"", "\"eyJiIjoxfQ==\"", "\"e30=\"", "\"_w==\"", "\"eyJhIjox\""}, assert_it);
  expect(R"({"contentEncoding":"base64"})", {"\"\"", "\"AA==\"", "\"AAA=\"", "\"AAAA\""},
         {"\"A===\"", "\"AA=A\"", "\"====\"", "\"A\""}, assert_it);
}

}  // namespace schema_values_test
