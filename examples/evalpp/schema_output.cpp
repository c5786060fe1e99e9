// SPDX-License-Identifier: MIT
#include "schema_output.hpp"

#include <evalpp/json/fault.hpp>
#include <evalpp/json/field_table.hpp>
#include <evalpp/json/find_text.hpp>
#include <evalpp/json/tally.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/text_table.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cli {
namespace {

namespace json = evalpp::json;
using evalpp::report::text_table;
using align = text_table::align;

constexpr std::size_t most_paths = 15, most_errors = 3;

std::string percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "-";
  const std::int64_t tenths = (part * 2000 + whole) / (2 * whole);  // rounded half up
  // Neither 0 nor all but for what is.
  if (tenths == 0 && part != 0) return "<0.1 %";
  if (tenths == 1000 && part != whole) return ">99.9 %";
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " %";
}
std::string percent(std::size_t part, std::size_t whole) {
  return percent(static_cast<std::int64_t>(part), static_cast<std::int64_t>(whole));
}

/// Where a document is, and what is wrong in it first: `file:7`, `file:7 (id 12)`.
std::string place_of(const judged_item& judged) {
  const schema_item& item = *judged.item;
  std::size_t line = item.line;
  if (!item.is_output && !item.in_field && !judged.errors.empty()) {
    const schema_failure& first = judged.errors.front();
    const auto found = json::find_text(item.text, first.error.instance_location);
    if (first.of_text)
      line = first.line;
    else if (found)
      line += json::detail::locate(item.text, found->begin).line - 1;
  }
  std::string text = item.file + ':' + std::to_string(line);
  if (item.id) text += " (id " + *item.id + ')';
  return text;
}

text_table ladder(const schema_counts& n, bool repairs) {
  text_table lines({"step", "documents", "share"}, {align::left, align::right, align::right});
  const auto add = [&](const char* what, std::size_t count) {
    lines.add({what, std::to_string(count), percent(count, n.total)});
  };
  add(n.outputs == 0 ? "parses" : "JSON found", n.extractable);
  if (n.outputs != 0) add("parses as it stands", n.parses);
  add("required fields present", n.required_present);
  add("valid", n.valid);
  if (n.outputs != 0) add("valid as it stands", n.strict_valid);
  if (n.undecided != 0) add("undecided (a limit was hit)", n.undecided);
  if (n.missing != 0) add("without the field", n.missing);
  if (n.referenced != 0) {
    const auto add_share = [&](const char* what, const std::string& share) { lines.add({what, "", share}); };
    lines.add({"equal to a reference, byte for byte", std::to_string(n.exact_text),
               percent(n.exact_text, n.referenced)});
    lines.add({"all fields of a reference, no others", std::to_string(n.whole_exact),
               percent(n.whole_exact, n.referenced)});
    const json::field_counts& leaves = n.leaves;
    add_share("field precision", percent(leaves.matched, leaves.predicted));
    add_share("field recall", percent(leaves.matched, leaves.reference));
    add_share("field F1", percent(2 * leaves.matched, leaves.predicted + leaves.reference));
    constexpr std::int64_t whole = 1'000'000'000;
    const double mean = n.f1.mean(static_cast<std::int64_t>(n.compared));
    add_share("field F1, mean over documents",
              percent(std::llround(mean * static_cast<double>(whole)), whole));
    if (n.compared != n.referenced) add("reference is no JSON", n.referenced - n.compared);
  }
  if (repairs) {
    add("repaired (not counted)", n.repaired);
    add("valid once repaired (not counted)", n.repaired_valid);
  }
  return lines;
}

text_table histogram(const char* name, const json::tally& counts) {
  text_table lines({name, "count"}, {align::left, align::right});
  for (const json::tally::entry& e : counts.commonest())
    lines.add({std::string(e.name), std::to_string(e.count)});
  return lines;
}

std::string wrong_values(const json::tally& wrong) {
  std::string text;
  for (const json::tally::entry& e : wrong.commonest(3)) {
    if (!text.empty()) text += ", ";
    std::string value(e.name);
    if (evalpp::report::display_width(value) > 24) {
      std::size_t end = 20;
      while ((static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
      value = value.substr(0, end) + "...";
    }
    text += value;
    if (e.count > 1) text += " x" + std::to_string(e.count);
  }
  return text;
}

/// The paths with the most wrong values first; `left` is how many are not shown.
text_table path_table(const json::field_table& fields, std::size_t& left) {
  text_table lines({"path", "of", "present", "type ok", "value ok", "commonest wrong values"},
                   {align::left, align::right, align::right, align::right, align::right, align::left});
  using entry = std::pair<const std::string, json::field_table::row>;
  std::vector<const entry*> rows;
  for (const entry& each : fields.rows()) rows.push_back(&each);
  const auto wrong = [](const entry* e) { return e->second.present - e->second.value_ok; };
  const auto absent = [](const entry* e) { return e->second.expected - e->second.present; };
  std::stable_sort(rows.begin(), rows.end(), [&](const entry* a, const entry* b) {
    return wrong(a) != wrong(b) ? wrong(a) > wrong(b) : absent(a) > absent(b);
  });
  left = rows.size() - std::min(rows.size(), most_paths);
  rows.resize(rows.size() - left);
  for (const entry* e : rows) {
    const json::field_table::row& r = e->second;
    lines.add({e->first, std::to_string(r.expected), percent(r.present, r.expected),
               percent(r.type_ok, r.present), percent(r.value_ok, r.present), wrong_values(r.wrong)});
  }
  return lines;
}

text_table failure_table(const std::vector<judged_item>& failures) {
  text_table lines({"document", "at", "keyword", "what is wrong"},
                   {align::left, align::left, align::left, align::left});
  for (const judged_item& each : failures) {
    std::string where = place_of(each);
    for (std::size_t i = 0; i < std::min(each.errors.size(), most_errors); ++i) {
      const schema_failure& f = each.errors[i];
      std::string at = f.error.path;
      if (f.of_text) at = std::to_string(f.line) + ':' + std::to_string(f.column);
      if (at.empty()) at = "$";
      lines.add({std::exchange(where, ""), at, f.error.keyword, f.error.message});
    }
    if (each.errors_total > most_errors)
      lines.add({"", "", "", "and " + std::to_string(each.errors_total - most_errors) + " more"});
  }
  return lines;
}

}  // namespace

std::string schema_tables(const schema_report& report, const schema_judge& judge, bool markdown,
                          bool colour) {
  const std::string bold = colour ? "\x1b[1m" : "", off = colour ? "\x1b[0m" : "";
  const schema_counts& n = judge.counts();
  std::string text = report.title + '\n';
  if (markdown) text = "**" + report.title + "**\n";
  const auto add = [&](const std::string& heading, const text_table& lines) {
    text += '\n';
    if (markdown) {
      text += heading.empty() ? lines.markdown() : heading + "\n\n" + lines.markdown();
      return;
    }
    if (!heading.empty()) text += heading + '\n';
    const std::string plain = lines.plain();
    const std::size_t end = plain.find('\n');
    text += bold + plain.substr(0, end) + off + plain.substr(end);
  };
  add("", ladder(n, report.repairs));
  if (report.skipped != 0)
    text += std::to_string(report.skipped) + (report.skipped == 1 ? " row" : " rows") +
            " without the field were left out\n";
  if (judge.failures().keywords.total() != 0)
    add("", histogram("failures by keyword", judge.failures().keywords));
  if (judge.failures().kinds.total() != 0) add("", histogram("failures by kind", judge.failures().kinds));
  if (!judge.fields().rows().empty()) {
    std::size_t left = 0;
    add("", path_table(judge.fields(), left));
    if (left != 0) text += "and " + std::to_string(left) + (left == 1 ? " more path\n" : " more paths\n");
  }
  if (!report.failures.empty()) {
    const std::size_t failed = n.total - n.valid;
    const std::string shown = std::to_string(report.failures.size());
    add(report.failures.size() == failed
            ? "What is not valid:"
            : "The first " + shown + " of " + std::to_string(failed) + " that are not valid:",
        failure_table(report.failures));
  }
  return text;
}

std::string explained(const judged_item& item) {
  const schema_item& what = *item.item;
  std::string text = place_of(item) + ": ";
  text += item.valid ? *item.valid ? "valid" : "not valid" : "undecided";
  if (item.errors_total != 0)
    text += ", " + std::to_string(item.errors_total) + (item.errors_total == 1 ? " error" : " errors");
  text += '\n';
  if (what.is_output && !what.is_missing) {
    text += "JSON found: " + std::string(to_string(item.extraction.kind));
    if (item.extraction)
      text += ", bytes " + std::to_string(item.extraction.span.begin) + " to " +
              std::to_string(item.extraction.span.end) + " of " + std::to_string(what.text.size());
    text += '\n';
  }
  const auto add = [&](const json::schema_error& e, const std::string& at, std::string_view kind,
                       const std::string& margin, auto&& self) -> void {
    text_table lines({margin + "at", at}, {align::left, align::left});
    const auto row = [&](const char* name, const std::string& value) {
      if (!value.empty()) lines.add({margin + name, value});
    };
    row("what is wrong", e.message);
    row("kind", std::string(kind));
    row("expected", e.expected);
    row("got", e.got);
    row("schema", e.absolute_location.empty() ? e.keyword : e.absolute_location);
    text += '\n' + lines.plain();
    for (const json::schema_error& cause : e.causes)
      self(cause, cause.path.empty() ? "$" : cause.path, to_string(cause.kind), margin + "  ", self);
  };
  for (const schema_failure& f : item.errors) {
    const std::string at = f.of_text
                               ? "line " + std::to_string(f.line) + ", column " + std::to_string(f.column)
                           : f.error.path.empty() ? "$"
                                                  : f.error.path;
    add(f.error, at, f.kind, "", add);
  }
  if (item.errors_total > item.errors.size())
    text += "\nand " + std::to_string(item.errors_total - item.errors.size()) + " more\n";
  if (item.repair) {
    text += item.repair->ok ? item.repair->changes.empty() ? "\nnothing to repair\n" : "\nrepaired:\n"
                            : "\nnot repaired: " + item.repair->fault + " at byte " +
                                  std::to_string(item.repair->offset) + '\n';
    for (const json::repair_change& change : item.repair->changes)
      text += "  byte " + std::to_string(change.offset) + ": " + std::string(to_string(change.flag)) + '\n';
  }
  text_table source({"text"}, {align::left});
  std::string_view rest = what.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    source.add({"  " + std::string(rest.substr(0, end))});
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return text + '\n' + source.plain();
}

std::string suite_table(const std::string& draft, const evalpp::cli::suite_result& result, bool markdown) {
  const std::size_t total = result.passed + result.failed.size();
  std::string text = "draft " + draft + ": " + std::to_string(result.passed) + " of " +
                     std::to_string(total) + " tests pass, in " + std::to_string(result.files) + " files\n";
  if (result.failed.empty()) return text;
  text_table lines({"file", "group", "test", "expected", "reason"},
                   {align::left, align::left, align::left, align::left, align::left});
  for (const evalpp::cli::suite_failure& f : result.failed)
    lines.add({f.file, f.group, f.test, f.expected ? "valid" : "invalid", f.reason});
  return text + '\n' + (markdown ? lines.markdown() : lines.plain());
}

}  // namespace cli
