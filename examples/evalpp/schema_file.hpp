// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/result.hpp>
#include <evalpp/json/dialect.hpp>
#include <evalpp/json/schema.hpp>

#include <string>
#include <vector>

namespace cli {

/// A schema as the command line names it.
struct schema_request {
  std::string file;
  evalpp::json::dialect dialect = evalpp::json::dialect::draft2020_12;  ///< when it names none
  bool assert_format = false;
  std::vector<std::string> maps = {};  ///< `URI=FILE`: documents for references
};

struct loaded_schema {
  evalpp::json::schema schema;
  std::vector<std::string> notes;  ///< what a user should be told
};

/// Reads and compiles a schema. Its base is its own file: a relative `$ref` leads to files in its folder and
/// below, also when its `$id` says that they lie on the web; everything else must be mapped, and nothing is
/// fetched. Errors name file, line and column.
evalpp::result<loaded_schema> load_schema(const schema_request& request);

}  // namespace cli
