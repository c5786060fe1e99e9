// SPDX-License-Identifier: MIT
// nst/JSONTestSuite: every y_ file is accepted, every n_ file refused, each i_ file treated as json-semantics
// section 6.2 recommends.
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace golden_json_test_suite_test {

namespace json = evalpp::json;

std::string suite_directory() {
  if (const char* set = std::getenv("EVALPP_JSON_TEST_SUITE"); set != nullptr && *set != '\0') return set;
#ifdef EVALPP_JSON_TEST_SUITE
  return EVALPP_JSON_TEST_SUITE;
#else
  return "";
#endif
}

// The i_ files that are JSON: numbers of any size, and 500 arrays inside one another.
bool is_accepted(std::string_view name) {
  return name.starts_with("i_number_") || name == "i_structure_500_nested_arrays.json";
}

// The faults with which the other i_ files are refused.
bool is_expected(std::string_view name, json::fault fault) {
  if (name == "i_structure_UTF-8_BOM_empty_object.json") return fault == json::fault::bom;
  if (name.find("UTF-16") != name.npos || name.find("utf16") != name.npos)
    return fault == json::fault::bad_token;
  return fault == json::fault::bad_utf8 || fault == json::fault::lone_surrogate;
}

TEST(json_test_suite, verdicts_are_those_of_the_names) {
  const std::string suite = suite_directory();
  if (suite.empty()) {
    GTEST_SKIP() << "set EVALPP_JSON_TEST_SUITE to a checkout of github.com/nst/JSONTestSuite";
  }
  std::error_code none;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(suite + "/test_parsing", none)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  int required = 0, forbidden = 0, free = 0, free_accepted = 0;
  json::parser parser;
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    const auto text = golden::read_bytes(suite + "/test_parsing/" + name);
    ASSERT_TRUE(text);
    const auto parsed = parser.parse(*text);
    if (name.starts_with("y_")) {
      ++required;
      EXPECT_TRUE(parsed);
    } else if (name.starts_with("n_")) {
      ++forbidden;
      EXPECT_FALSE(parsed);
    } else if (name.starts_with("i_")) {
      ++free;
      free_accepted += parsed.has_value();
      EXPECT_EQ(parsed.has_value(), is_accepted(name));
      if (!parsed) {
        EXPECT_TRUE(is_expected(name, parser.report().fault)) << to_string(parser.report().fault);
      }
    }
    if (parsed) {
      const std::string written = json::write(*parsed);
      const auto again = json::parse(written);
      ASSERT_TRUE(again);
      EXPECT_EQ(json::write(again->root()), written);
    }
  }
  // An empty or a changed folder is no success.
  EXPECT_GE(required, 95);
  EXPECT_GE(forbidden, 188);
  EXPECT_GE(free, 35);
  EXPECT_EQ(free_accepted, 11);
}

}  // namespace golden_json_test_suite_test
