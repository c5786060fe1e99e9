// SPDX-License-Identifier: MIT
#include "schema_suite.hpp"

#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

namespace evalpp::cli {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path) {
  std::FILE* const file = std::fopen(path.string().c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string bytes;
  char block[1 << 16];
  for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, n);
  std::fclose(file);
  return bytes;
}

/// The .json files below a folder, in the order of their names; `tests/latest` and other links are not
/// followed.
std::vector<std::string> json_files(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().extension() == ".json")
      names.push_back(at->path().lexically_relative(folder).generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The switches that go by the path of a test file.
json::schema_options options_for(const std::string& file, json::dialect dialect) {
  const auto below = [&](std::string_view folder) { return file.compare(0, folder.size(), folder) == 0; };
  json::schema_options options;
  options.default_dialect = dialect;
  if (dialect == json::dialect::v1) {
    options.assert_format = file != "optional/format-annotation.json";
  } else if (below("optional/format/") || file == "optional/format-assertion.json") {
    options.assert_format = true;
  }
  options.assert_content = dialect == json::dialect::draft7 && file == "optional/content.json";
  return options;
}

/// `remotes/P` is `http://localhost:1234/P`.
class remote_files {
 public:
  explicit remote_files(const fs::path& folder) {
    for (const std::string& name : json_files(folder)) {
      if (auto text = read_file(folder / name)) texts_["http://localhost:1234/" + name] = std::move(*text);
    }
  }
  std::optional<std::string> operator()(std::string_view uri) const {
    const auto found = texts_.find(std::string(uri));
    return found == texts_.end() ? std::nullopt : std::optional<std::string>(found->second);
  }

 private:
  std::map<std::string, std::string> texts_;
};

/// Whether a file holds groups of tests.
bool holds_tests(json::value groups) {
  if (!groups.is_array()) return false;
  for (const json::value group : groups.items()) {
    if (!group["schema"].exists() || !group["tests"].is_array()) return false;
    for (const json::value test : group["tests"].items())
      if (!test["data"].exists() || !test["valid"].is_bool()) return false;
  }
  return true;
}

void run_group(json::value group, const std::string& file, const json::schema_options& options,
               suite_probe probe, suite_result& out) {
  const std::string name(group["description"].as_string().value_or(""));
  const auto schema = json::schema::compile(group["schema"], options);
  const auto fail = [&](json::value test, std::string reason) {
    out.failed.push_back({file, name, std::string(test["description"].as_string().value_or("")),
                          test["valid"].as_bool().value_or(false), std::move(reason)});
  };
  if (!schema) {
    for (const json::value test : group["tests"].items()) fail(test, to_string(schema.error()));
    return;
  }
  json::validator validator(*schema);
  for (const json::value test : group["tests"].items()) {
    const json::verdict verdict = validator.check(test["data"]);
    if (probe != nullptr) probe(*schema, test["data"], verdict);
    if (verdict == json::verdict::limit) {
      fail(test, "limit");
    } else if ((verdict == json::verdict::valid) != test["valid"].as_bool()) {
      fail(test, "");
    } else {
      ++out.passed;
    }
  }
}

}  // namespace

std::string suite_folder(json::dialect dialect) {
  const std::string name(to_string(dialect));
  return dialect == json::dialect::v1 ? name : "draft" + name;
}

std::optional<suite_result> run_suite(const std::string& directory, json::dialect dialect, std::string& error,
                                      suite_probe probe) {
  const fs::path folder = fs::path(directory) / "tests" / suite_folder(dialect);
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) {
    error = "no folder " + folder.string();
    return std::nullopt;
  }
  const remote_files remotes(fs::path(directory) / "remotes");
  suite_result out;
  for (const std::string& file : json_files(folder)) {
    const auto text = read_file(folder / file);
    if (!text) {
      error = "cannot read " + (folder / file).string();
      return std::nullopt;
    }
    const auto groups = json::parse(*text);
    if (!groups) {
      error = (folder / file).string() + ": " + to_string(groups.error());
      return std::nullopt;
    }
    if (!holds_tests(groups->root())) {
      error = (folder / file).string() +
              ": not an array of groups, each with a \"schema\" and \"tests\" of \"data\" and \"valid\"";
      return std::nullopt;
    }
    ++out.files;
    json::schema_options options = options_for(file, dialect);
    options.loader = remotes;
    for (const json::value group : groups->root().items()) run_group(group, file, options, probe, out);
  }
  return out;
}

}  // namespace evalpp::cli
