// SPDX-License-Identifier: MIT
#include <evalpp/json/schema_digest.hpp>

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>

namespace schema_digest_test {

namespace json = evalpp::json;

std::string digest(std::string_view text, const json::schema_options& options = {}) {
  const auto schema = json::schema::compile(text, options);
  EXPECT_TRUE(schema) << to_string(schema.error());
  return json::schema_digest(*schema);
}

TEST(schema_digest, tells_schemas_apart_and_not_their_layout) {
  EXPECT_EQ(digest(R"({"type":"object"})"), digest("{ \"type\" :\n\"object\" }"));
  EXPECT_NE(digest(R"({"type":"object"})"), digest(R"({"type":"array"})"));
  EXPECT_EQ(digest("{}").substr(0, 8), "2020-12/");
  EXPECT_EQ(digest("{}").size(), 8U + 16U);
  EXPECT_EQ(digest(R"({"$schema":"http://json-schema.org/draft-04/schema#"})").substr(0, 2), "4/");
}

TEST(schema_digest, options_and_loaded_documents_count) {
  const std::string_view dates = R"({"format":"date"})";
  EXPECT_NE(digest(dates), digest(dates, {.assert_format = true}));
  EXPECT_NE(digest("{}"), digest("{}", {.default_dialect = json::dialect::draft7}));
  EXPECT_EQ(digest("{}", {.base_uri = "file:///a/s.json"}), digest("{}", {.base_uri = "file:///b/s.json"}));
  std::string other = R"({"type":"string"})";
  const auto loader = [&](std::string_view) -> std::optional<std::string> { return other; };
  const std::string_view refers = R"({"$ref":"urn:other"})";
  const std::string before = digest(refers, {.loader = loader});
  EXPECT_EQ(digest(refers, {.loader = loader}), before);
  other = R"({"type":"number"})";
  EXPECT_NE(digest(refers, {.loader = loader}), before);
}

}  // namespace schema_digest_test
