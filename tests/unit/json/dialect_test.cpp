// SPDX-License-Identifier: MIT
#include <evalpp/json/dialect.hpp>

#include <gtest/gtest.h>
#include <string>

namespace dialect_test {

namespace json = evalpp::json;

TEST(json_dialect, has_a_name_and_a_uri) {
  using enum json::dialect;
  for (const json::dialect d : {draft4, draft6, draft7, draft2019_09, draft2020_12, v1}) {
    EXPECT_EQ(json::dialect_of(to_string(d)), d);
    EXPECT_EQ(json::dialect_of(json::uri_of(d)), d);
    EXPECT_EQ(json::dialect_of(std::string(json::uri_of(d)) + "#"), d);
  }
  EXPECT_EQ(json::uri_of(draft7), "http://json-schema.org/draft-07/schema");
  EXPECT_FALSE(json::dialect_of("3"));
  EXPECT_FALSE(json::dialect_of(""));
  EXPECT_FALSE(json::dialect_of("https://json-schema.org/draft-07/schema"));  // as registered: http
}

}  // namespace dialect_test
