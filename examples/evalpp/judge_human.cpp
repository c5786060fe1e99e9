// SPDX-License-Identifier: MIT
#include "judge_human.hpp"

#include "console.hpp"
#include "judge_bias.hpp"

#include <evalpp/core/options.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/text_table.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cli {
namespace {

namespace judge = evalpp::judge;
namespace report = evalpp::report;
using judge::criterion_agreement;
using align = evalpp::report::text_table::align;
using rating_kind = judge::rating_scale::kind;

std::string_view name_of(rating_kind of) {
  return of == rating_kind::levels ? "scale" : of == rating_kind::met ? "checklist" : "preference";
}

// What a rating is called: a level, or a word.
std::string rating_name(const judge::rating_scale& scale, std::size_t category) {
  if (scale.of == rating_kind::met) return category == 0 ? "no" : "yes";
  if (scale.of == rating_kind::preference) return std::string(judge::preference_names[category]);
  return std::to_string(scale.lowest + static_cast<std::int64_t>(category));
}

void write_confusion(evalpp::json::writer& out, const criterion_agreement& of) {
  out.key("confusion");
  if (of.confusion.empty()) {
    out.value(nullptr);
    return;
  }
  const std::size_t n = of.scale.categories();
  out.begin_object().member("rows", "people").member("columns", "judge").key("ratings").begin_array();
  for (std::size_t i = 0; i < n; ++i) {
    if (of.scale.of == rating_kind::levels)
      out.value(of.scale.lowest + static_cast<std::int64_t>(i));
    else
      out.value(rating_name(of.scale, i));
  }
  out.end_array().key("counts").begin_array();
  for (std::size_t i = 0; i < n; ++i) {
    out.begin_array();
    for (std::size_t j = 0; j < n; ++j) out.value(of.confusion[i * n + j]);
    out.end_array();
  }
  out.end_array().end_object();
}

void write_criterion(evalpp::json::writer& out, const criterion_agreement& of) {
  const bool ordered = of.scale.of == rating_kind::levels;
  out.begin_object().member("criterion", of.scale.name).member("kind", name_of(of.scale.of));
  out.member("n", of.items).member("labels", of.labels).member("unscored", of.unscored);
  write_estimated(out, "agreement", of.agreement);
  begin_estimated(out.key("kappa"), of.kappa);
  out.member("weights", ordered ? "quadratic" : "none").end_object();
  begin_estimated(out.key("alpha"), of.alpha);
  out.member("level", ordered ? "ordinal" : "nominal").end_object();
  write_estimated(out, "ac1", of.ac1);
  if (of.human_agreement) out.member("human_agreement", *of.human_agreement);
  if (of.human_agreement) write_estimated(out, "human_alpha", of.human_alpha);
  if (ordered) {
    write_estimated(out, "pearson", of.pearson);
    write_estimated(out, "spearman", of.spearman);
    write_estimated(out, "kendall", of.kendall);
  }
  write_confusion(out, of);
  out.member("judge_mean", of.judge_mean).member("human_mean", of.human_mean);
  begin_estimated(out.key("corrected_mean"), of.mean);
  if (of.mean_details)
    out.member("lambda", of.mean_details->lambda)
        .member("labelled", of.mean_details->labelled)
        .member("unlabelled", of.mean_details->unlabelled);
  out.end_object();
  if (of.scale.of == rating_kind::met) {
    begin_estimated(out.key("corrected_rate"), of.rate);
    if (of.rate_details)
      out.member("raw", of.rate_details->raw)
          .member("sensitivity", of.rate_details->sensitivity)
          .member("specificity", of.rate_details->specificity);
    out.end_object();
  }
  out.end_object();
}

std::string shown_number(double value) { return report::format_value(value, evalpp::scale::fraction); }

void add_rows(report::text_table& table, const criterion_agreement& of) {
  const bool ordered = of.scale.of == rating_kind::levels;
  std::string name = report::printable(of.scale.name);
  const auto row = [&](std::string measure, std::string value) {
    table.add({std::exchange(name, ""), std::move(measure), std::move(value)});
  };
  row("items",
      std::to_string(of.items) + (of.labels == of.items ? "" : ", labels " + std::to_string(of.labels)));
  if (of.unscored != 0) row("labelled but unscored", std::to_string(of.unscored));
  if (of.items == 0) return;
  row("equal to the judge", shown(of.agreement));
  row(ordered ? "Cohen's kappa, quadratic" : "Cohen's kappa", shown(of.kappa));
  row(ordered ? "Krippendorff's alpha, ordinal" : "Krippendorff's alpha, nominal", shown(of.alpha));
  row("Gwet's AC1", shown(of.ac1));
  if (of.human_agreement) {
    row("people: equal to each other", shown_number(*of.human_agreement));
    row("people: Krippendorff's alpha", shown(of.human_alpha));
  }
  if (ordered) {
    row("Pearson", shown(of.pearson));
    row("Spearman", shown(of.spearman));
    row("Kendall", shown(of.kendall));
  }
  row("mean of the judge, all items", shown_number(of.judge_mean));
  row("mean of people, labelled items", shown_number(of.human_mean));
  row("mean of people, all items (PPI++)", shown(of.mean));
  if (of.scale.of == rating_kind::met) row("rate, all items (Rogan-Gladen)", shown(of.rate));
}

std::string confusion_text(const criterion_agreement& of) {
  const std::size_t n = of.scale.categories();
  constexpr std::size_t widest = 12;  // beyond it a terminal breaks the lines
  if (of.confusion.empty() || of.items == 0 || n > widest) return "";
  std::vector<std::string> header{"people \\ judge"};
  for (std::size_t i = 0; i < n; ++i) header.push_back(rating_name(of.scale, i));
  report::text_table table(header, std::vector<align>(n + 1, align::right));
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::string> cells{rating_name(of.scale, i)};
    for (std::size_t j = 0; j < n; ++j) cells.push_back(std::to_string(of.confusion[i * n + j]));
    table.add(std::move(cells));
  }
  return '\n' + report::printable(of.scale.name) + '\n' + table.plain();
}

}  // namespace

evalpp::result<std::optional<judge::agreement_report>> human_report(
    const std::string& file, bool quiet, std::span<const judge::item_verdict> verdicts,
    const std::vector<judge::rating_scale>& scales,
    const std::optional<evalpp::stats::score_interval_options>& intervals) {
  if (file.empty()) return std::optional<judge::agreement_report>{};
  const auto text = evalpp::data::read_text(file);
  if (!text) return text.error();
  const auto labels = judge::read_human_labels(*text, scales);
  if (!labels) return labels.error();
  judge::agreement_options options;
  options.intervals = intervals.has_value();
  if (intervals) {
    options.level = intervals->level;
    options.resampling.seed = intervals->resampling.seed;
    if (intervals->resampling.replicates != 0)
      options.resampling.replicates = intervals->resampling.replicates;
  }
  auto report = agreement_of(evalpp::threads(), verdicts, scales, *labels, options);
  if (report.unknown == report.items)
    return evalpp::error{
        .code = evalpp::error_code::mismatch,
        .message = "no id of the labels was judged; the first is \"" + report.unknown_ids.front() + '"',
        .fix = "label the items by the ids of the judged data",
        .file = text->file};
  if (!quiet) {
    for (const std::string& line : labels->notes) note(line);
    if (report.unknown != 0)
      note(text->file + ": left out what was not judged: " + std::to_string(report.unknown) +
           (report.unknown == 1 ? " id, \"" : " ids, such as \"") + report.unknown_ids.front() + '"');
  }
  return std::optional(std::move(report));
}

void write_human(evalpp::json::writer& out, const judge::agreement_report& report) {
  out.begin_object().member("labels", report.labels).member("raters", report.raters);
  out.member("items", report.items).member("not_judged", report.unknown).key("criteria").begin_array();
  for (const criterion_agreement& c : report.criteria) write_criterion(out, c);
  out.end_array().end_object();
}

std::string human_text(const judge::agreement_report& found) {
  std::string text = "\nagainst " + std::to_string(found.labels) + " labels of " +
                     std::to_string(found.items) + " items by " + std::to_string(found.raters) +
                     (found.raters == 1 ? " person" : " people");
  if (found.unknown != 0)
    text += ", " + std::to_string(found.unknown) + " of which " + (found.unknown == 1 ? "was" : "were") +
            " not judged";
  text += "\n\n";
  report::text_table table({"criterion", "", "value"}, {align::left, align::left, align::left});
  for (const criterion_agreement& c : found.criteria) add_rows(table, c);
  text += table.plain();
  for (const criterion_agreement& c : found.criteria) text += confusion_text(c);
  return text;
}

}  // namespace cli
