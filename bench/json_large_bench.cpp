// SPDX-License-Identifier: MIT
// One text of 16 MB and of 1 GB: a number of that many digits, a string, records in an array, and brackets
// that open and never close. Seconds to parse it and to hold it against a schema, and what the process needs
// at most beside the text, in bytes for each of its bytes (`parse_memory`, `conforms_memory`; Linux).
// `x_simdjson` is how many times longer simdjson takes to parse it, where it does: it takes no number of that
// size.

#include <json_judges.hpp>
#include <json_sets.hpp>

#include <evalpp/json/conforms.hpp>
#include <evalpp/json/parse.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

namespace json = evalpp::json;

/// What /proc/self/status says behind `name:`, in bytes; 0 where there is no such file.
double process_bytes(const std::string& name) {
  std::FILE* const file = std::fopen("/proc/self/status", "r");
  if (file == nullptr) return 0;
  char line[256];
  double kilobytes = 0;
  while (std::fgets(line, sizeof line, file) != nullptr)
    if (std::string(line).starts_with(name + ':')) kilobytes = std::strtod(line + name.size() + 1, nullptr);
  std::fclose(file);
  return 1024 * kilobytes;
}

struct cost {
  double seconds = 0;
  double memory = 0;  // at most, beside what there was
  bool good = false;
};

template <class Pass>
cost cost_of(Pass pass) {
  if (std::FILE* const file = std::fopen("/proc/self/clear_refs", "w"); file != nullptr) {
    std::fputs("5", file);  // forgets the highest mark
    std::fclose(file);
  }
  const double before = process_bytes("VmRSS");
  const double start = bench::cpu_seconds();
  cost made;
  made.good = pass();
  made.seconds = bench::cpu_seconds() - start;
  made.memory = process_bytes("VmHWM") - before;
  return made;
}

constexpr const char* kinds[] = {"number", "string", "records", "openers"};

std::string text_of(std::int64_t kind, std::size_t size) {
  std::string text;
  text.reserve(size + 65536);
  if (kind == 0) return text.assign(size, '7');
  if (kind == 1) return text.assign(1, '"').append(size, 'x').append(1, '"');
  if (kind == 3) return text.assign(size, '[');
  const bench::json_set records = bench::json_sets(400, 7)[0].parsing();
  text = "[";
  for (std::size_t next = 0; text.size() < size; ++next) {
    if (next != 0) text += ',';
    text += records.documents[next % records.size()].text;
  }
  return text += ']';
}

void json_large(benchmark::State& state) {
  const std::int64_t kind = state.range(0);
  const std::string text = text_of(kind, static_cast<std::size_t>(state.range(1)) * 1'000'000);
  const json::schema schema = bench::compiled(R"({"type":["number","string","array"]})");
  const auto size = static_cast<double>(text.size());
  for (auto _ : state) {
    const cost parsed = cost_of([&] { return json::parser().parse(text).has_value(); });
    const cost checked = cost_of([&] { return schema.conforms(text); });
    state.SetIterationTime(parsed.seconds);
    if (parsed.good != (kind != 3) || checked.good != parsed.good) state.SkipWithError("judges otherwise");
    state.counters["parse_s"] = parsed.seconds;
    state.counters["parse_memory"] = parsed.memory / size;
    state.counters["conforms_s"] = checked.seconds;
    state.counters["conforms_memory"] = checked.memory / size;
#if defined(EVALPP_PEER_SIMDJSON)
    const cost peer = cost_of([&] {
      simdjson::dom::parser parser;
      return parser.parse(text.data(), text.size(), true).error() == simdjson::SUCCESS;
    });
    if (peer.good) state.counters["x_simdjson"] = peer.seconds / parsed.seconds;
    if (peer.good) state.counters["simdjson_memory"] = peer.memory / size;
#endif
  }
  state.SetLabel(kinds[kind]);
}
BENCHMARK(json_large)->ArgsProduct({{0, 1, 2, 3}, {16, 1000}})->UseManualTime()->Iterations(1);

}  // namespace
