// SPDX-License-Identifier: MIT
// Documents that people have published: the configuration files of sourcemeta-research/jsonschema-benchmark,
// one a line, each set with its schema. EVALPP_PEER_PUBLIC_SETS_DIR names the folder `schemas` of a checkout
// when the bench is run; without it there is nothing here.
//
// `conforms_public`: from bytes to the verdict, as `conforms`; `fused` is 1 where the schema is judged while
// the text is read. `json_parse_public`: into a document, as `json_parse`. Sets and peers take turns.

#include <json_judges.hpp>
#include <json_parsers.hpp>
#include <json_sets.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using bench::judge;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The sets of the folder, without those that lack a file or whose schema needs others.
std::vector<bench::json_set> public_sets() {
  std::vector<bench::json_set> sets;
  const char* const folder = std::getenv("EVALPP_PEER_PUBLIC_SETS_DIR");
  if (folder == nullptr || *folder == '\0') return sets;
  for (const auto& entry : fs::directory_iterator(folder)) {
    bench::json_set set{entry.path().filename().string(), text_of(entry.path() / "schema.json"), {}};
    const std::string lines = text_of(entry.path() / "instances.jsonl");
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      if (end > at) set.documents.push_back({lines.substr(at, end - at)});
      at = end + 1;
    }
    if (!set.documents.empty() && evalpp::json::schema::compile(set.schema)) sets.push_back(std::move(set));
  }
  std::sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return sets;
}

/// The judges of a set by name, the first of them ours.
std::vector<std::unique_ptr<judge>> judges_of(const bench::json_set& set) {
  std::vector<std::unique_ptr<judge>> all;
  all.push_back(bench::make_judge<bench::own>(set.schema));
  all.push_back(bench::make_judge<bench::portable>(set.schema));
  all.push_back(bench::make_judge<bench::document>(set.schema));
  if (bench::blaze_library::get().is_there()) all.push_back(bench::make_judge<bench::blaze>(set.schema));
  return all;
}

void show(benchmark::State& state, const bench::json_set& set, const std::vector<double>& seconds) {
  const auto documents = static_cast<double>(set.size());
  for (auto _ : state) state.SetIterationTime(seconds[0]);
  state.counters["bytes"] = static_cast<double>(set.bytes()) / documents;
  state.counters["ns/doc"] = 1e9 * seconds[0] / documents;
}

void conforms_public(benchmark::State& state, const std::vector<bench::json_set>& sets, std::size_t at) {
  static const std::vector<std::vector<std::unique_ptr<judge>>> judges = [&] {
    std::vector<std::vector<std::unique_ptr<judge>>> all;
    for (const auto& set : sets) all.push_back(judges_of(set));
    return all;
  }();
  static const bench::json_contest contest(sets, judges.front().size(), 12,
                                           [](std::size_t who, std::size_t set, const std::string& text) {
                                             return judges[set][who]->accepts(text);
                                           });
  const std::vector<double>& seconds = contest.seconds[at];
  show(state, sets[at], seconds);
  state.counters["fused"] =
      evalpp::json::conformance_checker(bench::compiled(sets[at].schema)).single_pass() ? 1 : 0;
  for (std::size_t who = 1; who < seconds.size(); ++who) {
    state.counters["x_" + judges[at][who]->name] = seconds[who] / seconds[0];
    if (contest.accepted[at][who] != contest.accepted[at][0])
      state.SkipWithError((judges[at][who]->name + " judges otherwise").c_str());
  }
}

void json_parse_public(benchmark::State& state, const std::vector<bench::json_set>& sets, std::size_t at) {
  static bench::parsers all;
  static const bench::json_contest contest(
      sets, all.names.size(), 12,
      [](std::size_t who, std::size_t, const std::string& text) { return all.parse(all.names[who], text); });
  const std::vector<double>& seconds = contest.seconds[at];
  show(state, sets[at], seconds);
  for (std::size_t who = 1; who < seconds.size(); ++who) {
    state.counters["x_" + all.names[who]] = seconds[who] / seconds[0];
    if (contest.accepted[at][who] != sets[at].size())
      state.SkipWithError((all.names[who] + " refuses a document").c_str());
  }
}

const bool registered = [] {
  static const std::vector<bench::json_set> sets = public_sets();
  for (std::size_t at = 0; at < sets.size(); ++at) {
    const auto add = [&](const char* name, auto measured) {
      benchmark::RegisterBenchmark((std::string(name) + '/' + sets[at].name).c_str(),
                                   [=](benchmark::State& state) { measured(state, sets, at); })
          ->UseManualTime()
          ->Iterations(1);
    };
    add("conforms_public", conforms_public);
    add("json_parse_public", json_parse_public);
  }
  return true;
}();

}  // namespace
