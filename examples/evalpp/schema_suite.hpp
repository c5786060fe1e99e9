// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/dialect.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// Runs a folder in the layout of the official JSON Schema test suite: `tests/draft2020-12/...`,
// `remotes/...`.

namespace evalpp::cli {

/// A test whose verdict is not the expected one.
struct suite_failure {
  std::string file;  ///< below the draft's folder
  std::string group;
  std::string test;  ///< empty: the schema of the group did not compile
  bool expected = false;
  std::string reason;  ///< the compile error, or "limit"; empty: the wrong verdict
};

struct suite_result {
  std::size_t files = 0;
  std::size_t passed = 0;
  std::vector<suite_failure> failed;
};

/// Called after each check, for tests that look closer.
using suite_probe = void (*)(const json::schema& schema, json::value data, json::verdict verdict);

/// All tests of a dialect. Nothing when the draft's folder is not there or a file is no test file; `error`
/// says so.
std::optional<suite_result> run_suite(const std::string& directory, json::dialect dialect, std::string& error,
                                      suite_probe probe = nullptr);

/// The folder of a dialect below `tests/`: "draft4", ..., "v1".
std::string suite_folder(json::dialect dialect);

}  // namespace evalpp::cli
