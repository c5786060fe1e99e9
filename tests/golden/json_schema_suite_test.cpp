// SPDX-License-Identifier: MIT
// The official test suite, all of the six dialects, nothing left out; and the suite of what it does not see.
#include <evalpp/json/output.hpp>
#include <evalpp/json/pointer.hpp>

#include "golden/golden.hpp"

#include "../../examples/evalpp/schema_suite.cpp"

#include <evalpp/json/write.hpp>

#include <unit/json/conforms_cases.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdlib>
#include <string>

namespace golden_json_schema_suite_test {

namespace json = evalpp::json;

std::string suite_directory() {
  if (const char* set = std::getenv("EVALPP_JSON_SCHEMA_SUITE"); set != nullptr && *set != '\0') return set;
#ifdef EVALPP_JSON_SCHEMA_SUITE
  return EVALPP_JSON_SCHEMA_SUITE;
#else
  return "";
#endif
}

/// The list of errors and the tree of the whole evaluation must agree with the verdict.
void look_closer(const json::schema& schema, json::value data, json::verdict verdict) {
  const bool valid = verdict == json::verdict::valid;
  const json::validation report = schema.validate(data);
  EXPECT_EQ(report.valid, valid);
  EXPECT_EQ(report.errors.empty(), valid);
  for (const json::schema_error& e : report.errors) {
    EXPECT_TRUE(json::resolve_pointer(data, e.instance_location).exists()) << e.instance_location;
    EXPECT_FALSE(e.message.empty());
    EXPECT_FALSE(e.keyword.empty());
  }
  const auto tree = json::output(schema, data, json::output_form::hierarchical);
  ASSERT_TRUE(tree);
  const auto parsed = json::parse(*tree);
  ASSERT_TRUE(parsed) << *tree;
  EXPECT_EQ(parsed->root()["valid"].as_bool(), valid) << *tree;
}

std::size_t expect_all(const std::string& directory, json::dialect dialect) {
  std::string error;
  const auto result = evalpp::cli::run_suite(directory, dialect, error, look_closer);
  EXPECT_TRUE(result) << error;
  if (!result) return 0;
  for (const auto& failure : result->failed) {
    ADD_FAILURE() << failure.file << ": " << failure.group << ": " << failure.test << ": expected "
                  << (failure.expected ? "valid" : "invalid") << ' ' << failure.reason;
  }
  return result->passed;
}

class json_schema_suite : public testing::TestWithParam<json::dialect> {};

TEST_P(json_schema_suite, passes_without_exception) {
  const std::string directory = suite_directory();
  if (directory.empty()) GTEST_SKIP() << "set EVALPP_JSON_SCHEMA_SUITE";
  constexpr std::size_t counts[] = {937, 1270, 1721, 2174, 2225, 2216};
  EXPECT_EQ(expect_all(directory, GetParam()), counts[static_cast<std::size_t>(GetParam())]);
}

TEST_P(json_schema_suite, passes_its_gaps) {
  if (!golden::full()) GTEST_SKIP() << "set EVALPP_GOLDEN_DIR";
  EXPECT_GT(expect_all(golden::path("json/suite-gaps"), GetParam()), 0U);
}

/// Every schema with every value, and with texts that are almost that value: the verdict on bytes is the one
/// on documents. Returns how many schemas are read in a single pass.
std::size_t expect_bytes_agree(const std::string& directory, json::dialect dialect) {
  namespace cli = evalpp::cli;
  const std::filesystem::path root(directory);
  const std::filesystem::path folder = root / "tests" / cli::suite_folder(dialect);
  const cli::remote_files remotes(root / "remotes");
  conforms_cases::mutator mutator(static_cast<std::uint64_t>(dialect));
  std::size_t single = 0;
  for (const std::string& file : cli::json_files(folder)) {
    const auto groups = json::parse(*cli::read_file(folder / file));
    json::schema_options options = cli::options_for(file, dialect);
    options.loader = remotes;
    for (const json::value group : groups->root().items()) {
      const auto schema = json::schema::compile(group["schema"], options);
      if (!schema) continue;  // what the suite says of that is another test's matter
      conforms_cases::both both(*schema);
      single += both.single_pass() ? 1U : 0U;
      for (const json::value test : group["tests"].items()) {
        const std::string text = json::write(test["data"]);
        EXPECT_TRUE(both.agree_on_all_levels(text)) << json::write(group["schema"]) << '\n' << text;
        for (int i = 0; i < 20; ++i) {
          const std::string changed = mutator.change(text);
          EXPECT_TRUE(both.agree_on_all_levels(changed)) << json::write(group["schema"]) << '\n' << changed;
        }
      }
    }
  }
  return single;
}

TEST_P(json_schema_suite, judges_bytes_as_it_judges_documents) {
  const std::string directory = suite_directory();
  if (directory.empty()) GTEST_SKIP() << "set EVALPP_JSON_SCHEMA_SUITE";
  EXPECT_GT(expect_bytes_agree(directory, GetParam()), 100U);
}

INSTANTIATE_TEST_SUITE_P(dialects, json_schema_suite,
                         testing::Values(json::dialect::draft4, json::dialect::draft6, json::dialect::draft7,
                                         json::dialect::draft2019_09, json::dialect::draft2020_12,
                                         json::dialect::v1),
                         [](const auto& each) {
                           return "draft" + std::to_string(static_cast<int>(each.param));
                         });

}  // namespace golden_json_schema_suite_test
