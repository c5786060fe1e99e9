// SPDX-License-Identifier: MIT
// Regular expressions: patterns as schemas use them on short texts (ns per search), catastrophic ones on
// 100 kB and 1 MB, and compiling. `x_std` is the ratio to std::regex, where it returns at all within its own
// recursion, `x_re2` to RE2 where pkg-config finds it; RE2 is given its own spelling of the same pattern.

#include <evalpp/json/regex.hpp>

#include <common.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <regex>
#include <string>
#include <utility>
#include <vector>
#if defined(EVALPP_PEER_RE2)
#include <re2/re2.h>
#endif

namespace {

namespace json = evalpp::json;

struct usage {
  const char* name;
  const char* pattern;
  std::vector<std::string> texts;
  bool std_regex = true;  // knows the syntax
  bool re2 = true;
};

const std::vector<usage>& usages() {
  static const std::vector<usage> all = {
      {"literal", "^(?:active|inactive|pending)$", {"active", "inactive", "pending", "deleted"}},
      {"prefix", "^https://", {"https://example.com/a/b?c=d", "http://example.com/"}},
      {"class_run", "^[a-zA-Z0-9_-]{1,64}$", {"get_weather", "search-documents", "not a name", "x"}},
      {"any", "^.{1,200}$", {"A title of some length, as models write them", "x"}},
      {"date", "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$", {"2024-02-29", "2024-13-01", "29.02.2024"}},
      {"uuid",
       "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
       {"123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000"}},
      {"email",
       "^[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+$",
       {"someone.else+tag@mail.example.com", "nobody at example.com"}},
      {"version", "^v?(\\d+)\\.(\\d+)\\.(\\d+)(?:-[\\w.]+)?$", {"1.22.333", "v2.0.0-rc.1", "1.2"}},
      {"password",
       "^(?=.*[A-Z])(?=.*\\d)(?!.*\\s).{8,64}$",
       {"Tr0ub4dor&3xyz", "correct horse battery"},
       true,
       false},
      {"letters",
       "^\\p{L}+$",
       {"\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82", "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E"},
       false},
      {"search",
       "\\b(?:TODO|FIXME)\\b",
       {"The quick brown fox jumps over the lazy dog. TODO: more", "nothing here"}},
  };
  return all;
}

struct catastrophe {
  const char* name;
  const char* pattern;
  const char* unit;
  const char* end;
  bool re2 = true;
};

const std::vector<catastrophe>& catastrophes() {
  static const std::vector<catastrophe> all = {
      {"nested_plus", "^(a+)+$", "a", "!"},
      {"overlap", "^(a|aa)+$", "a", "!"},
      {"two_runs", "(x+x+)+y", "x", ""},
      {"stars", "(.*)(.*)(.*)(.*)x", "a", ""},
      {"words", "^(\\w+\\s?)*$", "word ", "!"},
      {"last_a", "(?:[ab]*a[ab]{12})+c", "abbab", ""},
      {"blank_end", "\\s+$", " ", "x"},
      {"emoji", "\xF0\x9F\x98\x80+$", "\xF0\x9F\x98\x80", "x"},
      {"lookbehind", "(?<=(?:a|aa)+)b", "a", "!", false},
      {"backreference", "(a*)*\\1b", "a", "!", false},
      {"long_count", "[ab]{0,60000}c", "ab", "", false},
  };
  return all;
}

std::string text_of(const catastrophe& one, std::size_t size) {
  std::string text;
  while (text.size() < size) text += one.unit;
  return text + one.end;
}

double std_seconds(const usage& one) {
  if (!one.std_regex) return 0;
  const std::regex compiled(one.pattern);
  return bench::best_seconds([&] {
           for (int i = 0; i < 100; ++i)
             for (const auto& text : one.texts) benchmark::DoNotOptimize(std::regex_search(text, compiled));
         }) /
         static_cast<double>(100 * one.texts.size());
}

double re2_seconds([[maybe_unused]] const std::string& pattern,
                   [[maybe_unused]] const std::vector<std::string>& texts, [[maybe_unused]] int rounds) {
#if defined(EVALPP_PEER_RE2)
  const re2::RE2 compiled(pattern, re2::RE2::Quiet);
  if (!compiled.ok()) return 0;
  return bench::best_seconds([&] {
           for (int i = 0; i < rounds; ++i)
             for (const auto& text : texts) benchmark::DoNotOptimize(re2::RE2::PartialMatch(text, compiled));
         }) /
         (rounds * static_cast<double>(texts.size()));
#else
  return 0;
#endif
}

/// Prints ns per search and the ratios to peers, which are seconds per search.
template <class Pass>
void report(benchmark::State& state, double searches, Pass&& pass,
            const std::vector<std::pair<std::string, double>>& peers) {
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    pass();
    best = std::min(best, bench::cpu_seconds() - before);
  }
  state.counters["ns/search"] = 1e9 * best / searches;
  for (const auto& [name, seconds] : peers)
    if (seconds > 0) state.counters["x_" + name] = seconds * searches / best;
}

void regex_short(benchmark::State& state) {
  const usage& one = usages()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(one.name);
  const auto compiled = json::regex::compile(one.pattern);
  json::regex::scratch scratch;
  report(state, static_cast<double>(1000 * one.texts.size()),
         [&] {
           for (int i = 0; i < 1000; ++i)
             for (const auto& text : one.texts) benchmark::DoNotOptimize(compiled->search(text, scratch));
         },
         {{"std", std_seconds(one)}, {"re2", one.re2 ? re2_seconds(one.pattern, one.texts, 100) : 0}});
}
BENCHMARK(regex_short)->DenseRange(0, static_cast<int>(usages().size()) - 1);

void regex_compile(benchmark::State& state) {
  const usage& one = usages()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(one.name);
  const auto seconds = [](auto&& compile) {
    return bench::best_seconds([&] {
             for (int i = 0; i < 100; ++i) compile();
           }) /
           100;
  };
  double std_time = 0, re2_time = 0;
  if (one.std_regex) std_time = seconds([&] { benchmark::DoNotOptimize(std::regex(one.pattern)); });
#if defined(EVALPP_PEER_RE2)
  if (one.re2)
    re2_time = seconds([&] { benchmark::DoNotOptimize(re2::RE2(one.pattern, re2::RE2::Quiet).ok()); });
#endif
  report(state, 100,
         [&] {
           for (int i = 0; i < 100; ++i) benchmark::DoNotOptimize(json::regex::compile(one.pattern));
         },
         {{"std", std_time}, {"re2", re2_time}});
}
BENCHMARK(regex_compile)->DenseRange(0, static_cast<int>(usages().size()) - 1);

// std::regex needs minutes for 30 bytes of these, or overflows the stack: it is not asked.
void regex_catastrophic(benchmark::State& state) {
  const catastrophe& one = catastrophes()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(one.name);
  const std::string text = text_of(one, static_cast<std::size_t>(state.range(1)));
  const auto compiled = json::regex::compile(one.pattern);
  json::regex::scratch scratch;
  report(state, 1, [&] { benchmark::DoNotOptimize(compiled->search(text, scratch)); },
         {{"re2", one.re2 ? re2_seconds(one.pattern, {text}, 1) : 0}});
}
void sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"pattern", "bytes"})->Unit(benchmark::kMillisecond);
  for (std::size_t i = 0; i < catastrophes().size(); ++i)
    for (const int size : {100'000, 1'000'000}) bench->Args({static_cast<int>(i), size});
}
BENCHMARK(regex_catastrophic)->Apply(sizes);

// What std::regex can still do: `^(a+)+$` over so many a and a '!'.
void regex_exponential(benchmark::State& state) {
  const std::string text = std::string(static_cast<std::size_t>(state.range(0)), 'a') + "!";
  const auto compiled = json::regex::compile("^(a+)+$");
  json::regex::scratch scratch;
  const std::regex peer("^(a+)+$");
  const double before = bench::cpu_seconds();
  benchmark::DoNotOptimize(std::regex_search(text, peer));
  const double std_time = bench::cpu_seconds() - before;
  report(state, 1000,
         [&] {
           for (int i = 0; i < 1000; ++i) benchmark::DoNotOptimize(compiled->search(text, scratch));
         },
         {{"std", std_time}});
}
BENCHMARK(regex_exponential)->Arg(15)->Arg(19)->Arg(23);

}  // namespace
