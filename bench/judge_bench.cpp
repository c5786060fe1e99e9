// SPDX-License-Identifier: MIT
// What models say when they are asked for JSON: the documents of json_sets.hpp, half of them as they stand, a
// quarter in a code fence behind a sentence, a quarter in the middle of prose. Sets and candidates take
// turns.
//
// `output_judge`: from an output to the rungs of the ladder. `strict_ns` is the same for the documents as
// they stand; `x_steps` how many times longer extractor and validator take by themselves, `x_ajv` what is
// written most often: `JSON.parse` of the output, else of what lies between its first and last bracket, then
// ajv. `json_conformance`: the metric's row, with the sound document as its reference; `x_twin` is the
// literal twin in tests/reference.

#include <evalpp/core/evaluate.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/output_judge.hpp>
#include <evalpp/metrics/json_conformance.hpp>

#include <json_judges.hpp>
#include <json_sets.hpp>
#include <node_peers.hpp>

#include <reference/json_conformance.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace json = evalpp::json;
using bench::compiled;
using bench::json_set;

/// The documents as models wrap them.
std::vector<json_set> outputs() {
  bench::generator g(11);
  const bench::ranks words(5000);
  const auto prose = [&] { return bench::sentence(bench::drawn(5 + g.below(30), words, g)); };
  std::vector<json_set> sets = bench::json_sets();
  for (json_set& set : sets) {
    for (bench::json_document& each : set.documents) {
      const std::uint32_t how = g.below(4);
      if (how == 2) each.text = prose() + "\n```json\n" + each.text + "\n```\n";
      if (how == 3) each.text = prose() + ":\n" + each.text + "\n" + prose();
    }
  }
  return sets;
}

std::vector<double> ajv_seconds(const std::vector<json_set>& sets, const std::vector<std::size_t>& accepted) {
  std::vector<std::string> schemas;
  std::vector<std::vector<std::string>> texts;
  for (const json_set& set : sets) {
    schemas.push_back(set.schema);
    texts.emplace_back();
    for (const bench::json_document& each : set.documents) texts.back().push_back(each.text);
  }
  return bench::node_seconds("judge", schemas, texts, accepted, R"(
const Ajv = require('ajv');
const validators = options.map(schema => new Ajv({strict: false}).compile(JSON.parse(schema)));
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    const first = text.search(/[\[{]/);
    const last = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
    return JSON.parse(text.slice(first, last + 1));
  }
}
function accepts(set, bytes) {
  try {
    return validators[set](parsed(bytes.toString('utf8')));
  } catch {
    return false;
  }
}
)");
}

/// Both ways, measured once: over the outputs, and over the documents as they stand.
struct results {
  std::vector<json_set> wrapped = outputs();
  std::vector<json_set> bare = bench::json_sets();
  std::unique_ptr<bench::json_contest> contest, strict;
  std::vector<double> ajv;

  results() {
    std::vector<json::output_judge> judges;
    std::vector<json::extractor> extractors;
    std::vector<json::validator> validators;
    for (const json_set& set : wrapped) {
      const json::schema schema = compiled(set.schema);
      judges.emplace_back(schema);
      extractors.emplace_back(
          json::extract_options{.roots = json::output_judge::roots_of(schema),
                                .parse = {.max_depth = 1024, .duplicates = json::duplicate_keys::error}});
      validators.emplace_back(schema);
    }
    const auto handle = [&](std::size_t who, std::size_t set, const std::string& text) -> std::size_t {
      if (who == 0) return judges[set].judge(std::string_view(text)).valid();
      return extractors[set].extract(text) &&
             validators[set].check(extractors[set].value()) == json::verdict::valid;
    };
    contest = std::make_unique<bench::json_contest>(wrapped, 2, 18, handle);
    strict = std::make_unique<bench::json_contest>(bare, 2, 18, handle);
    std::vector<std::size_t> accepted;
    for (const auto& each : strict->accepted) accepted.push_back(each[0]);
    ajv = ajv_seconds(bare, accepted);
  }
  static const results& get() {
    static const results measured;
    return measured;
  }
};

void output_judge(benchmark::State& state) {
  const results& all = results::get();
  const auto at = static_cast<std::size_t>(state.range(0));
  const json_set& set = all.wrapped[at];
  const std::vector<double>& seconds = all.contest->seconds[at];
  const auto documents = static_cast<double>(set.size());
  for (auto _ : state) state.SetIterationTime(seconds[0]);
  if (all.contest->accepted[at][0] != all.contest->accepted[at][1]) state.SkipWithError("the steps differ");
  state.SetLabel(set.name);
  state.counters["bytes"] = static_cast<double>(set.bytes()) / documents;
  state.counters["ns/output"] = 1e9 * seconds[0] / documents;
  state.counters["MB/s"] = 1e-6 * static_cast<double>(set.bytes()) / seconds[0];
  state.counters["x_steps"] = seconds[1] / seconds[0];
  state.counters["strict_ns"] = 1e9 * all.strict->seconds[at][0] / documents;
  state.counters["strict_x_steps"] = all.strict->seconds[at][1] / all.strict->seconds[at][0];
  if (!all.ajv.empty()) state.counters["strict_x_ajv"] = all.ajv[at] / all.strict->seconds[at][0];
}
BENCHMARK(output_judge)->DenseRange(0, 5)->UseManualTime()->Iterations(1);

/// The metric over the outputs of a set, `mode` being how arrays are compared. 0: without references.
void json_conformance(benchmark::State& state) {
  const std::vector<json_set> wrapped = outputs(), bare = bench::json_sets();
  const auto at = static_cast<std::size_t>(state.range(0));
  const bool referenced = state.range(1) != 0;
  evalpp::json_conformance metric{.schema = compiled(wrapped[at].schema)};
  metric.fields.arrays = static_cast<json::array_mode>(state.range(1) == 2 ? 2 : 0);
  std::vector<std::vector<std::string>> references;
  std::vector<evalpp::prepared<evalpp::json_conformance, evalpp::text_kind>> gold;
  for (const bench::json_document& each : bare[at].documents) {
    references.emplace_back();
    if (referenced) references.back().push_back(each.text);
    gold.push_back(evalpp::prepare(metric, references.back()));
  }
  evalpp::scratch<evalpp::json_conformance, evalpp::text_kind> buffers;
  const std::size_t size = wrapped[at].size();
  double best = 1e300, twin = 1e300;
  for (auto _ : state) {
    const double first = bench::cpu_seconds();
    for (std::size_t i = 0; i < size; ++i)
      benchmark::DoNotOptimize(evalpp::measure(metric, wrapped[at].documents[i].text, gold[i], buffers));
    const double second = bench::cpu_seconds();
    best = std::min(best, second - first);
    if (metric.fields.arrays != json::array_mode::ordered || twin < 1e300) continue;
    const json::extract_options extraction{.roots = json::output_judge::roots_of(*metric.schema)};
    for (std::size_t i = 0; i < size; ++i)
      benchmark::DoNotOptimize(reference::json_conformance(wrapped[at].documents[i].text, references[i],
                                                           *metric.schema, true, extraction, metric.fields));
    twin = bench::cpu_seconds() - second;
  }
  state.SetLabel(wrapped[at].name + (referenced ? state.range(1) == 2 ? ", assignment" : ", in order" : ""));
  state.counters["ns/output"] = 1e9 * best / static_cast<double>(size);
  if (twin < 1e300) state.counters["x_twin"] = twin / best;
}
BENCHMARK(json_conformance)->ArgsProduct({{0, 1, 2, 3, 4, 5}, {0, 1, 2}})->Unit(benchmark::kMillisecond);

}  // namespace
