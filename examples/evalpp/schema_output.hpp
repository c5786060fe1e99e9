// SPDX-License-Identifier: MIT
#pragma once

#include "schema_run.hpp"
#include "schema_suite.hpp"

#include <evalpp/json/write.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// The object of one document, as `--format json` promises it.
void write_judged(evalpp::json::writer& out, const judged_item& item);

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

/// What `--suite --format json` promises, and the same as a table.
std::string suite_json(const std::string& draft, const evalpp::cli::suite_result& result);
std::string suite_table(const std::string& draft, const evalpp::cli::suite_result& result, bool markdown);

}  // namespace cli
