// SPDX-License-Identifier: MIT
// The official suite's output tests, where the output must satisfy a schema, and its annotation tests.
#include <evalpp/json/equal.hpp>
#include <evalpp/json/output.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace golden_json_schema_output_test {

namespace json = evalpp::json;

std::string suite_directory() {
  if (const char* set = std::getenv("EVALPP_JSON_SCHEMA_SUITE"); set != nullptr && *set != '\0') return set;
#ifdef EVALPP_JSON_SCHEMA_SUITE
  return EVALPP_JSON_SCHEMA_SUITE;
#else
  return "";
#endif
}

json::document read(const std::string& path) {
  const auto bytes = golden::read_bytes(path);
  EXPECT_TRUE(bytes) << path;
  auto parsed = json::parse(bytes.value_or("null"));
  EXPECT_TRUE(parsed) << path;
  return parsed ? std::move(*parsed) : json::document{};
}

struct texts {
  std::map<std::string, std::string, std::less<>> known;
  std::optional<std::string> operator()(std::string_view uri) const {
    const auto found = known.find(uri);
    return found == known.end() ? std::nullopt : std::optional<std::string>(found->second);
  }
};

constexpr std::pair<std::string_view, json::output_form> forms[] = {
    {"flag", json::output_form::flag},         {"basic", json::output_form::basic},
    {"detailed", json::output_form::detailed}, {"verbose", json::output_form::verbose},
    {"list", json::output_form::list},         {"hierarchical", json::output_form::hierarchical}};

void run_output_tests(json::dialect dialect, const std::string& folder, std::string_view output_uri,
                      std::size_t expected) {
  if (suite_directory().empty()) GTEST_SKIP() << "set EVALPP_JSON_SCHEMA_SUITE";
  const std::string root = suite_directory() + "/output-tests/" + folder + "/";
  texts loader;
  loader.known[std::string(output_uri)] = golden::read_bytes(root + "output-schema.json").value_or("");
  json::schema_options options;
  options.default_dialect = dialect;
  options.loader = loader;
  const auto any_output = json::schema::compile(loader.known.begin()->second, options);
  ASSERT_TRUE(any_output) << to_string(any_output.error());
  std::size_t tried = 0;
  for (const char* file : {"general", "readOnly", "type", "escape"}) {
    if (dialect == json::dialect::v1 && std::string_view(file) == "escape") continue;
    const json::document groups = read(root + "content/" + file + ".json");
    for (const json::value group : groups.root().items()) {
      const auto schema = json::schema::compile(group["schema"], options);
      ASSERT_TRUE(schema) << to_string(schema.error());
      for (const json::value test : group["tests"].items()) {
        for (const auto& [name, form] : forms) {
          const auto text = json::output(*schema, test["data"], form);
          ASSERT_TRUE(text);
          const auto written = json::parse(*text);
          ASSERT_TRUE(written) << *text;
          const bool own = dialect == json::dialect::v1
                               ? name == "flag" || name == "list" || name == "hierarchical"
                               : name != "list" && name != "hierarchical";
          EXPECT_TRUE(!own || any_output->accepts(written->root())) << *text;
          if (!test["output"][name].exists()) continue;
          const auto judge = json::schema::compile(test["output"][name], options);
          ASSERT_TRUE(judge) << to_string(judge.error());
          const json::validation judged = judge->validate(written->root());
          EXPECT_TRUE(judged) << file << ' ' << *text << '\n'
                              << (judged.errors.empty() ? "" : judged.errors[0].message);
          ++tried;
        }
      }
    }
  }
  EXPECT_EQ(tried, expected);
}

TEST(json_schema_output, satisfies_the_suite_2019_09) {
  run_output_tests(json::dialect::draft2019_09, "draft2019-09",
                   "https://json-schema.org/draft/2019-09/output/schema", 4);
}
TEST(json_schema_output, satisfies_the_suite_2020_12) {
  run_output_tests(json::dialect::draft2020_12, "draft2020-12",
                   "https://json-schema.org/draft/2020-12/output/schema", 4);
}
TEST(json_schema_output, satisfies_the_suite_v1) {
  run_output_tests(json::dialect::v1, "v1", "https://json-schema.org/v1/output/schema", 3);
}

/// "7", "<=2019", "6,<=2019", "=2020".
bool compatible(std::string_view wanted, int release) {
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.find(',', at), wanted.size());
    std::string_view one = wanted.substr(at, end - at);
    at = end + 1;
    const bool most = one.substr(0, 2) == "<=";
    const bool exactly = !most && one.substr(0, 1) == "=";
    one.remove_prefix(most ? 2 : exactly ? 1 : 0);
    const int number = std::stoi(std::string(one));
    if (most ? release > number : exactly ? release != number : release < number) return false;
  }
  return true;
}

/// The annotations of a keyword at a place: schema location to value.
std::map<std::string, std::string> annotations(json::value list, std::string_view location,
                                               std::string_view keyword) {
  std::map<std::string, std::string> found;
  for (const json::value unit : list["details"].items()) {
    if (unit["instanceLocation"].as_string() != location) continue;
    const json::value value = unit["annotations"][keyword];
    if (value.exists()) found[std::string(*unit["schemaLocation"].as_string())] = json::write(value);
  }
  return found;
}

TEST(json_schema_output, annotates_as_the_suite_says) {
  if (suite_directory().empty()) GTEST_SKIP() << "set EVALPP_JSON_SCHEMA_SUITE";
  const std::pair<json::dialect, int> releases[] = {
      {json::dialect::draft4, 4},          {json::dialect::draft6, 6},          {json::dialect::draft7, 7},
      {json::dialect::draft2019_09, 2019}, {json::dialect::draft2020_12, 2020}, {json::dialect::v1, 9999}};
  std::size_t tried = 0;
  for (const char* file :
       {"applicators", "content", "core", "format", "meta-data", "unevaluated", "unknown"}) {
    const json::document suite = read(suite_directory() + "/annotations/tests/" + file + ".json");
    for (const json::value group : suite.root()["suite"].items()) {
      for (const auto& [dialect, release] : releases) {
        if (!compatible(group["compatibility"].as_string().value_or(""), release)) continue;
        texts loader;
        for (const auto [uri, text] : group["externalSchemas"].members())
          loader.known[std::string(uri)] = json::write(text);
        json::schema_options options;
        options.default_dialect = dialect;
        options.base_uri = "x:";
        options.loader = loader;
        SCOPED_TRACE(std::string(file) + ": " + std::string(*group["description"].as_string()) + " in " +
                     std::string(to_string(dialect)));
        const auto schema = json::schema::compile(group["schema"], options);
        ASSERT_TRUE(schema) << to_string(schema.error());
        for (const json::value test : group["tests"].items()) {
          const auto text = json::output(*schema, test["instance"], json::output_form::list);
          ASSERT_TRUE(text);
          const auto written = json::parse(*text);
          ASSERT_TRUE(written) << *text;
          for (const json::value assertion : test["assertions"].items()) {
            // The suite names places by their pointer from the document's root, output by that from the
            // resource's, which is another one below an embedded $id: there only the values are compared.
            const bool embedded = json::write(group["schema"]).find("$id") != std::string::npos;
            std::map<std::string, std::string> expected;
            for (const auto [where, value] : assertion["expected"].members()) {
              expected[embedded ? json::write(value) : (where[0] == '#' ? "x:" : "") + std::string(where)] =
                  json::write(value);
            }
            std::map<std::string, std::string> got;
            for (const auto& [where, value] : annotations(written->root(), *assertion["location"].as_string(),
                                                          *assertion["keyword"].as_string())) {
              got[embedded ? value : where] = value;
            }
            EXPECT_EQ(got, expected) << *text;
            ++tried;
          }
        }
      }
    }
  }
  EXPECT_GT(tried, 87U);
}

}  // namespace golden_json_schema_output_test
