// SPDX-License-Identifier: MIT
#include <evalpp/json/conforms.hpp>

#include <unit/json/conforms_cases.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conforms_test {

namespace json = evalpp::json;
using conforms_cases::both;
using conforms_cases::mutator;

json::schema compiled(std::string_view text, const json::schema_options& options = {}) {
  auto schema = json::schema::compile(text, options);
  EXPECT_TRUE(schema) << text << '\n' << (schema ? "" : to_string(schema.error()));
  return schema ? std::move(*schema) : *json::schema::compile("false");
}

/// The verdicts as they should be, the same by the document, and with every kernel.
void expect(std::string_view schema_text, std::initializer_list<std::string_view> valid,
            std::initializer_list<std::string_view> invalid, bool single_pass = true) {
  SCOPED_TRACE(std::string(schema_text));
  both checked(compiled(schema_text));
  EXPECT_EQ(checked.single_pass(), single_pass);
  for (const std::string_view text : valid) {
    EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
    EXPECT_TRUE(checked.valid()) << text;
  }
  for (const std::string_view text : invalid) {
    EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
    EXPECT_FALSE(checked.valid()) << text;
  }
}

TEST(conforms, reads_strict_json) {
  expect("true",
         {"0", "-0", "-1.5e+3", " [ ] ", "{}", "\"\"", "null", "true", "false", "[[[]]]",
          "\t{\"a\" :\r\n1}\n", R"("\u00e9\"\\\/\b\f\n\r\t\ud83d\ude00")", "\"\xF0\x9F\x98\x80\"",
          "1e999999999999", "{\"\":{\"\":0}}"},
         {"",
          " ",
          "01",
          "-",
          "1.",
          ".5",
          "1e",
          "1e+",
          "+1",
          "[1,]",
          "[,1]",
          "{,}",
          "{\"a\":1,}",
          "{\"a\"}",
          "{a:1}",
          "nul",
          "nulll",
          "True",
          "\"",
          "\"a",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\t\"",
          "[1 2]",
          "[1",
          "{\"a\":1",
          "1 1",
          "\"\\ud800\"",
          "\"\\udc00\"",
          "\"\\ud800\\u0041\"",
          "\"\xFF\"",
          "\"\xC0\x80\"",
          "\"\xED\xA0\x80\"",
          "\"\xE2\x82\"",
          "\xEF\xBB\xBF{}",
          "[\xC2\xA0]",
          "'a'",
          "// a\n1",
          "NaN",
          "tru e",
          "falsf",
          "\"a\"\""});
  using namespace std::string_view_literals;
  expect("true", {}, {"\0"sv, "1\0"sv, "\"a\0b\""sv, "[1\0]"sv, "{\"a\0\":1}"sv});
}

/// The bytes that stand for names which no pattern can hold.
TEST(conforms, takes_no_pattern_for_a_name) {
  const std::string long_name(40, 'n');
  for (const std::string& schema :
       {std::string("true"), std::string(R"({"properties":{"a":{"type":"integer"}}})"),
        R"({"properties":{")" + long_name +
            R"(":{"type":"integer"},"b":true},"propertyNames":{"minLength":1}})",
        R"({"properties":{")" + long_name +
            R"(":{"type":"integer"},"\"":true},"additionalProperties":false})"}) {
    both checked(compiled(schema));
    for (const std::string_view text : {"{\"\x01"
                                        "X1}",
                                        "{\"\x01\"1}",
                                        "{\"\x01"
                                        "1}",
                                        "{\"\x01:1}", "{\"\x01\":1}",
                                        "{\"a\":1,\"\x01"
                                        "X1}"}) {
      EXPECT_TRUE(checked.agree_on_all_levels(text)) << schema << text;
      EXPECT_FALSE(checked.valid());
    }
  }
}

// Names that no schema knows are forgotten with the object that has them.
TEST(conforms, refuses_repeated_names_around_objects_that_have_them_too) {
  std::string inner = "{", outer = "{\"first\":1";  // so many in the inner ones that the table grows
  for (int i = 0; i < 200; ++i) inner += (i == 0 ? "\"n" : ",\"n") + std::to_string(i) + "\":0";
  inner += '}';
  for (int i = 0; i < 30; ++i) outer += ",\"o" + std::to_string(i) + "\":" + inner;
  for (const char* schema : {"true", R"({"properties":{"x":{"type":"object"}}})"}) {
    expect(schema,
           {R"({"a":{"a":1,"b":{"a":2}},"b":[{"a":1},{"a":1}],"c":3})",
            R"({"x":{"\u0061":1},"\u0061":{"\u0061":1},"b":{"a":2}})", outer + "}"},
           {R"({"a":{"a":1,"b":2},"b":3,"a":4})", R"({"x":{"a":1},"a":{"b":1},"\u0061":4})",
            R"({"o":{"a":1,"b":{"a":1},"a":2}})", outer + ",\"first\":1}", outer + ",\"o29\":1}"});
  }
}

TEST(conforms, refuses_repeated_names_wherever_they_stand) {
  expect("true", {R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]})"},
         {R"({"a":1,"a":1})", R"({"a":1,"\u0061":1})", R"({"\u0061":1,"a":1})",
          R"([{"x":{"a":1,"b":2,"a":3}}])", R"({"é":1,"\u00e9":2})", R"({"":1,"":2})"});
  expect(R"({"properties":{"a":{"type":"integer"},"b":true}})", {R"({"a":1,"b":2,"c":3})"},
         {R"({"a":1,"a":2})", R"({"b":1,"c":1,"b":2})", R"({"c":1,"c":1})", R"({"a":1,"\u0061":2})",
          R"({"c":{"x":1,"x":1}})"});
  // So many that the table grows; and the same names in other objects.
  std::string text = "[";
  for (int round = 0; round < 2; ++round) {
    text += "{";
    for (int i = 0; i < 500; ++i) text += "\"name" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    text += "\"last\":0},";
  }
  both checked(compiled("true"));
  EXPECT_TRUE(checked.agree_on_all_levels(text + "0]"));
  EXPECT_TRUE(checked.valid());
  EXPECT_TRUE(checked.agree_on_all_levels(text.substr(0, text.size() - 2) + ",\"name250\":1}]"));
  EXPECT_FALSE(checked.valid());
}

TEST(conforms, refuses_repeated_names_among_any_number_that_no_schema_knows) {
  both checked(compiled(R"({"properties":{"known":true,"m":{"additionalProperties":{"type":"integer"}}}})"));
  for (std::size_t count = 0; count < 150; count += count < 12 ? 1 : 7) {
    std::string members;
    for (std::size_t i = 0; i < count; ++i) {
      if (i == 5) members += R"("known":{"n0":{},"n1":1},)";
      members += i % 9 == 4 ? R"("\u006e)" + std::to_string(i) + "\":{\"n0\":[1]},"
                            : "\"n" + std::to_string(i) + "\" : 1,";
    }
    const auto with = [&](std::string_view more) {
      return R"({"m":{"n0":1,"n1":2},)" + members + std::string(more) + "}";
    };
    ASSERT_TRUE(checked.agree_on_all_levels(with("\"last\":0"))) << count;
    EXPECT_TRUE(checked.valid()) << count;
    for (const std::size_t twin : {std::size_t{0}, count / 2, count - 1}) {
      if (twin >= count) continue;
      for (const std::string_view n : {"n", "\\u006e"}) {
        const std::string again = "\"" + std::string(n) + std::to_string(twin) + "\":0";
        ASSERT_TRUE(checked.agree_on_all_levels(with(again))) << count << ' ' << again;
        EXPECT_FALSE(checked.valid()) << count << ' ' << again;
        ASSERT_TRUE(checked.agree_on_all_levels("[" + with(again + ",\"behind\":1") + "]")) << count;
        EXPECT_FALSE(checked.valid()) << count << ' ' << again;
      }
    }
  }
}

TEST(conforms, knows_types_and_values) {
  expect(R"({"type":"integer"})", {"1", "-5", "1.0", "10e-1", "1.50e1", "100000000000000000000", "1e400"},
         {"1.5", "1e-1", "\"1\"", "1.00000000000000000000000001", "null"});
  expect(R"({"type":["string","null"]})", {"\"\"", "null"}, {"1", "[]", "{}", "true", "nul"});
  expect(R"({"type":"boolean"})", {"true", "false"}, {"null", "0", "truE"});
  expect(R"({"enum":["red","green\n",1,null,true,2.5,"é"]})",
         {"\"red\"", R"("green\n")", "1", "1.0", "10e-1", "null", "true", "2.50", "\"é\"", R"("\u00e9")",
          R"("\u0072ed")"},
         {"\"rex\"", "\"red \"", "false", "2", "\"\"", "[]", "{}", "3.5"});
  expect(R"({"const":{"a":[1,2]},"type":"object"})", {R"({"a":[1,2]})", R"({"a":[1.0,2e0]})"},
         {R"({"a":[2,1]})", R"({"a":[1,2],"b":1})", "[]"});
  expect(R"({"allOf":[{"enum":["a","b",1]},{"enum":["b",1,"c"]},{"type":"string"}]})", {"\"b\""},
         {"\"a\"", "\"c\"", "1"});
  expect(R"({"enum":[]})", {}, {"1", "null"});
}

TEST(conforms, bounds_numbers_exactly) {
  expect(R"({"minimum":-1.5,"maximum":9007199254740993})",
         {"-1.5", "-1.50000000000000000000000", "9007199254740993", "9007199254740993.0", "-15e-1", "\"x\"",
          "0.1"},
         {"-1.6", "-1.50000000000000000000001", "9007199254740994", "9007199254740993.0000001", "1e400"});
  expect(R"({"exclusiveMinimum":0.1,"exclusiveMaximum":1})",
         {"0.11", "0.99999999", "0.999999999999999999999"},
         {"0.1", "0.10", "1", "1.0", "100e-2", "0.0999999", "-5"});
  expect(R"({"minimum":1e300,"maximum":1e301})", {"1e300", "5e300"},
         {"999999999999999999", "1e302", "-1e300"});
  expect(R"({"minimum":-1e300})", {"-999999999999999999", "0"}, {"-2e300"});
  expect(R"({"multipleOf":3,"minimum":-9})", {"0", "-9", "9", "9.0", "300000000000000000000000"},
         {"1", "-12", "9.5"});
  expect(R"({"multipleOf":0.01})", {"0.07", "19.99", "4"}, {"0.075", "1e-3"});
  expect(R"({"allOf":[{"multipleOf":4},{"multipleOf":6}]})", {"12", "-24"}, {"4", "6", "8"});
  expect(R"({"items":{"type":"number","minimum":0}})", {"[]", "[1,2.5,3e2 , 4]"},
         {"[1,-2]", "[1,]", "[1 2]", "[1,\"a\"]", "[1"});
}

TEST(conforms, measures_strings) {
  expect(R"({"minLength":2,"maxLength":4})",
         {"\"ab\"", "\"äöü\"", R"("\u00e4\ud83d\ude00")", "\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\"", R"("\\\\")",
          "1"},
         {"\"a\"", "\"abcde\"", "\"\xF0\x9F\x98\x80\"", R"("\ud83d\ude00")", R"("\\")"});
  expect(R"({"pattern":"^a+\n?$"})", {"\"aaa\"", R"("a\n")", R"("\u0061")"}, {"\"\"", "\"ab\"", R"("\n")"});
  json::schema_options formats;
  formats.assert_format = true;
  both checked(compiled(R"({"format":"date","pattern":"^2"})", formats));
  for (const std::string_view text :
       {"\"2024-02-29\"", "\"2023-02-29\"", "\"1999-01-01\"", R"("2024\u002d01-01")"}) {
    EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
  }
}

TEST(conforms, checks_objects) {
  expect(R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},
             "required":["a","c"],"additionalProperties":false})",
         {}, {R"({"a":1})", R"({"a":1,"c":2})", "{}"});
  expect(R"({"properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"],
             "additionalProperties":{"type":"null"}})",
         {R"({"a":1})", R"({"b":"x","a":1})", R"({"z":null,"a":1,"y":null})", R"({"\u0061":1})",
          R"({ "a" : 1 })"},
         {R"({"b":"x"})", R"({"a":"x"})", R"({"a":1,"z":0})", R"({"\u0061":""})", R"({"a" 1})",
          R"({"a":1 "b":""})"});
  expect(R"({"minProperties":1,"maxProperties":2})", {R"({"a":1})", R"({"a":1,"b":2})", "[]"},
         {"{}", R"({"a":1,"b":2,"c":3})"});
  expect(
      R"({"patternProperties":{"^x":{"type":"integer"},"y$":{"maximum":5}},"properties":{"xa":{"minimum":2}},
             "additionalProperties":{"type":"string"}})",
      {R"({"xa":3,"xb":1,"xy":4,"zy":5,"q":"s"})"},
      {R"({"xa":1})", R"({"xa":"s"})", R"({"xy":6})", R"({"xy":1.5})", R"({"q":1})", R"({"zy":6})"});
  expect(R"({"propertyNames":{"maxLength":3,"pattern":"^[a-z\u00e9]+$"},"properties":{"abcd":true}})",
         {R"({"abc":1,"é":2,"\u00e9a":1})"}, {R"({"abcd":1})", R"({"A":1})", R"({"":1})"});
  expect(
      R"({"dependentRequired":{"a":["b","c"]},"dependentSchemas":{"d":{"required":["a"],"maxProperties":4}}})",
      {R"({"b":1})", R"({"a":1,"b":2,"c":3})", R"({"d":1,"a":1,"b":2,"c":3})"},
      {R"({"a":1,"b":2})", R"({"d":1})", R"({"d":1,"a":1,"b":2,"c":3,"e":4})"});
  expect(R"({"properties":{"a":false,"":{"type":"null"}}})", {R"({"":null})"}, {R"({"a":1})", R"({"":1})"});
}

TEST(conforms, checks_arrays) {
  expect(
      R"({"prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"null"},"minItems":1,"maxItems":3})",
      {"[1]", "[1,\"a\"]", "[1,\"a\",null]", "{}"},
      {"[]", "[\"a\"]", "[1,2]", "[1,\"a\",3]", "[1,\"a\",null,null]"});
  expect(R"({"prefixItems":[{"type":"integer"}],"items":{"type":"number"}})", {"[1,2.5,3]", "[]"},
         {"[1.5]", "[1,\"a\"]"});
  expect(
      R"({"contains":{"type":"integer","minimum":5},"minContains":2,"maxContains":3,"items":{"type":"number"}})",
      {"[5,1,6]", "[5,6,7,1.5]", "1"}, {"[5,1]", "[]", "[5,6,7,8]", "[5,6,null]"});
  expect(R"({"uniqueItems":true})", {"[1,2,\"1\",[1],{\"a\":1}]", "[]", "{\"a\":1}", "\"aa\""},
         {"[1,1.0]", "[[1],[1]]", R"([{"a":1,"b":2},{"b":2,"a":1}])"});
  expect(R"({"allOf":[{"items":{"minimum":2}},{"prefixItems":[{"maximum":3}],"items":{"maximum":9}}]})",
         {"[3,9]", "[]"}, {"[4]", "[1]", "[3,10]", "[3,1]"});
}

TEST(conforms, merges_schemas_that_apply_together) {
  expect(R"({"allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},
                      {"properties":{"a":{"minimum":3},"b":true},"additionalProperties":false}]})",
         {R"({"a":3})", R"({"b":1,"a":4})"},
         {R"({"a":2})", R"({"a":3.5})", R"({"b":1})", R"({"a":3,"c":1})"});
  expect(R"({"$ref":"#/$defs/n","minimum":1,"$defs":{"n":{"type":"number","allOf":[{"maximum":5}]}}})",
         {"1", "5"}, {"0", "6", "\"a\""});
  expect(R"({"$defs":{"t":{"type":"object","properties":{"v":{"type":"integer"},"l":{"$ref":"#/$defs/t"},
             "r":{"items":{"$ref":"#/$defs/t"}}},"required":["v"],"additionalProperties":false}},"$ref":"#/$defs/t"})",
         {R"({"v":1,"l":{"v":2,"r":[{"v":3}]},"r":[]})"},
         {R"({"v":1,"l":{"v":2,"r":[{"w":3}]}})", R"({"v":1,"r":[{}]})"});
}

TEST(conforms, tells_branches_apart) {
  expect(
      R"({"anyOf":[{"type":"string","minLength":2},{"type":"null"},{"type":"array","items":{"type":"integer"}}]})",
      {"\"ab\"", "null", "[1]"}, {"\"a\"", "true", "[1.5]", "{}", "1"});
  expect(R"({"oneOf":[{"type":"integer"},{"minimum":2}]})", {"1", "2.5", "\"a\""}, {"3", "1.5"});
  expect(R"({"not":{"type":"integer"}})", {"1.5", "\"a\"", "{}"}, {"1", "1.0"});
  expect(
      R"({"if":{"properties":{"k":{"const":"a"}},"required":["k"]},"then":{"required":["x"]},"else":{"required":["y"]}})",
      {R"({"k":"a","x":1})", R"({"k":"b","y":1})", R"({"y":1})"},
      {R"({"k":"a","y":1})", R"({"x":1,"k":"b"})"}, true);
  expect(
      R"({"oneOf":[{"properties":{"t":{"const":"a"},"n":{"type":"integer"}},"required":["t","n"]},
                      {"properties":{"t":{"enum":["b","c"]},"s":{"type":"string"}},"required":["t"]}],
             "properties":{"z":{"type":"null"}}})",
      {R"({"t":"a","n":1})", R"({"n":1,"x":[{"t":"b"}],"t":"a"})", R"({"t":"c","s":"x","n":"y"})",
       R"({"\u0074":"\u0062"})", R"({ "x" : {} , "t" : "b" , "z" : null })"},
      {R"({"t":"a"})", R"({"t":"d"})", R"({"n":1})", R"({"t":1})", R"({"t":"b","s":1})", R"({"t":"b","z":1})",
       "1", R"({"t":"b","t":"b"})", R"({"x":{"q":1,"q":1},"t":"b"})", R"({"x":,"t":"b"})"});
  expect(R"({"anyOf":[{"required":["a"]},{"required":["b"]}],"properties":{"a":{"type":"integer"}}})",
         {R"({"a":1})", R"({"b":1})", R"({"a":1,"b":{}})"}, {"{}", R"({"a":"x","b":1})", R"({"b":1,"b":1})"});
  expect(
      R"({"anyOf":[{"anyOf":[{"const":1},{"type":"object","maxProperties":0}]},{"items":{"not":{"const":2}},"type":"array"}]})",
      {"1", "{}", "[1,3]"}, {"2", "[2]", "{\"a\":1}", "\"\""});
}

TEST(conforms, leaves_the_rest_to_the_document) {
  expect(R"({"properties":{"a":true},"unevaluatedProperties":false})", {R"({"a":1})"}, {R"({"b":1})"}, false);
  expect(R"({"$dynamicRef":"#x","$defs":{"x":{"$dynamicAnchor":"x","type":"integer"}}})", {"1"}, {"\"a\""},
         false);
  json::schema_options content;
  content.assert_content = true;
  both checked(compiled(R"({"contentEncoding":"base64"})", content));
  EXPECT_FALSE(checked.single_pass());
  EXPECT_TRUE(checked.agree_on_all_levels("\"YQ==\"") && checked.valid());
  EXPECT_TRUE(checked.agree_on_all_levels("\"YQ=\"") && !checked.valid());
  EXPECT_TRUE(checked.agree_on_all_levels("\"YQ==\" 1") && !checked.valid());
}

/// Names as long as patterns and longer, names that need escapes, more names than a word has bits.
TEST(conforms, finds_names_of_every_length) {
  for (std::size_t length = 0; length <= 70; ++length) {
    const std::string name(length, 'k');
    both checked(compiled("{\"properties\":{\"" + name + "\":{\"type\":\"integer\"},\"z" + name +
                          "\":{\"type\":\"null\"}},\"required\":[\"" + name +
                          "\"],\"additionalProperties\":false}"));
    ASSERT_TRUE(checked.single_pass());
    for (const std::string& text :
         {"{\"" + name + "\":1}", "{\"z" + name + "\":null,\"" + name + "\" : 2}", "{\"" + name + "k\":1}",
          "{\"" + name + "\":1,\"" + name + "\":1}", "{\"" + name + "\":\"\"}", "{\"" + name + "\\u006b\":1}",
          "{\"" + name + "\n\":1}", "{\"" + name + "\"1:1}"}) {
      EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
    }
    EXPECT_TRUE(checked.agree("{\"" + name + "\":1}") && checked.valid());
  }
  both escaped(
      compiled(R"({"properties":{"a\"b":{"type":"integer"},"\n":{"type":"null"},"\\":{"type":"boolean"}},
                            "additionalProperties":false,"required":["\n"]})"));
  EXPECT_TRUE(escaped.agree_on_all_levels(R"({"a\"b":1,"\n":null,"\\":true})") && escaped.valid());
  EXPECT_TRUE(escaped.agree_on_all_levels(R"({"\u000a":null,"\u005c":false})") && escaped.valid());
  EXPECT_TRUE(escaped.agree_on_all_levels(R"({"\n":null,"\u000A":null})") && !escaped.valid());
  EXPECT_TRUE(escaped.agree_on_all_levels("{\"\n\":null}") && !escaped.valid());
  EXPECT_TRUE(escaped.agree_on_all_levels("{\"\x01\":null}") && !escaped.valid());
}

TEST(conforms, follows_more_than_64_names) {
  for (const int count : {63, 64, 65, 128, 129, 200}) {
    std::string properties, required, document;
    for (int i = 0; i < count; ++i) {
      const std::string name = "\"name_" + std::to_string(i) + "\"";
      properties += name + ":{\"type\":\"integer\"},";
      if (i % 3 == 0) required += name + ",";
      document += name + ":" + std::to_string(i) + ",";
    }
    both checked(
        compiled("{\"properties\":{" + properties + "\"o\":{\"$ref\":\"#\"}},\"required\":[" + required +
                 "\"name_1\"],\"additionalProperties\":false,\"dependentRequired\":{\"o\":[\"name_2\"]}}"));
    ASSERT_TRUE(checked.single_pass());
    const auto look = [&](const std::string& text, bool valid) {
      EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
      EXPECT_EQ(checked.valid(), valid) << text;
    };
    const std::string whole = "{" + document.substr(0, document.size() - 1) + "}";
    look(whole, true);
    look("{" + document + "\"o\":" + whole + "}", true);
    look("{" + document + "\"o\":{}}", false);
    look("{" + document + "\"name_62\":1}", false);
    look("{" + document + "\"name_" + std::to_string(count - 1) + "\":1}", false);
    for (int i = 0; i < count; ++i) {
      const std::string member = "\"name_" + std::to_string(i) + "\":" + std::to_string(i) + ",";
      std::string without = "{" + document + "\"o\":" + whole + "}";
      without.erase(without.find(member), member.size());
      look(without, i % 3 != 0 && i != 1 && i != 2);
    }
  }
}

/// Every token at every place in a block of 64 bytes, and cut off there.
TEST(conforms, does_not_care_where_blocks_begin) {
  both checked(compiled(R"({"type":"object","properties":{"name":{"type":"string","maxLength":40},
      "count":{"type":"integer","minimum":-5},"ratio":{"type":"number"},"list":{"items":{"type":"number"}},
      "text":{"enum":["alpha","beta"]}},"required":["name"],"additionalProperties":{"type":"boolean"}})"));
  const std::string document =
      "{\"name\": \"\xC3\xA4 long \\u00e9 \\\"name\\\" \xF0\x9F\x98\x80\",\n  \"count\" : -3, "
      "\"ratio\":1.25e2,"
      "\"list\":[1,2.5,-0.75,123456789012345678901,1e5],\"text\":\"beta\",\"other\":true,\"further "
      "name\":false}";
  for (std::size_t shift = 0; shift < 64; ++shift) {
    const std::string text = std::string(shift, ' ') + document;
    EXPECT_TRUE(checked.agree_on_all_levels(text) && checked.valid()) << shift;
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      EXPECT_TRUE(checked.agree(text.substr(0, cut))) << shift << ' ' << cut;
    }
    for (std::size_t length = 0; length < 70; ++length) {
      for (const char* inside : {"", "\"", "\\", "\n", "\x80", "\xC3\xA9", "\\n", "\x7F", "\x1F"}) {
        std::string with = std::string(shift, '\n') + "{\"name\":\"" + std::string(length, 'x');
        with += inside;
        EXPECT_TRUE(checked.agree_on_all_levels(with + "yz\"}")) << with;
      }
    }
  }
  for (std::size_t digits = 1; digits < 80; ++digits) {
    for (const char* tail : {"", ".", ".0", ".5", "e1", "e-1", ".5e1", "e", "."}) {
      EXPECT_TRUE(
          checked.agree_on_all_levels("{\"name\":\"\",\"count\":" + std::string(digits, '7') + tail + "}"));
      EXPECT_TRUE(checked.agree_on_all_levels("{\"name\":\"\",\"count\":-0." + std::string(digits, '0') +
                                              tail + "}"));
      EXPECT_TRUE(checked.agree_on_all_levels("{\"name\":\"\",\"list\":[" + std::string(digits, '1') + tail +
                                              ", 2]}"));
    }
  }
}

TEST(conforms, is_bounded) {
  const auto nested = [](std::size_t depth, const std::string& inner) {
    return std::string(depth, '[') + inner + std::string(depth, ']');
  };
  both any(compiled("true"));
  EXPECT_TRUE(any.agree_on_all_levels(nested(1024, "")) && any.valid());
  EXPECT_TRUE(any.agree_on_all_levels(nested(1025, "")) && !any.valid());
  EXPECT_TRUE(any.agree_on_all_levels(std::string(100'000, '[')) && !any.valid());
  EXPECT_TRUE(any.agree_on_all_levels(std::string(1'000'000, '7')) && any.valid());
  // Deeper than the engine follows.
  both chained(compiled(
      R"({"$defs":{"a":{"allOf":[{"allOf":[{"allOf":[{"allOf":[{"items":{"$ref":"#/$defs/a"}}]}]}]}]}},
                            "$ref":"#/$defs/a"})"));
  ASSERT_TRUE(chained.single_pass());
  for (const std::size_t depth : {10U, 600U, 800U, 820U, 1000U, 1024U, 1025U}) {
    EXPECT_TRUE(chained.agree_on_all_levels(nested(depth, "1"))) << depth;
  }
  // Branches that recurse and cannot be told apart.
  both unions(compiled(R"({"$defs":{"e":{"anyOf":[
      {"type":"object","properties":{"l":{"$ref":"#/$defs/e"},"x":{"type":"integer"}},"required":["l","x"]},
      {"type":"object","properties":{"l":{"$ref":"#/$defs/e"},"x":{"type":"string"}},"required":["l"]},
      {"type":"integer"}]}},"$ref":"#/$defs/e"})"));
  ASSERT_TRUE(unions.single_pass());
  std::string deep = "1";
  for (int i = 0; i < 200; ++i) {
    deep = "{\"l\":" + deep + "}";
    EXPECT_TRUE(unions.agree_on_all_levels(deep));
    EXPECT_TRUE(unions.valid());
  }
  // A limit that is lower than usual.
  both limited(compiled(R"({"items":{"anyOf":[{"type":"integer"},{"minimum":5}]}})"),
               {.max_depth = 5, .max_steps = 100});
  for (const char* text : {"[1,2,3]", "[1.5]", "[5.5]", "[[[[[[[[1]]]]]]]]"})
    EXPECT_TRUE(limited.agree_on_all_levels(text));
}

TEST(conforms, gives_up_the_single_pass_where_texts_are_read_again_and_again) {
  const auto conditions = [](int count) {
    std::string schema = R"({"properties":{"n":{"maximum":5}},"allOf":[)";
    for (int i = 0; i < count; ++i)
      schema += std::string(i == 0 ? "" : ",") + R"({"if":{"required":["x)" + std::to_string(i) +
                R"("]},"then":false})";
    return schema + "]}";
  };
  std::string text = R"({"long":[0)";
  for (int i = 0; i < 100; ++i) text += "," + std::to_string(i);
  for (const auto& [count, gives_up] : {std::pair(4, false), std::pair(20, true)}) {
    both checked(compiled(conditions(count)));
    ASSERT_TRUE(checked.single_pass());
    for (int round = 0; round < 200; ++round) {
      EXPECT_TRUE(checked.agree_on_all_levels(text + R"(],"n":5})") && checked.valid());
      EXPECT_TRUE(checked.agree_on_all_levels(text + R"(],"n":6})") && !checked.valid());
      EXPECT_TRUE(checked.agree_on_all_levels(text + R"(],"x3":6})") && !checked.valid());
    }
    EXPECT_EQ(checked.single_pass(), !gives_up);
  }
}

TEST(conforms, keeps_what_it_says_from_text_to_text) {
  const json::schema schema = compiled(R"({"type":"object","required":["name"]})");
  json::conformance_checker checker(schema);
  EXPECT_TRUE(checker.single_pass());
  EXPECT_TRUE(checker.conforms(R"({"name":1})"));
  EXPECT_FALSE(checker.conforms(R"({"nam":1})"));
  EXPECT_EQ(checker.check("{"), json::verdict::invalid);
  EXPECT_TRUE(schema.conforms(R"({"name":1})"));
  EXPECT_FALSE(schema.conforms(R"({"name":1,"name":1})"));
  EXPECT_FALSE(schema.conforms(std::string_view()));
}

/// Tens of thousands of texts that are almost right.
TEST(conforms, agrees_with_the_document) {
  struct example {
    std::string_view schema;
    std::vector<std::string_view> texts;
  };
  const example examples[] = {
      {R"({"type":"object","properties":{"id":{"type":"integer","minimum":0},"name":{"type":"string","minLength":1,
           "maxLength":20},"email":{"type":"string","pattern":"^[^@]+@[^@]+$"},"score":{"type":"number","minimum":0,
           "maximum":1},"tags":{"type":"array","items":{"type":"string"},"maxItems":5,"uniqueItems":true},
           "kind":{"enum":["a","b","longer value with many bytes in it"]},"address":{"type":["object","null"],
           "properties":{"street":{"type":"string"},"zip":{"type":"string","pattern":"^\\d{5}$"}},
           "required":["street"],"additionalProperties":false}},"required":["id","name"],
           "additionalProperties":false})",
       {R"({"id":1,"name":"Ada","email":"a@b","score":0.25,"tags":["x","y"],"kind":"a","address":{"street":"s","zip":"12345"}})",
        "{\n  \"id\": 12,\n  \"name\": \"\xC3\x84\",\n  \"address\": null,\n  \"kind\": \"longer value with "
        "many bytes in it\"\n}",
        R"({"name": "\u00e9\ud83d\ude00", "id": 3, "tags": [], "score": 1.0})"}},
      {R"({"$defs":{"e":{"oneOf":[{"type":"object","properties":{"op":{"enum":["add","mul"]},"args":{"type":"array",
           "items":{"$ref":"#/$defs/e"},"minItems":1}},"required":["op","args"],"additionalProperties":false},
           {"type":"object","properties":{"op":{"const":"neg"},"arg":{"$ref":"#/$defs/e"}},"required":["op","arg"]},
           {"type":"number"},{"type":"string","maxLength":3}]}},"$ref":"#/$defs/e"})",
       {R"({"op":"add","args":[1,{"op":"neg","arg":"x"},{"args":[2.5],"op":"mul"}]})",
        R"({"arg":{"op":"neg","arg":-1},"op":"neg"})"}},
      {R"({"anyOf":[{"properties":{"a":{"type":"integer"},"b":{"items":{"minimum":2}}},"required":["a"]},
           {"properties":{"a":{"type":"string"}},"minProperties":2,"propertyNames":{"maxLength":2}}],
           "not":{"required":["zz"]},"if":{"required":["b"]},"then":{"properties":{"b":{"contains":{"const":3}}}}})",
       {R"({"a":1,"b":[3,4]})", R"({"a":"1","c":[{"a":1,"b":2}]})", R"({"a":1,"b":[2,3,5,7],"c":"d"})"}},
      {R"({"type":"array","items":{"type":"number","exclusiveMinimum":-100,"maximum":1e3,"multipleOf":0.5}})",
       {"[1,2.5,-99.5,1000,0.50,1e2]", "[ 1.5 , 2 ,\n3.0 ]"}},
      {R"({"patternProperties":{"^a":{"type":"integer"},"b$":{"minimum":3}},"additionalProperties":{"type":"string"},
           "dependentRequired":{"a":["b"]},"minProperties":1,"maxProperties":4,"prefixItems":[{"const":1},true]})",
       {R"({"a":3,"b":4,"ab":5,"c":"x"})", R"([1,{"a":1}])", R"({"x":"\u0061"})"}},
      {"true", {R"({"a":{"b":[1,2,{"c":null}],"d":"e"},"f":[true,false],"g":-1.5e-3})", "[[],{},\"\",0]"}},
      {R"({"enum":[1,"a",null,[1,{"x":2}],{"k":"v","l":[]},1.5,1e2,"é"]})",
       {"1", "\"a\"", "[1,{\"x\":2}]", R"({"l":[],"k":"v"})", "100", "\"é\"", R"("\u00e9")"}},
      {R"({"$schema":"http://json-schema.org/draft-04/schema#","type":"object","properties":{"a":{"type":"integer",
           "maximum":10,"exclusiveMaximum":true},"b":{"type":"array","items":[{"type":"string"}],"additionalItems":false}},
           "dependencies":{"a":{"required":["b"]}}})",
       {R"({"a":9,"b":["x"]})", R"({"b":[]})", R"({"a":1,"b":["y"],"c":1.0})"}},
  };
  std::size_t valid = 0;
  std::size_t invalid = 0;
  std::uint64_t seed = 1;
  for (const example& each : examples) {
    both checked(compiled(each.schema));
    ASSERT_TRUE(checked.single_pass()) << each.schema;
    mutator changes(seed++);
    for (const std::string_view text : each.texts) {
      EXPECT_TRUE(checked.agree_on_all_levels(text)) << text;
      EXPECT_TRUE(checked.valid()) << each.schema << '\n' << text;
      for (int i = 0; i < 3000; ++i) {
        const std::string changed = changes.change(std::string(text));
        ASSERT_TRUE(checked.agree_on_all_levels(changed)) << each.schema << '\n' << changed;
        ++(checked.valid() ? valid : invalid);
      }
    }
  }
  EXPECT_GT(valid, 3000U);
  EXPECT_GT(invalid, 20'000U);
}

}  // namespace conforms_test
