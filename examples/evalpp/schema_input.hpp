// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/result.hpp>
#include <evalpp/data/options.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// One document, or one model output that should hold one.
struct schema_item {
  std::string file;
  std::size_t index = 0;  ///< in its file, from 0
  std::optional<std::string> id = {};
  std::string text = {};
  bool is_output = false;                    ///< JSON is looked for in it; otherwise it is JSON
  bool is_missing = false;                   ///< the row does not have the field
  std::size_t line = 1;                      ///< in its file, where it begins
  std::vector<std::string> references = {};  ///< JSON texts
  bool in_field = false;                     ///< the text is a field's: lines count in it, not in the file
};

struct schema_input_options {
  std::optional<evalpp::data::input_kind> kind = {};  ///< otherwise by extension
  std::string field = {};       ///< of rows; empty: documents and outputs are not in rows
  std::string references = {};  ///< the field with references; empty: none
  bool whole = false;           ///< a file of raw output is one output
  enum class missing { error, skip, worst } when_missing = missing::error;
};

struct schema_input {
  std::vector<schema_item> items;
  std::size_t skipped = 0;         ///< rows without the field
  std::vector<std::string> notes;  ///< what a user should be told
};

/// Reads the documents and outputs of all files, in order.
evalpp::result<schema_input> read_schema_input(const std::vector<std::string>& files,
                                               const schema_input_options& options);

}  // namespace cli
