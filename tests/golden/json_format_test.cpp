// SPDX-License-Identifier: MIT
// The verdict of every text in json/formats.jsonl, and of every test on formats in the official suite.
#include <evalpp/json/format.hpp>
#include <evalpp/json/parse.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>

namespace golden_json_format_test {

namespace json = evalpp::json;

// Formats whose checker is in this tree.
bool is_built(json::format f) {
#if __has_include(<evalpp/json/regex.hpp>)
  static_cast<void>(f);
  return true;
#else
  return f != json::format::regex;
#endif
}

TEST(json_format, agrees_with_golden) {
  const golden::json_lines rows("json/formats.jsonl");
  if (!rows) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json::value row = rows[i];
    const auto f = json::format_of(row["format"].as_string().value_or(""));
    ASSERT_TRUE(f) << *row["format"].as_string();
    if (!is_built(*f)) continue;
    const std::string_view text = *row["value"].as_string();
    const json::format_check check = json::check_format(*f, text);
    EXPECT_EQ(check.valid, *row["valid"].as_bool()) << to_string(*f) << ": " << text;
    EXPECT_LE(check.offset, text.size());
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

struct draft {
  std::string_view name;
  std::string_view folder;
  bool a_labels;
};

void PrintTo(const draft& d, std::ostream* out) { *out << d.name; }

class json_format_suite : public testing::TestWithParam<draft> {};

// A group of one file. The suite's schemas on formats have no other keyword.
std::size_t check_group(json::value group, bool a_labels) {
  const json::value schema = group["schema"];
  EXPECT_EQ(schema.size(), schema.contains("$schema") ? 2U : 1U);
  const auto f = json::format_of(schema["format"].as_string().value_or(""));
  if (f && !is_built(*f)) return 0;
  for (const json::value test : group["tests"].items()) {
    const auto text = test["data"].as_string();
    const bool valid = !f || !text || json::check_format(*f, *text, a_labels).valid;
    EXPECT_EQ(valid, *test["valid"].as_bool())
        << *schema["format"].as_string() << ": " << *test["description"].as_string();
  }
  return group["tests"].size();
}

TEST_P(json_format_suite, passes) {
  if (suite_directory().empty()) GTEST_SKIP() << "set EVALPP_JSON_SCHEMA_SUITE";
  const auto folder = std::filesystem::path(suite_directory()) / "tests" / GetParam().folder;
  std::size_t tests = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(file.path().filename().string());
    const auto bytes = golden::read_bytes(file.path().string());
    ASSERT_TRUE(bytes);
    const auto groups = json::parse(*bytes);
    ASSERT_TRUE(groups);
    for (const json::value group : groups->root().items()) tests += check_group(group, GetParam().a_labels);
  }
  EXPECT_GT(tests, 200U);
  RecordProperty("tests", static_cast<int>(tests));
}

INSTANTIATE_TEST_SUITE_P(drafts, json_format_suite,
                         testing::Values(draft{"4", "draft4/optional/format", false},
                                         draft{"6", "draft6/optional/format", false},
                                         draft{"7", "draft7/optional/format", true},
                                         draft{"2019_09", "draft2019-09/optional/format", true},
                                         draft{"2020_12", "draft2020-12/optional/format", true},
                                         draft{"v1", "v1/format", true}),
                         [](const auto& one) { return "draft_" + std::string(one.param.name); });

}  // namespace golden_json_format_test
