// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/hash_index.hpp>
#include <evalpp/json/detail/keyword_check.hpp>
#include <evalpp/json/detail/keywords.hpp>
#include <evalpp/json/detail/metaschemas.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>
#include <vector>

namespace keywords_test {

namespace json = evalpp::json;
namespace detail = evalpp::json::detail;
using json::dialect;

TEST(json_keywords, are_found_by_name_in_their_dialects) {
  for (const detail::keyword_entry& entry : detail::keyword_table) {
    for (const dialect d : {dialect::draft4, dialect::draft6, dialect::draft7, dialect::draft2019_09,
                            dialect::draft2020_12, dialect::v1}) {
      const detail::keyword_entry* const found = detail::find_keyword(entry.name, d);
      EXPECT_EQ(found == &entry, entry.from <= d && d <= entry.until) << entry.name << ' ' << to_string(d);
    }
  }
  for (const char* word : {"", "a", "typ", "types", "Type", "x-type", "$", "minimum "})
    EXPECT_EQ(detail::find_keyword(word, dialect::v1), nullptr);
  EXPECT_EQ(detail::name_of(detail::keyword::id, dialect::draft4), "id");
  EXPECT_EQ(detail::name_of(detail::keyword::id, dialect::draft7), "$id");
}

TEST(json_keywords, vocabularies_switch_them) {
  detail::language only_core{.base = dialect::draft2019_09, .vocabularies = 1};
  EXPECT_TRUE(is_on(*detail::find_keyword("$ref", only_core.base), only_core));
  EXPECT_FALSE(is_on(*detail::find_keyword("minimum", only_core.base), only_core));
  only_core.vocabularies = 3;  // and applicator, which has unevaluated* in 2019-09
  EXPECT_TRUE(is_on(*detail::find_keyword("unevaluatedItems", only_core.base), only_core));
  only_core.base = dialect::draft2020_12;
  EXPECT_FALSE(is_on(*detail::find_keyword("unevaluatedItems", only_core.base), only_core));
}

// The table of shapes and the metaschemas are two writings of one thing: each value of each keyword must be
// judged alike by both.
TEST(json_keywords, shapes_agree_with_the_metaschemas) {
  const char* const values[] = {"null",
                                "true",
                                "0",
                                "1",
                                "2.0",
                                "-1",
                                "1.5",
                                "-0.5",
                                "1e400",
                                "\"\"",
                                "\"string\"",
                                "\"a\"",
                                "\"a b\"",
                                "\"_a\"",
                                "\"a:b\"",
                                "\"#a\"",
                                "[]",
                                "{}",
                                "[\"a\"]",
                                "[\"a\",\"a\"]",
                                "[\"string\"]",
                                "[\"string\",\"string\"]",
                                "[\"string\",\"null\"]",
                                "[1]",
                                "[1,1.0]",
                                "[{}]",
                                "[true]",
                                "[{},5]",
                                "{\"a\":{}}",
                                "{\"a\":true}",
                                "{\"a\":1}",
                                "{\"a\":[\"b\"]}",
                                "{\"a\":[\"b\",\"b\"]}",
                                "{\"a\":[]}",
                                "{\"a\":[1]}",
                                "{\"a\":{\"b\":{}}}",
                                "{\"a\":{\"b\":1}}"};
  for (const dialect d : {dialect::draft4, dialect::draft6, dialect::draft7, dialect::draft2019_09,
                          dialect::draft2020_12, dialect::v1}) {
    json::schema_options options;
    options.assert_format = false;  // a URI or a pattern is looked at where it is used
    const auto metaschema = json::schema::compile(detail::builtin_text(uri_of(d)), options);
    ASSERT_TRUE(metaschema) << to_string(metaschema.error());
    json::validator judge(*metaschema);
    for (const detail::keyword_entry& entry : detail::keyword_table) {
      if (detail::find_keyword(entry.name, d) != &entry) continue;
      // Draft 4's metaschema says nothing of $ref, that of draft 7 nothing of writeOnly in its first edition.
      if (d == dialect::draft4 && entry.word == detail::keyword::ref) continue;
      if (entry.word == detail::keyword::id) continue;  // its fragment is the scan's part
      for (const char* text : values) {
        // By the letter of draft 4 the limit 2.0 is no integer; we take it by value, as later drafts do.
        if (d == dialect::draft4 && entry.shape == detail::shape::count &&
            std::string(text).find_first_of(".e") != std::string::npos)
          continue;
        const auto v = json::parse(text);
        const auto whole =
            json::parse("{\"" + std::string(entry.name) + "\":" + text +
                        (entry.shape == detail::shape::exclusive ? ",\"minimum\":0,\"maximum\":0}" : "}"));
        ASSERT_TRUE(v && whole) << text;
        // What lies inside a subschema is the scan's part: the values hold no faults there.
        EXPECT_EQ(detail::shape_fault(entry, v->root(), d).empty(),
                  judge.check(whole->root()) == json::verdict::valid)
            << entry.name << ' ' << text << " in " << to_string(d);
      }
    }
  }
}

TEST(json_hash_index, finds_what_was_inserted_in_order) {
  detail::hash_index table;
  EXPECT_EQ(table.find(1, [](std::uint32_t) { return true; }), detail::hash_index::nothing);
  for (std::uint32_t i = 0; i < 1000; ++i) table.insert(i % 7, i);  // many with one hash
  for (std::uint32_t i = 0; i < 1000; ++i)
    EXPECT_EQ(table.find(i % 7, [i](std::uint32_t n) { return n == i; }), i);
  EXPECT_EQ(table.find(7, [](std::uint32_t) { return true; }), detail::hash_index::nothing);
  EXPECT_EQ(table.find(3, [](std::uint32_t) { return true; }), 3U);
}

}  // namespace keywords_test
