// SPDX-License-Identifier: MIT
#pragma once

#include "schema_run.hpp"
#include "schema_suite.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// What is shown of a run beside its counts.
struct schema_report {
  std::string title;  ///< what was judged by what
  std::size_t skipped = 0;
  bool repairs = false;
  std::vector<judged_item> failures;  ///< the first of them, with their items
};

/// The tables for a terminal or, as Markdown, for a pull request.
std::string schema_tables(const schema_report& report, const schema_judge& judge, bool markdown, bool colour);

/// Everything about one document.
std::string explained(const judged_item& item);

/// The tests of a suite that fail.
std::string suite_table(const std::string& draft, const evalpp::cli::suite_result& result, bool markdown);

}  // namespace cli
