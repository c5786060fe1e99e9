// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/schema.hpp>

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// Tables of schemas, values and verdicts.
namespace schema_cases {

namespace json = evalpp::json;

inline json::document parsed(std::string_view text) {
  auto document = json::parse(text);
  EXPECT_TRUE(document) << text;
  return document ? std::move(*document) : json::document{};
}

inline json::schema_options draft(json::dialect d) {
  json::schema_options options;
  options.default_dialect = d;
  return options;
}

/// Values that fit a schema and values that do not. `validate` must agree with `check`, and say why.
inline void expect(std::string_view schema_text, std::initializer_list<std::string_view> valid,
                   std::initializer_list<std::string_view> invalid,
                   const json::schema_options& options = {}) {
  SCOPED_TRACE(std::string(schema_text));
  const auto schema = json::schema::compile(schema_text, options);
  ASSERT_TRUE(schema) << to_string(schema.error());
  json::validator validator(*schema);
  const auto one = [&](std::string_view text, bool fits) {
    const json::document document = parsed(text);
    EXPECT_EQ(validator.check(document.root()), fits ? json::verdict::valid : json::verdict::invalid) << text;
    const json::validation report = validator.validate(document.root());
    EXPECT_EQ(report.valid, fits) << text;
    EXPECT_EQ(report.errors.empty(), fits) << text;
    EXPECT_GE(report.errors_total, report.errors.size());
  };
  for (const std::string_view text : valid) one(text, true);
  for (const std::string_view text : invalid) one(text, false);
}

inline json::verdict check(json::validator& validator, std::string_view text) {
  const json::document document = parsed(text);
  return validator.check(document.root());
}

/// The text of the error of a schema that must not compile.
inline std::string fault(std::string_view schema_text, const json::schema_options& options = {}) {
  const auto schema = json::schema::compile(schema_text, options);
  EXPECT_FALSE(schema) << schema_text;
  return schema ? std::string() : to_string(schema.error());
}

}  // namespace schema_cases
