// SPDX-License-Identifier: MIT
// JSON as language models write it (see json_sets.hpp), held against the schema that was asked for. The sets
// and the peers take turns, so the times are those of a stream of documents and not of one learnt by heart.
//
// `conforms`: from bytes to the verdict. `x_portable` is the same without vector instructions, `x_document`
// parser and validator of this library, `x_parse` the parser alone, `x_errors` the verdict and all errors of
// what fails; then how many times longer peers take: simdjson to build its document and no more, those of
// json_judges.hpp and ajv to the verdict, `x_blaze_errors` in its exhaustive mode. `x_blaze_evaluation` is of
// what remains of blaze and of `x_document` without parsing. `validate`: the verdict on a parsed document,
// and the list of all errors. `compile`: from the text of a schema to somebody who judges.

#include <json_judges.hpp>
#include <json_sets.hpp>
#include <node_peers.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace json = evalpp::json;
using bench::compiled;
using bench::judge;

std::size_t count(const bench::json_set& set, bool parses) {
  return static_cast<std::size_t>(
      std::count_if(set.documents.begin(), set.documents.end(),
                    [&](const bench::json_document& d) { return parses ? d.parses : d.valid; }));
}

std::vector<double> ajv_seconds(const std::vector<bench::json_set>& sets) {
  std::vector<std::string> schemas;
  std::vector<std::vector<std::string>> texts;
  std::vector<std::size_t> accepted;
  for (const bench::json_set& set : sets) {
    schemas.push_back(set.schema);
    accepted.push_back(count(set, false));
    texts.emplace_back();
    for (const bench::json_document& each : set.documents) texts.back().push_back(each.text);
  }
  return bench::node_seconds("ajv", schemas, texts, accepted, R"(
const Ajv = require('ajv');
const validators = options.map(schema => new Ajv({strict: false}).compile(JSON.parse(schema)));
function accepts(set, bytes) {
  try {
    return validators[set](JSON.parse(bytes.toString('utf8')));
  } catch {
    return false;
  }
}
)");
}

/// All sets and judges, measured once.
struct results {
  std::vector<bench::json_set> sets = bench::json_sets();
  std::vector<std::vector<std::unique_ptr<judge>>> judges_of;
  std::unique_ptr<bench::json_contest> contest;
  std::vector<double> ajv = ajv_seconds(sets);

  results() {
    for (const auto& set : sets) {
      judges_of.emplace_back();
      for (const bench::judge_maker make : bench::judge_makers())
        judges_of.back().push_back(make(set.schema));
    }
    contest = std::make_unique<bench::json_contest>(
        sets, judges_of[0].size(), 18, [&](std::size_t who, std::size_t set, const std::string& text) {
          return judges_of[set][who]->accepts(text);
        });
  }
  static const results& get() {
    static const results measured;
    return measured;
  }
};

void conforms(benchmark::State& state) {
  const results& all = results::get();
  const auto at = static_cast<std::size_t>(state.range(0));
  const bench::json_set& set = all.sets[at];
  const std::vector<double>& seconds = all.contest->seconds[at];
  for (auto _ : state) state.SetIterationTime(seconds[0]);
  state.SetLabel(set.name);
  state.counters["bytes"] = static_cast<double>(set.bytes()) / static_cast<double>(set.size());
  state.counters["ns/doc"] = 1e9 * seconds[0] / static_cast<double>(set.size());
  state.counters["MB/s"] = 1e-6 * static_cast<double>(set.bytes()) / seconds[0];
  for (std::size_t who = 0; who < seconds.size(); ++who) {
    const judge& each = *all.judges_of[at][who];
    if (who != 0) state.counters["x_" + each.name] = seconds[who] / seconds[0];
    if (all.contest->accepted[at][who] != count(set, each.parses))
      state.SkipWithError((each.name + " judges otherwise").c_str());
  }
  const auto seconds_of = [&](const char* name) {
    for (std::size_t who = 0; who < seconds.size(); ++who)
      if (all.judges_of[at][who]->name == name) return seconds[who];
    return 0.0;
  };
  if (const double peer = seconds_of("blaze"); peer > 0) {
    state.counters["x_blaze_evaluation"] =
        (peer - seconds_of("blaze_parse")) / (seconds_of("document") - seconds_of("parse"));
  }
  if (!all.ajv.empty()) state.counters["x_ajv"] = all.ajv[at] / seconds[0];
}
BENCHMARK(conforms)->DenseRange(0, 5)->UseManualTime()->Iterations(1);

/// One pass over the documents of a set that parse, all of them in memory.
template <class Pass>
void over_documents(benchmark::State& state, Pass pass) {
  const auto sets = bench::json_sets();
  const bench::json_set set = sets[static_cast<std::size_t>(state.range(0))].parsing();
  std::vector<json::document> documents;
  for (const auto& each : set.documents) documents.push_back(std::move(*json::parse(each.text)));
  json::validator validator(compiled(set.schema));
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    for (const json::document& each : documents) pass(validator, each.root());
    best = std::min(best, bench::cpu_seconds() - before);
  }
  state.SetLabel(set.name);
  state.counters["ns/doc"] = 1e9 * best / static_cast<double>(set.size());
}

void validate(benchmark::State& state) {
  over_documents(state,
                 [](json::validator& v, json::value root) { benchmark::DoNotOptimize(v.check(root)); });
}
BENCHMARK(validate)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);

void validate_errors(benchmark::State& state) {
  over_documents(state, [](json::validator& v, json::value root) {
    benchmark::DoNotOptimize(v.validate(root).errors.size());
  });
}
BENCHMARK(validate_errors)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);

void compile(benchmark::State& state) {
  const bench::json_set set = bench::json_sets(1)[static_cast<std::size_t>(state.range(0))];
  const std::vector<bench::judge_maker> makers = bench::judge_makers();
  std::vector<double> best(makers.size(), 1e300);
  for (auto _ : state) {
    for (std::size_t turn = 0; turn < 2 * makers.size(); ++turn) {  // twice: the first finds cold caches
      const double before = bench::cpu_seconds();
      benchmark::DoNotOptimize(makers[turn / 2](set.schema));
      best[turn / 2] = std::min(best[turn / 2], bench::cpu_seconds() - before);
    }
  }
  state.SetLabel(set.name);
  state.counters["us"] = 1e6 * best[0];
  state.counters["us/kB"] = 1e9 * best[0] / static_cast<double>(set.schema.size());
  for (std::size_t who = bench::own_judges; who < makers.size(); ++who) {
    const auto made = makers[who](set.schema);
    if (!made->parses) state.counters["x_" + made->name] = best[who] / best[0];
  }
}
BENCHMARK(compile)->DenseRange(0, 5)->Unit(benchmark::kMicrosecond);

/// ns per byte of records of one kind, from 200 bytes to 64 kB: what a document costs beside its bytes.
void conforms_size(benchmark::State& state) {
  const bench::json_set records = bench::json_sets(400, 7)[0];
  json::conformance_checker checker(compiled("{\"items\":" + records.schema + "}"));
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (std::size_t next = 0; bytes < 2'000'000;) {
    std::string text = "[";
    while (text.size() < static_cast<std::size_t>(state.range(0))) {
      const bench::json_document& record = records.documents[next++ % records.size()];
      if (record.valid) text += (text.size() > 1 ? "," : "") + record.text;
    }
    bytes += text.size() + 1;
    texts.push_back(text + ']');
  }
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    for (const std::string& text : texts) {
      if (!checker.conforms(text)) state.SkipWithError("a valid text is refused");
    }
    best = std::min(best, bench::cpu_seconds() - before);
  }
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(texts.size());
  state.counters["ns/B"] = 1e9 * best / static_cast<double>(bytes);
}
BENCHMARK(conforms_size)
    ->Arg(200)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(16000)
    ->Arg(64000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
