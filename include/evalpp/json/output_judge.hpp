// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/conforms.hpp>
#include <evalpp/json/detail/declared_fields.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

/// How model output is judged.
struct judge_options {
  /// Which of several pieces of JSON counts. By default several that differ are a failure.
  candidate_choice choice = candidate_choice::only;
  /// A key that comes twice: by default what repeats one does not parse.
  duplicate_keys duplicates = duplicate_keys::error;
  /// Where nothing parses, see whether a repair would help. It never makes an output valid.
  bool repair = true;
  validation_limits limits = {};
};

/// What became of one output, step by step.
struct judgement {
  extraction found;                 ///< where its JSON is, or why there is none
  verdict fits = verdict::invalid;  ///< of the JSON that was found
  /// The JSON has every member that the schema requires of it, at every depth. What is required only under a
  /// condition (in a union, by `if`, by a dependency) does not count.
  bool required_present = false;
  bool repair_tried = false;  ///< nothing parses, and there is something to repair
  bool repaired = false;      ///< the repair parses
  verdict repaired_fits = verdict::invalid;

  bool extractable() const noexcept { return found.failure == extraction_failure::none; }
  /// The whole output parses strictly.
  bool parses() const noexcept { return extractable() && found.kind == extraction_kind::exact; }
  bool valid() const noexcept { return fits == verdict::valid; }
  /// Not valid, because a limit was hit before it was known.
  bool undecided() const noexcept {
    return fits == verdict::limit || found.failure == extraction_failure::limit;
  }
  /// What a strict parser and the schema accept as it stands.
  bool strict_valid() const noexcept { return parses() && valid(); }
};

/// Judges one model output after another by a schema: finds its JSON, checks it, and sees whether a repair
/// would have helped. Keeps its memory: once it is warm it allocates nothing. One for each thread.
///
///     evalpp::json::output_judge judge(*schema);
///     for (const std::string& output : outputs) valid += judge.judge(output).valid();
///
/// An output that is JSON and fits as it stands takes one pass, see `conformance_checker`, and is parsed only
/// when its value is asked for.
///
/// Linear in the output, see `extractor`, `repairer` and `validator::check`.
class output_judge {
 public:
  explicit output_judge(schema s, const judge_options& options = {})
      : options_(options),
        extractor_({.choice = options.choice,
                    .roots = roots_of(s),
                    .parse = {.max_depth = 1024, .duplicates = options.duplicates}}),
        repairer_({.parse = {.max_depth = 1024, .duplicates = options.duplicates}}),
        checker_(s, options.limits),
        validator_(std::move(s), options.limits) {}

  const judgement& judge(std::string_view output) {
    result_ = {};
    repair_ = nullptr;
    unread_ = {};
    if (conforms(output)) {
      const std::size_t first = output.find_first_not_of(" \t\r\n");
      result_.found.kind = extraction_kind::exact;
      result_.found.candidates = 1;
      result_.found.span = {first, output.find_last_not_of(" \t\r\n") + 1};
      result_.fits = verdict::valid;
      result_.required_present = true;
      unread_ = output;
      return result_;
    }
    result_.found = extractor_.extract(output);
    if (result_.extractable()) {
      judge_value(extractor_.value());
    } else if (options_.repair && !result_.found.repairable.empty()) {
      result_.repair_tried = true;
      repair_ = &repairer_.repair_broken(result_.found.repairable.of(output));
      result_.repaired = static_cast<bool>(*repair_);
      if (result_.repaired) result_.repaired_fits = validator_.check(repairer_.value());
    }
    return result_;
  }

  /// The same for a document that is parsed already.
  const judgement& judge(json::value document) {
    result_ = {};
    repair_ = nullptr;
    unread_ = {};
    result_.found.kind = extraction_kind::exact;
    result_.found.candidates = 1;
    judge_value(document);
    return result_;
  }

  /// The JSON that was found in the last output, which must still be there; absent when there is none. Valid
  /// until the next call.
  json::value value() {
    if (!unread_.empty()) extractor_.extract(unread_);
    unread_ = {};
    return extractor_.value();
  }
  /// The repaired JSON; absent when none was made. Valid until the next call.
  json::value repaired_value() const noexcept { return result_.repaired ? repairer_.value() : json::value{}; }
  /// What the repair changed, or why there is none; null when none was tried. Valid until the next call.
  const repair_result* repair() const noexcept { return repair_; }

  const schema& judged_by() const noexcept { return validator_.checked_by(); }

  /// What may be a candidate: where the schema admits only objects, or only arrays, nothing else.
  static candidate_roots roots_of(const schema& s) {
    detail::declared_fields fields;
    candidate_roots roots = candidate_roots::any;
    fields.walk(s.program(), {}, [&](std::size_t) {
      if (fields.types() == detail::type_bit::object) roots = candidate_roots::object;
      if (fields.types() == detail::type_bit::array) roots = candidate_roots::array;
      return false;
    });
    return roots;
  }

 private:
  /// Whether the output is known to fit as it stands; where that takes no document.
  bool conforms(std::string_view output) {
    return options_.duplicates == duplicate_keys::error && checker_.single_pass() &&
           checker_.conforms(output);
  }

  void judge_value(json::value v) {
    result_.fits = validator_.check(v);
    result_.required_present =
        result_.valid() || fields_.walk(judged_by().program(), v, [this](std::size_t i) {
          const detail::declared_fields::field& f = fields_.fields()[i];
          return f.value.exists() ? fields_.type_fits() || !fields_.requires_members() : !f.required;
        });
  }

  judge_options options_;
  extractor extractor_;
  repairer repairer_;
  conformance_checker checker_;
  validator validator_;
  detail::declared_fields fields_;
  judgement result_;
  std::string_view unread_;  // an output that fits and was not parsed
  const repair_result* repair_ = nullptr;
};

}  // namespace evalpp::inline EVALPP_ABI::json
