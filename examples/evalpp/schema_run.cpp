// SPDX-License-Identifier: MIT
#include "schema_run.hpp"

#include <evalpp/core/error.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/json/fault.hpp>

#include <algorithm>
#include <string_view>

namespace cli {
namespace {

namespace json = evalpp::json;

/// A fault of the text at an offset.
schema_failure text_failure(const schema_item& item, std::string kind, std::string message,
                            std::string expected, std::string got, std::size_t offset) {
  schema_failure out;
  out.error.keyword = "parse";
  out.error.message = std::move(message);
  out.error.expected = std::move(expected);
  out.error.got = std::move(got);
  out.kind = std::move(kind);
  out.of_text = true;
  out.offset = offset;
  const json::detail::position place = json::detail::locate(item.text, offset);
  out.line = place.line + (item.in_field ? 0 : item.line - 1);
  out.column = place.column;
  return out;
}

/// A fault of the parser: its message is "expected X, found Y".
schema_failure parser_failure(const schema_item& item, std::string kind, const evalpp::error& e,
                              std::size_t offset, std::string_view prefix = {}) {
  static constexpr std::string_view expected = "expected ", found = ", found ";
  const std::size_t split = e.message.rfind(found);
  const bool known = e.message.compare(0, expected.size(), expected) == 0 && split != std::string::npos;
  schema_failure out =
      text_failure(item, std::move(kind), std::string(prefix) + e.message,
                   known ? e.message.substr(expected.size(), split - expected.size()) : std::string(),
                   known ? e.message.substr(split + found.size()) : std::string(), offset);
  if (!e.fix.empty()) out.error.message += "; " + e.fix;
  return out;
}

}  // namespace

schema_counts& schema_counts::operator+=(const schema_counts& other) {
  for (const auto each :
       {&schema_counts::total, &schema_counts::outputs, &schema_counts::extractable, &schema_counts::parses,
        &schema_counts::required_present, &schema_counts::valid, &schema_counts::strict_valid,
        &schema_counts::repaired, &schema_counts::repaired_valid, &schema_counts::undecided,
        &schema_counts::missing, &schema_counts::referenced, &schema_counts::compared,
        &schema_counts::exact_text, &schema_counts::whole_exact})
    this->*each += other.*each;
  leaves += other.leaves;
  evalpp::merge(f1, other.f1);
  return *this;
}

void schema_judge::add(const schema_judge& other) {
  counts_ += other.counts_;
  failures_ += other.failures_;
  table_ += other.table_;
}

judged_item schema_judge::judge(const schema_item& item) {
  judged_item out;
  out.item = &item;
  ++counts_.total;
  if (item.is_missing) {
    ++counts_.missing;
    schema_failure missing =
        text_failure(item, "missing", "the row does not have the field", "a field", "", 0);
    missing.error.keyword = "missing";
    missing.line = item.line;
    out.valid = false;
    out.errors.push_back(std::move(missing));
  } else if (item.is_output) {
    judge_output(item, out);
  } else {
    judge_document(item, out);
  }
  if (out.errors_total == 0) out.errors_total = out.errors.size();
  if (options_.references && !out.fields) compare(item, {}, out);  // nothing was found: no field is there
  count(out);
  return out;
}

void schema_judge::judge_document(const schema_item& item, judged_item& out) {
  const auto parsed = parser_.parse(item.text);
  if (parsed) {
    take_verdict(judge_.judge(*parsed), *parsed, out);
    return;
  }
  out.valid = false;
  out.errors.push_back(parser_failure(item, std::string(to_string(parser_.report().fault)), parsed.error(),
                                      parsed.error().offset));
}

void schema_judge::judge_output(const schema_item& item, judged_item& out) {
  ++counts_.outputs;
  const json::judgement& judged = judge_.judge(std::string_view(item.text));
  out.extraction = judged.found;
  if (options_.repair) note_repair(out);
  if (judged.extractable()) {
    take_verdict(judged, judge_.value(), out);
    return;
  }
  using failure = json::extraction_failure;
  const std::string kind(to_string(judged.found.failure));
  if (judged.found.failure != failure::limit) out.valid = false;
  const json::byte_span broken = judged.found.repairable;
  if (!broken.empty()) {
    const auto parsed = parser_.parse(broken.of(item.text));
    if (!parsed) {
      out.errors.push_back(
          parser_failure(item, kind, parsed.error(), judged.found.fault_offset,
                         judged.found.truncated ? "the JSON is cut off: " : "what looks like JSON breaks: "));
      return;
    }
  }
  std::string message, expected = "JSON", got;
  switch (judged.found.failure) {
    case failure::empty:
      message = "the output is empty";
      break;
    case failure::multiple:
      message = std::to_string(judged.found.candidates) +
                " JSON values that differ; --choice first, last or largest takes one of them";
      expected = "one JSON value";
      got = std::to_string(judged.found.candidates) + " JSON values";
      break;
    case failure::reasoning_unclosed:
      message = "the reasoning at the beginning never ends";
      break;
    case failure::limit:
      message = "not decided: too many brackets that never close";
      break;
    default:
      message =
          judged.found.broken > 1 ? "several pieces look like JSON and none parses" : "no JSON in the output";
      break;
  }
  out.errors.push_back(text_failure(item, kind, std::move(message), std::move(expected), std::move(got),
                                    judged.found.fault_offset));
}

void schema_judge::take_verdict(const json::judgement& judged, json::value v, judged_item& out) {
  ++counts_.extractable;
  if (judged.parses()) ++counts_.parses;
  if (judged.required_present) ++counts_.required_present;
  if (judged.fits != json::verdict::limit) out.valid = judged.valid();
  out.strict = judged.strict_valid();
  if (options_.references)
    compare(*out.item, v, out);
  else
    fields_.for_each_field(v, [&](const json::field_outcome& field) { table_.add(field); });
  if (judged.valid()) return;
  json::validation report = validator_.validate(v);
  out.errors_total = report.errors_total;
  for (json::schema_error& e : report.errors) {
    schema_failure made;
    made.kind = to_string(e.kind);
    made.error = std::move(e);
    out.errors.push_back(std::move(made));
  }
}

void schema_judge::compare(const schema_item& item, json::value v, judged_item& out) {
  const std::string* nearest = nullptr;
  for (const std::string& reference : item.references) {
    const auto parsed = reference_parser_.parse(reference);
    if (!parsed) continue;
    const json::field_counts counts = comparer_.compare(*parsed, v, options_.fields);
    if (out.fields && counts.f1() <= out.fields->f1()) continue;
    out.fields = counts;
    nearest = &reference;
  }
  if (nearest == nullptr) return;
  comparer_.compare(*reference_parser_.parse(*nearest), v, options_.fields);
  comparer_.for_each_field([&](const json::field_outcome& field) { table_.add(field); });
}

void schema_judge::note_repair(judged_item& out) {
  tried_repair made;
  const json::repair_result* const repair = judge_.repair();
  if (out.extraction) {
    made.ok = true;  // nothing to do
  } else if (repair == nullptr) {
    made.fault = to_string(out.extraction.failure);
  } else {
    const std::size_t begin = out.extraction.repairable.begin;
    made.ok = static_cast<bool>(*repair);
    made.changes = repair->changes;
    for (json::repair_change& change : made.changes) change.offset += begin;
    if (!made.ok) {
      made.fault = to_string(repair->fault);
      made.offset = begin + repair->offset;
    } else {
      made.valid = validator_.check(judge_.repaired_value()) == json::verdict::valid;
      ++counts_.repaired;
      if (made.valid) ++counts_.repaired_valid;
    }
  }
  out.repair = std::move(made);
}

void schema_judge::count(const judged_item& out) {
  if (!out.valid) ++counts_.undecided;
  if (out.valid == true) ++counts_.valid;
  if (out.strict) ++counts_.strict_valid;
  const std::vector<std::string>& references = out.item->references;
  if (!references.empty()) ++counts_.referenced;
  if (std::find(references.begin(), references.end(), out.item->text) != references.end())
    ++counts_.exact_text;
  if (out.fields) {
    ++counts_.compared;
    if (out.fields->exact()) ++counts_.whole_exact;
    counts_.leaves += *out.fields;
    evalpp::merge(counts_.f1, evalpp::unit_sum::of(out.fields->f1()));
  }
  for (const schema_failure& f : out.errors) failures_.add(f.error.keyword, f.kind);
  if (!out.item->is_output || out.item->is_missing) return;
  using kind = json::extraction_kind;
  const json::extraction& found = out.extraction;
  if (found.kind == kind::prose || found.kind == kind::fence || found.kind == kind::bom)
    failures_.add_kind(to_string(found.kind));
  if (found.truncated) failures_.add_kind("truncated");
  if (found.reasoning) failures_.add_kind("reasoning");
}

}  // namespace cli
