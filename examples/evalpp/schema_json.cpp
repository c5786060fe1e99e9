// SPDX-License-Identifier: MIT
#include "schema_json.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cli {
namespace {

namespace json = evalpp::json;

/// `of`: what the error is the whole of; null for a cause.
void write_error(json::writer& out, const json::schema_error& e, std::string_view kind,
                 const schema_failure* of) {
  const auto text_or_null = [&](std::string_view name, const std::string& text) {
    out.key(name);
    if (text.empty())
      out.value(nullptr);
    else
      out.value(text);
  };
  out.begin_object()
      .member("instanceLocation", e.instance_location)
      .member("keywordLocation", e.keyword_location)
      .member("keyword", e.keyword)
      .member("message", e.message);
  text_or_null("expected", e.expected);
  text_or_null("got", e.got);
  out.member("kind", kind);
  if (of != nullptr && of->of_text) {
    out.member("offset", of->offset).member("line", of->line).member("column", of->column);
  } else {
    out.member("path", e.path).member("absoluteKeywordLocation", e.absolute_location);
  }
  if (!e.causes.empty()) {
    out.key("causes").begin_array();
    for (const json::schema_error& cause : e.causes) write_error(out, cause, to_string(cause.kind), nullptr);
    out.end_array();
  }
  out.end_object();
}

void write_extraction(json::writer& out, const json::extraction& found) {
  out.begin_object().member("kind", to_string(found.kind)).member("candidates", found.candidates).key("span");
  if (found)
    out.begin_array().value(found.span.begin).value(found.span.end).end_array();
  else
    out.value(nullptr);
  out.member("broken", found.broken)
      .member("bom", found.bom)
      .member("reasoning", found.reasoning)
      .member("truncated", found.truncated)
      .end_object();
}

void write_repair(json::writer& out, const tried_repair& repair) {
  out.begin_object().member("ok", repair.ok).key("flags").begin_array();
  std::vector<json::repair_flag> seen;
  for (const json::repair_change& change : repair.changes) {
    if (std::find(seen.begin(), seen.end(), change.flag) != seen.end()) continue;
    seen.push_back(change.flag);
    out.value(to_string(change.flag));
  }
  out.end_array();
  if (!repair.ok) {
    out.member("fault", repair.fault).member("offset", repair.offset);
  } else if (!repair.changes.empty()) {
    out.member("valid", repair.valid).key("changes").begin_array();
    for (const json::repair_change& change : repair.changes)
      out.begin_object().member("flag", to_string(change.flag)).member("offset", change.offset).end_object();
    out.end_array();
  }
  out.end_object();
}

}  // namespace

void write_judged(json::writer& out, const judged_item& item) {
  out.begin_object()
      .member("file", item.item->file)
      .member("index", item.item->index)
      .member("id", item.item->id);
  out.member("valid", item.valid).key("errors").begin_array();
  for (const schema_failure& f : item.errors) write_error(out, f.error, f.kind, &f);
  out.end_array().member("errors_total", item.errors_total);
  if (item.item->is_output && !item.item->is_missing) {
    out.member("strict", item.strict).key("extraction");
    write_extraction(out, item.extraction);
    if (item.repair) {
      out.key("repair");
      write_repair(out, *item.repair);
    }
  }
  if (item.fields) {
    out.key("fields")
        .begin_object()
        .member("matched", item.fields->matched)
        .member("predicted", item.fields->predicted)
        .member("reference", item.fields->reference)
        .end_object();
  }
  out.end_object();
}

std::string suite_json(const std::string& draft, const evalpp::cli::suite_result& result) {
  std::string text;
  json::writer out(text);
  out.begin_object().member("draft", draft).member("passed", result.passed).key("failed").begin_array();
  for (const evalpp::cli::suite_failure& f : result.failed) {
    out.begin_object()
        .member("file", f.file)
        .member("group", f.group)
        .member("test", f.test)
        .member("expected", f.expected);
    if (!f.reason.empty()) out.member("reason", f.reason);
    out.end_object();
  }
  // Nothing is left out: every optional test runs.
  out.end_array().key("excluded").begin_array().end_array().member("files", result.files).end_object().line();
  return text;
}

}  // namespace cli
