// SPDX-License-Identifier: MIT
// JSON out of model outputs: extraction from outputs that are JSON, that fence it and that wrap it in prose;
// extraction and repair of broken ones, by kind of damage. `of_strict` is the time in terms of a strict parse
// of the sound documents in the same run (1.15 and 3 are the goals for sound and broken ones); `x_jsonrepair`
// is how many times longer jsonrepair needs for the same texts, where it is there (see node_peers.hpp).

#include <evalpp/json/extract.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>

#include <common.hpp>
#include <node_peers.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = evalpp::json;

/// Nested records as models fill them in: 0.2 to 4 kB, compact, spaced or indented.
class document_writer {
 public:
  explicit document_writer(bench::generator& g) : g_(g), style_(g.below(5)) {}

  std::string write() {
    object(0, 6 + g_.below(6));
    return std::move(text_);
  }

 private:
  std::string word() { return bench::vocabulary()[words_.draw(g_)]; }
  void line(std::size_t depth) {
    if (style_ >= 3) text_.append("\n").append(2 * depth, ' ');
  }
  void string() {
    text_ += '"';
    for (std::size_t n = 1 + g_.below(8); n > 0; --n) {
      for (const char c : word()) text_.append(c == '"' ? "\\\"" : std::string(1, c));
      if (n > 1) text_ += g_.chance(0.05) ? "\\n" : " ";
    }
    text_ += '"';
  }
  void value(std::size_t depth) {
    const std::uint32_t what = g_.below(depth < 3 ? 12 : 9);
    if (what < 4) {
      string();
    } else if (what < 7) {
      text_ += std::to_string(g_.below(100000));
      if (what == 6) text_.append(".").append(std::to_string(g_.below(100)));
    } else if (what < 9) {
      text_ += what == 7 ? "true" : "null";
    } else if (what < 11) {
      object(depth, 2 + g_.below(4));
    } else {
      text_ += '[';
      for (std::size_t i = 1 + g_.below(5), n = i; i > 0; --i) {
        if (i != n) text_ += style_ == 0 ? "," : ", ";
        value(depth + 1);
      }
      text_ += ']';
    }
  }
  void object(std::size_t depth, std::size_t members) {
    text_ += '{';
    for (std::size_t i = 0; i < members; ++i) {
      if (i != 0) text_ += style_ == 1 || style_ == 2 ? ", " : ",";
      line(depth + 1);
      text_.append("\"field_").append(std::to_string(i)).append(style_ == 0 ? "\":" : "\": ");
      value(depth + 1);
    }
    line(depth);
    text_ += '}';
  }

  bench::generator& g_;
  bench::ranks words_{5000};
  std::uint32_t style_;
  std::string text_;
};

const std::vector<std::string>& documents() {
  static const std::vector<std::string> made = [] {
    bench::generator g(7);
    std::vector<std::string> all;
    for (int i = 0; i < 1000; ++i) all.push_back(document_writer(g).write());
    return all;
  }();
  return made;
}

/// Every document, changed by `change(document, generator)`.
template <class Change>
std::vector<std::string> changed(Change change) {
  bench::generator g(8);
  std::vector<std::string> all;
  for (const std::string& document : documents()) all.push_back(change(document, g));
  return all;
}

std::string prose(bench::generator& g) {
  const bench::ranks words(5000);
  return bench::sentence(bench::drawn(20 + g.below(40), words, g));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<std::string> sound() {
  return changed([](const std::string& text, bench::generator&) { return text; });
}
std::vector<std::string> fenced() {
  return changed([](const std::string& text, bench::generator& g) {
    return prose(g) + "\n```json\n" + text + "\n```\n" + prose(g);
  });
}
std::vector<std::string> in_prose() {
  return changed(
      [](const std::string& text, bench::generator& g) { return prose(g) + " " + text + " " + prose(g); });
}
std::vector<std::string> trailing_comma() {
  return changed(
      [](const std::string& text, bench::generator&) { return text.substr(0, text.size() - 1) + ",}"; });
}
std::vector<std::string> truncated() {
  return changed([](const std::string& text, bench::generator& g) {
    const auto size = static_cast<std::uint32_t>(text.size());
    return text.substr(0, text.rfind('"', size - 1 - g.below(size / 4)));
  });
}
std::vector<std::string> unquoted_keys() {
  return changed([](const std::string& text, bench::generator&) {
    std::string without = text;
    for (int i = 0; i < 12; ++i) {
      const std::string key = "field_" + std::to_string(i);
      without = replaced(without, "\"" + key + "\":", key + ":");
    }
    return without;
  });
}
std::vector<std::string> python() {
  return changed([](const std::string& text, bench::generator&) {
    return replaced(replaced(text, ": true", ": True"), ": null", ": None");
  });
}

std::size_t bytes(const std::vector<std::string>& texts) {
  std::size_t sum = 0;
  for (const std::string& text : texts) sum += text.size();
  return sum;
}

double jsonrepair_seconds(const std::vector<std::string>& outputs) {
  const auto seconds = bench::node_seconds("jsonrepair", {}, {outputs}, {outputs.size()}, R"(
const {jsonrepair} = require('jsonrepair');
const accepts = (set, bytes) => jsonrepair(bytes.toString('utf8')).length > 0;
)");
  return seconds.empty() ? 0 : seconds[0];
}

/// Runs `pass` over the outputs and a strict parse of the sound documents in turns.
template <class Pass>
void against_strict(benchmark::State& state, const std::vector<std::string>& outputs, Pass pass,
                    double jsonrepair = 0) {
  json::parser parser({.duplicates = json::duplicate_keys::error});
  double best = 1e300, strict = 1e300;
  for (auto _ : state) {
    const double first = bench::cpu_seconds();
    for (const std::string& output : outputs) pass(output);
    const double second = bench::cpu_seconds();
    for (const std::string& document : documents()) benchmark::DoNotOptimize(parser.parse(document));
    const double third = bench::cpu_seconds();
    best = std::min(best, second - first);
    strict = std::min(strict, third - second);
  }
  const auto size = static_cast<double>(bytes(outputs));
  state.counters["us/doc"] = 1e6 * best / static_cast<double>(outputs.size());
  state.counters["MB/s"] = 1e-6 * size / best;
  state.counters["ns/B"] = 1e9 * best / size;
  state.counters["of_strict"] = best / strict;
  if (jsonrepair > 0) state.counters["x_jsonrepair"] = jsonrepair / best;
}

void extract(benchmark::State& state, std::vector<std::string> (*outputs)()) {
  json::extractor extractor;
  against_strict(state, outputs(), [&](const std::string& output) {
    if (!extractor.extract(output)) state.SkipWithError("not extracted");
  });
}
BENCHMARK_CAPTURE(extract, sound, sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract, fenced, fenced)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract, prose, in_prose)->Unit(benchmark::kMillisecond);

void repair(benchmark::State& state, std::vector<std::string> (*make)()) {
  json::repairer repairer;
  const std::vector<std::string> outputs = make();
  against_strict(
      state, outputs,
      [&](const std::string& output) {
        if (!repairer.repair(output)) state.SkipWithError("not repaired");
      },
      jsonrepair_seconds(outputs));
}
BENCHMARK_CAPTURE(repair, sound, sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(repair, trailing_comma, trailing_comma)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(repair, truncated, truncated)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(repair, unquoted_keys, unquoted_keys)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(repair, python, python)->Unit(benchmark::kMillisecond);

void extract_and_repair(benchmark::State& state, std::vector<std::string> (*outputs)()) {
  json::extractor extractor;
  json::repairer repairer;
  against_strict(state, outputs(), [&](const std::string& output) {
    const json::extraction& found = extractor.extract(output);
    if (!found && !repairer.repair_broken(found.repairable.of(output))) state.SkipWithError("not repaired");
  });
}
BENCHMARK_CAPTURE(extract_and_repair, trailing_comma, trailing_comma)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract_and_repair, truncated, truncated)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract_and_repair, unquoted_keys, unquoted_keys)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(extract_and_repair, python, python)->Unit(benchmark::kMillisecond);

// 1 MB of prose without a bracket, and of openers that never close.
void extract_from(benchmark::State& state, const std::string& output) {
  json::extractor extractor;
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    benchmark::DoNotOptimize(extractor.extract(output).failure);
    best = std::min(best, bench::cpu_seconds() - before);
  }
  state.counters["ns/B"] = 1e9 * best / static_cast<double>(output.size());
}
void extract_long_prose(benchmark::State& state) {
  bench::generator g(9);
  std::string output;
  while (output.size() < 1'000'000) output += prose(g) + '\n';
  extract_from(state, output);
}
void extract_openers(benchmark::State& state) {
  std::string output;
  while (output.size() < 1'000'000) output += "[x";
  extract_from(state, output);
}
BENCHMARK(extract_long_prose)->Unit(benchmark::kMillisecond);
BENCHMARK(extract_openers)->Unit(benchmark::kMillisecond);

}  // namespace
