// SPDX-License-Identifier: MIT
// JSON as language models write it (see json_sets.hpp), parsed into a document, one parser for all texts. The
// sets and the peers take turns, so the times are those of a stream of documents and not of one learnt by
// heart. `x_PEER` is how many times longer a peer takes to build its document from the same bytes: simdjson
// and yyjson from checkouts (EVALPP_PEER_SIMDJSON_DIR, EVALPP_PEER_YYJSON_DIR), RapidJSON and nlohmann where
// they are installed. Peers copy strings and convert numbers, and let equal keys stand; ours refers to its
// copy of the text, keeps the text of numbers, and finds equal keys. All accept the same documents, or the
// bench fails.

#include <evalpp/json/parse.hpp>

#include <json_parsers.hpp>
#include <json_sets.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

using bench::parsers;

/// All sets and parsers, measured once.
struct results {
  std::vector<bench::json_set> sets;
  std::vector<std::string> names;
  bench::json_contest contest;

  static const results& get() {
    static const results measured = [] {
      std::vector<bench::json_set> sets;
      for (const auto& set : bench::json_sets()) sets.push_back(set.parsing());
      parsers all;
      bench::json_contest contest(sets, all.names.size(), 36,
                                  [&](std::size_t who, std::size_t, const std::string& text) {
                                    return all.parse(all.names[who], text);
                                  });
      return results{std::move(sets), all.names, std::move(contest)};
    }();
    return measured;
  }
};

void json_parse(benchmark::State& state) {
  const results& all = results::get();
  const auto set = static_cast<std::size_t>(state.range(0));
  const std::vector<double>& seconds = all.contest.seconds[set];
  const auto documents = static_cast<double>(all.sets[set].size());
  for (auto _ : state) state.SetIterationTime(seconds[0]);
  state.SetLabel(all.sets[set].name);
  state.counters["bytes"] = static_cast<double>(all.sets[set].bytes()) / documents;
  state.counters["ns/doc"] = 1e9 * seconds[0] / documents;
  state.counters["MB/s"] = 1e-6 * static_cast<double>(all.sets[set].bytes()) / seconds[0];
  for (std::size_t who = 1; who < all.names.size(); ++who) {
    state.counters["x_" + all.names[who]] = seconds[who] / seconds[0];
    if (all.contest.accepted[set][who] != all.sets[set].size()) {
      state.SkipWithError((all.names[who] + " refuses a document").c_str());
    }
  }
}
BENCHMARK(json_parse)->DenseRange(0, 5)->UseManualTime()->Iterations(1);

/// ns per byte of records of one kind, from 200 bytes to 64 kB: what a document costs beside its bytes.
void json_parse_size(benchmark::State& state) {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  const auto sets = bench::json_sets(400, 7);
  std::size_t next = 0;
  const std::vector<bench::json_document> records = sets[0].parsing().documents;
  while (bytes < 2'000'000) {
    std::string text = "[";
    do {
      if (text.size() > 1) text += ',';
      text += records[next++ % records.size()].text;
    } while (text.size() < static_cast<std::size_t>(state.range(0)));
    bytes += text.size() + 1;
    texts.push_back(text + ']');
  }
  evalpp::json::parser parser;
  const bench::work amount{static_cast<double>(texts.size()), static_cast<double>(bytes),
                           static_cast<double>(bytes)};
  bench::measure(state, amount, [&] {
    for (const std::string& text : texts) benchmark::DoNotOptimize(parser.parse(text).has_value());
  });
}
BENCHMARK(json_parse_size)
    ->Arg(200)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(16000)
    ->Arg(64000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
