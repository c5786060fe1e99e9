// SPDX-License-Identifier: MIT
#include "run_options.hpp"

#include "console.hpp"
#include "suggest.hpp"

#include <evalpp/data/read.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace cli {

using evalpp::error;
using evalpp::error_code;
namespace data = evalpp::data;

std::vector<option> with_run_options(std::vector<option> own) {
  std::vector<option> all{
      {"--help", "-h", false},  {"--metrics", "-m"},  {"--format", "-f"},
      {"--input", ""},          {"--refs", ""},       {"--missing", ""},
      {"--prediction", ""},     {"--references", ""}, {"--id", ""},
      {"--input-field", ""},    {"--slice", ""},      {"--ci", ""},
      {"--method", ""},         {"--seed", ""},       {"--resamples", ""},
      {"--cluster", ""},        {"--threads", ""},    {"--allow-identical", "", false},
      {"--quiet", "-q", false},
  };
  std::move(own.begin(), own.end(), std::back_inserter(all));
  return all;
}

namespace {

// A dataset and files of answers to it, rather than a file per system.
bool reads_squad(const arguments& args, const data::read_options& options,
                 const std::vector<data::dataset>& systems) {
  const data::input_kind kind = options.kind.value_or(data::kind_of(args.files().front()));
  return kind != data::input_kind::text && systems.size() < args.files().size();
}

}  // namespace

std::string default_metrics(const arguments& args, const data::read_options& options,
                            const std::vector<data::dataset>& systems) {
  if (!reads_squad(args, options, systems)) return "bleu,chrf,rouge1,rouge2,rougeL,f1,em";
  const auto& records = systems.front().records;
  const bool unanswerable =
      std::any_of(records.begin(), records.end(), [](const data::record& r) { return r.references.empty(); });
  return unanswerable ? "squad_v2" : "squad";
}

evalpp::result<std::vector<chosen_metric>> chosen_metrics(const arguments& args) {
  std::vector<chosen_metric> all;
  for (const std::string& list : args.values("--metrics")) {
    auto some = make_metrics(list);
    if (!some) return some.error();
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  return all;
}

evalpp::result<data::read_options> read_options_from(const arguments& args,
                                                     const std::vector<chosen_metric>& metrics) {
  data::read_options options;
  if (args.given("--input")) {
    const std::string kind = args.value("--input");
    options.kind = data::parse_kind(kind);
    if (!options.kind)
      return error{error_code::unknown_name, "there is no input kind \"" + kind + "\"",
                   suggestion(kind, {"text", "jsonl", "json", "tsv", "csv", "squad"})};
  }
  options.fields = {.id = args.value("--id"),
                    .prediction = args.value("--prediction"),
                    .references = args.value("--references"),
                    .input = args.value("--input-field")};
  options.slices = args.values("--slice");
  options.cluster = args.value("--cluster");
  options.references = args.values("--refs");
  options.allow_identical = args.given("--allow-identical");
  const std::string missing = args.value("--missing", "error");
  if (missing != "error" && missing != "skip" && missing != "worst")
    return error{error_code::unknown_name, "--missing cannot be \"" + missing + "\"",
                 suggestion(missing, {"error", "skip", "worst"})};
  options.allow_missing = missing != "error";
  // Rows of labels: `label` and `prediction` are their fields whatever else a row holds, and lists are sets.
  const bool labels =
      !metrics.empty() && std::all_of(metrics.begin(), metrics.end(),
                                      [](const chosen_metric& m) { return m.for_sets.has_value(); });
  if (labels) {
    options.allow_lists = true;
    options.preferred = {.prediction = "prediction", .references = "label"};
  }
  options.allow_documents =
      !metrics.empty() &&
      std::all_of(metrics.begin(), metrics.end(), [](const chosen_metric& m) { return m.reads_json; });
  if (options.allow_documents) options.need_references = false;
  return options;
}

evalpp::result<std::size_t> thread_count(const arguments& args) {
  const std::string text = args.value("--threads", "0");
  std::size_t count = 0;
  if (parse_number(text, count) && count <= 4096) return count;
  return error{error_code::invalid_argument, "--threads cannot be \"" + text + "\"",
               "give a whole number from 1 to 4096, or 0 for every core"};
}

evalpp::result<bool> json_asked(const arguments& args) {
  const std::string format = args.value("--format", "table");
  if (format != "table" && format != "json")
    return evalpp::error{evalpp::error_code::unknown_name, "there is no format \"" + format + '"',
                         suggestion(format, {"table", "json"})};
  return format == "json";
}

evalpp::result<std::optional<evalpp::stats::score_interval_options>> intervals_from(const arguments& args) {
  namespace stats = evalpp::stats;
  stats::score_interval_options options;
  const std::string level = args.value("--ci", "0.95");
  const bool none = level == "none";
  if (!none && (!parse_number(level, options.level) || !(options.level >= 0.5 && options.level < 1)))
    return error{error_code::invalid_argument, "--ci cannot be \"" + level + "\"",
                 "give a level from 0.5 to below 1, such as 0.95, or none"};
  const std::string method = args.value("--method", "auto");
  std::vector<std::string> known{"auto"};
  for (const stats::interval_method m : stats::interval_methods) known.emplace_back(to_string(m));
  options.method = stats::parse_interval_method(method);
  if (!options.method && method != "auto")
    return error{error_code::unknown_name, "there is no method \"" + method + "\"",
                 suggestion(method, known)};
  const std::string seed = args.value("--seed", "12345");
  if (!parse_number(seed, options.resampling.seed))
    return error{error_code::invalid_argument, "--seed cannot be \"" + seed + "\"",
                 "give a whole number from 0 to 2^64 - 1"};
  // Fewer than five replicates in a tail say nothing of its end.
  std::size_t& replicates = options.resampling.replicates;
  const std::string resamples = args.value("--resamples");
  if (args.given("--resamples") &&
      (!parse_number(resamples, replicates) || replicates == 0 || replicates > 10'000'000 ||
       (!none && static_cast<double>(replicates) * (1 - options.level) < 10)))
    return error{
        error_code::invalid_argument, "--resamples cannot be \"" + resamples + "\"",
        "give a whole number up to 10000000 that leaves five or more beyond each end, such as 10240"};
  if (none) {
    for (const char* option : {"--method", "--seed", "--resamples", "--cluster"})
      if (args.given(option))
        return error{error_code::invalid_argument, std::string(option) + " means nothing with --ci none",
                     "leave out one of the two"};
    return std::optional<stats::score_interval_options>{};
  }
  return std::optional(options);
}

evalpp::result<std::vector<data::dataset>> read_systems(const arguments& args,
                                                        const data::read_options& options) {
  return read_systems(args, options, args.files());
}

evalpp::result<std::vector<data::dataset>> read_systems(const arguments& args,
                                                        const data::read_options& options,
                                                        const std::vector<std::string>& files) {
  auto systems = data::read(files, options);
  if (!systems) return systems;
  for (const data::dataset& system : *systems) {
    if (!args.given("--quiet"))
      for (const std::string& text : system.notes) note(text);
    if (system.size() == 0)
      return error{error_code::invalid_argument, "there is nothing to score", "give a file with examples",
                   system.file};
  }
  return systems;
}

}  // namespace cli
