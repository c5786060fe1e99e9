// SPDX-License-Identifier: MIT
#include "score.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "metric_list.hpp"
#include "score_output.hpp"

#include <evalpp/data/file.hpp>
#include <evalpp/data/read.hpp>
#include <evalpp/parallel/threads.hpp>

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;
namespace data = evalpp::data;

const std::vector<option> score_options = {
    {"--help", "-h", false}, {"--metrics", "-m"},      {"--format", "-f"}, {"--per-example", ""},
    {"--slice", ""},         {"--input", ""},          {"--refs", ""},     {"--missing", ""},
    {"--prediction", ""},    {"--references", ""},     {"--id", ""},       {"--input-field", ""},
    {"--threads", ""},       {"--quiet", "-q", false},
};

std::string help() {
  std::string text = R"(evalpp score: how good is this output?

Text files, one segment a line, the reference first (further reference files with --refs):
  evalpp score ref.txt hyp.txt
  evalpp score ref.txt baseline.txt candidate.txt -m bleu,chrf++,ter
  evalpp score ref1.txt hyp.txt --refs ref2.txt --refs ref3.txt

JSONL, TSV or CSV, a file per system, each row with its own references:
  evalpp score run.jsonl                                   field names are detected and announced
  evalpp score base.jsonl cand.jsonl --slice domain -m rouge1:stem,rougeL:stem
  evalpp score run.jsonl --prediction answer --references gold
  evalpp score labels.jsonl -m classification              fields label and prediction
  some_program | evalpp score - --input jsonl

SQuAD, the dataset first, then a file of predictions per system:
  evalpp score dev-v2.0.json predictions.json -m squad_v2

Options:
  -m, --metrics LIST     NAME[:OPTION...][,NAME...]; an option is key=value or a flag;
                         \, and \: in a value stand for themselves
  -f, --format F         table (default), json, jsonl, csv, markdown
      --per-example FILE write every example's scores as JSONL
      --slice FIELD      break the scores down by a field of the rows; repeatable
      --input KIND       text, jsonl, json, tsv, csv, squad; default: by extension
      --refs FILE        another reference stream for text files; repeatable
      --missing POLICY   rows without a prediction: error (default), skip, worst (count as empty)
      --prediction, --references, --id, --input-field NAME
                         the fields to read; default: detected
      --threads N        0 uses every core (default); the scores do not depend on it
  -q, --quiet            no notes on stderr

Metrics and their options:
)";
  for (const metric_entry& entry : metric_list()) {
    if (entry.summary.empty()) continue;
    std::string line = "  " + entry.name;
    line.resize(std::max<std::size_t>(line.size() + 1, 18), ' ');
    text += line + entry.summary + '\n';
    if (!entry.options.empty()) text += std::string(18, ' ') + "options: " + entry.options + '\n';
  }
  return text + R"(
Without -m: bleu, chrf, rouge1, rouge2, rougeL, f1 and em; for a SQuAD dataset squad, or squad_v2
when it has questions without an answer.
)";
}

// What is scored when the user names no metric.
std::string default_metrics(const std::vector<data::dataset>& systems, bool is_squad) {
  if (!is_squad) return "bleu,chrf,rouge1,rouge2,rougeL,f1,em";
  const auto& records = systems.front().records;
  const bool unanswerable =
      std::any_of(records.begin(), records.end(), [](const data::record& r) { return r.references.empty(); });
  return unanswerable ? "squad_v2" : "squad";
}

// Measures one system. A row without a prediction is skipped, or measured as an empty one.
evalpp::table measure(const evalpp::metric_set& metrics, const data::dataset& system, std::size_t threads,
                      bool missing_as_empty) {
  std::vector<std::string_view> hypotheses;
  std::vector<std::span<const std::string>> references;
  for (const data::record& r : system.records) {
    hypotheses.push_back(r.prediction ? std::string_view(*r.prediction) : std::string_view());
    references.emplace_back(r.references);
  }
  evalpp::table rows = metrics.measure(evalpp::threads(threads), hypotheses, references);
  for (std::size_t i = 0; i < system.size(); ++i) {
    const data::record& r = system.records[i];
    rows.ids()[i] = r.id;
    if (r.has_prediction()) continue;
    const evalpp::row_state state = rows.states()[i];
    if (missing_as_empty) {
      rows.states()[i] = (has(state, evalpp::row_state::no_reference) ? evalpp::row_state::no_reference
                                                                      : evalpp::row_state::scored) |
                         evalpp::row_state::missing | evalpp::row_state::counted_as_empty;
    } else {
      rows.states()[i] = evalpp::row_state::missing;
      rows.clear_row(i);
    }
  }
  for (std::size_t k = 0; k < system.slice_names.size(); ++k) {
    evalpp::key_column key{system.slice_names[k], {}};
    for (const data::record& r : system.records) key.values.push_back(r.slices[k]);
    rows.add_key(std::move(key));
  }
  if (std::any_of(system.records.begin(), system.records.end(),
                  [](const data::record& r) { return r.weight != 1; })) {
    std::vector<std::int64_t> weights;
    for (const data::record& r : system.records) weights.push_back(r.weight);
    rows.set_weights(std::move(weights));
  }
  return rows;
}

using writer = std::string (*)(const scored_run&);

evalpp::result<writer> format_writer(const std::string& name) {
  if (name == "table") return writer{[](const scored_run& run) { return to_terminal(run, colours()); }};
  if (name == "json") return writer{to_json};
  if (name == "jsonl") return writer{to_jsonl};
  if (name == "csv") return writer{to_csv};
  if (name == "markdown" || name == "md") return writer{to_markdown};
  const std::string near = nearest(name, {"table", "json", "jsonl", "csv", "markdown"});
  return error{error_code::unknown_name, "there is no format \"" + name + "\"",
               near.empty() ? "choose table, json, jsonl, csv or markdown" : "did you mean " + near + "?"};
}

evalpp::result<data::read_options> read_options_from(const arguments& args) {
  data::read_options options;
  if (args.given("--input")) {
    options.kind = data::parse_kind(args.value("--input"));
    if (!options.kind)
      return error{error_code::unknown_name, "there is no input kind \"" + args.value("--input") + "\"",
                   "choose text, jsonl, json, tsv, csv or squad"};
  }
  options.fields = {.id = args.value("--id"),
                    .prediction = args.value("--prediction"),
                    .references = args.value("--references"),
                    .input = args.value("--input-field")};
  options.slices = args.values("--slice");
  options.references = args.values("--refs");
  const std::string missing = args.value("--missing", "error");
  if (missing != "error" && missing != "skip" && missing != "worst")
    return error{error_code::unknown_name, "--missing cannot be \"" + missing + "\"",
                 "choose error, skip or worst"};
  options.allow_missing = missing != "error";
  return options;
}

}  // namespace

int score(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, score_options);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(help()) ? exit_ok : exit_usage;
  const auto write = format_writer(args->value("--format", "table"));
  if (!write) return fail(write.error());
  std::size_t threads = 0;
  if (const std::string text = args->value("--threads", "0");
      std::from_chars(text.data(), text.data() + text.size(), threads).ptr != text.data() + text.size() ||
      text.empty() || threads > 4096)
    return fail({error_code::invalid_argument, "--threads must be a whole number from 0 to 4096"});
  // Metrics first: a typing error should not have to wait for the files.
  scored_run run;
  if (args->given("--metrics")) {
    auto chosen = make_metrics(args->value("--metrics"));
    if (!chosen) return fail(chosen.error());
    run.metrics = std::move(*chosen);
  }
  const auto options = read_options_from(*args);
  if (!options) return fail(options.error());
  if (args->files().empty())
    return fail(
        {error_code::invalid_argument, "score needs files", "evalpp score --help shows how to call it"});
  auto systems = data::read(args->files(), *options);
  if (!systems) return fail(systems.error());
  for (const data::dataset& system : *systems) {
    if (!args->given("--quiet"))
      for (const std::string& text : system.notes) note(text);
    if (system.size() == 0)
      return fail({error_code::invalid_argument, "there is nothing to score", "", system.file});
  }
  run.slices = options->slices;
  if (run.metrics.empty()) {
    const bool is_squad = options->kind == data::input_kind::squad ||
                          (args->files().size() > 1 && systems->size() + 1 == args->files().size() &&
                           data::kind_of(args->files().front()) == data::input_kind::json);
    run.metrics = *make_metrics(default_metrics(*systems, is_squad));
  }

  std::vector<evalpp::any_metric> metrics;
  for (const chosen_metric& m : run.metrics) metrics.push_back(m.metric);
  const evalpp::metric_set set(std::move(metrics));
  for (data::dataset& system : *systems) {
    evalpp::table rows = measure(set, system, threads, args->value("--missing") == "worst");
    run.systems.push_back({std::move(system), std::move(rows)});
  }
  if (args->given("--per-example"))
    if (const auto written = data::write_bytes(args->value("--per-example"), per_example_jsonl(run));
        !written)
      return fail(written.error());
  if (!print((*write)(run))) return fail({error_code::io, "cannot write to standard output"});
  return exit_ok;
}

}  // namespace cli
