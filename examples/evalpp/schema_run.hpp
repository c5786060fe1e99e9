// SPDX-License-Identifier: MIT
#pragma once

#include "schema_input.hpp"

#include <evalpp/core/unit_sum.hpp>
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/field_options.hpp>
#include <evalpp/json/field_table.hpp>
#include <evalpp/json/output_judge.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/schema_fields.hpp>
#include <evalpp/json/tally.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cli {

/// One thing that is wrong with a document: an error of the schema, or of the text (keyword "parse" or
/// "missing", with a place in the text).
struct schema_failure {
  evalpp::json::schema_error error;
  std::string kind;
  bool of_text = false;
  std::size_t offset = 0, line = 0, column = 0;
};

/// What a repair did, or why it could not.
struct tried_repair {
  bool ok = false;
  bool valid = false;                                     ///< the repaired JSON fits
  std::vector<evalpp::json::repair_change> changes = {};  ///< offsets in the output
  std::string fault = {};
  std::size_t offset = 0;
};

/// A document with its verdict.
struct judged_item {
  const schema_item* item = nullptr;
  std::optional<bool> valid = {};  ///< nothing: a limit was hit
  std::vector<schema_failure> errors = {};
  std::size_t errors_total = 0;
  bool strict = false;                                    ///< the whole text parses strictly and fits
  evalpp::json::extraction extraction = {};               ///< of an output
  std::optional<tried_repair> repair = {};                ///< of an output, when asked for
  std::optional<evalpp::json::field_counts> fields = {};  ///< against the nearest reference that is JSON
};

/// How many documents got how far.
struct schema_counts {
  std::size_t total = 0, outputs = 0, extractable = 0, parses = 0, required_present = 0, valid = 0,
              strict_valid = 0, repaired = 0, repaired_valid = 0, undecided = 0, missing = 0;
  // Against references:
  std::size_t referenced = 0, compared = 0, exact_text = 0, whole_exact = 0;
  evalpp::json::field_counts leaves = {};
  evalpp::unit_sum f1 = {};

  double rate() const { return total == 0 ? 0 : static_cast<double>(valid) / static_cast<double>(total); }

  schema_counts& operator+=(const schema_counts& other);
};

struct schema_judge_options {
  evalpp::json::candidate_choice choice = evalpp::json::candidate_choice::only;
  evalpp::json::duplicate_keys duplicates = evalpp::json::duplicate_keys::error;
  bool repair = false;
  bool references = false;  ///< look at the fields of references instead of those that the schema declares
  evalpp::json::field_options fields = {};
};

/// Judges one item after another and keeps count.
class schema_judge {
 public:
  schema_judge(const evalpp::json::schema& schema, const schema_judge_options& options)
      : options_(options),
        parser_({.max_depth = 1024, .duplicates = options.duplicates}),
        judge_(schema,
               {.choice = options.choice, .duplicates = options.duplicates, .repair = options.repair}),
        validator_(schema),
        fields_(schema),
        reference_parser_({.max_depth = 1024, .duplicates = evalpp::json::duplicate_keys::error}) {}

  judged_item judge(const schema_item& item);

  /// Adds what another one has counted.
  void add(const schema_judge& other);

  const schema_counts& counts() const { return counts_; }
  const evalpp::json::failure_histogram& failures() const { return failures_; }
  /// What the references hold or, without them, what the schema declares: how often it was there and right.
  const evalpp::json::field_table& fields() const { return table_; }

 private:
  void judge_document(const schema_item& item, judged_item& out);
  void judge_output(const schema_item& item, judged_item& out);
  void take_verdict(const evalpp::json::judgement& judged, evalpp::json::value v, judged_item& out);
  void compare(const schema_item& item, evalpp::json::value v, judged_item& out);
  void note_repair(judged_item& out);
  void count(const judged_item& out);

  schema_judge_options options_;
  evalpp::json::parser parser_;
  evalpp::json::output_judge judge_;
  evalpp::json::validator validator_;
  evalpp::json::schema_fields fields_;
  evalpp::json::parser reference_parser_;
  evalpp::json::field_comparer comparer_;
  schema_counts counts_;
  evalpp::json::failure_histogram failures_;
  evalpp::json::field_table table_;
};

}  // namespace cli
