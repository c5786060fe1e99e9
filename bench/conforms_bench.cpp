// SPDX-License-Identifier: MIT
// JSON as language models write it (see json_sets.hpp), held against the schema that was asked for. The sets
// and the peers take turns, so the times are those of a stream of documents and not of one learnt by heart.
//
// `conforms`: from bytes to the verdict. `x_portable` is the same without vector instructions, `x_document`
// parser and validator of this library; then how many times longer peers take: simdjson to build its document
// and no more (a checkout, EVALPP_PEER_SIMDJSON_DIR), RapidJSON's streaming validator and valijson on
// RapidJSON where they are installed, and blaze by a shared object that the environment variable
// EVALPP_PEER_BLAZE_LIB names; it exports `void* blaze_compile(const char*, size_t)` and `int
// blaze_conforms(void*, const char*, size_t)`, and is to be built with a compiler that blaze accepts.
// `validate`: the verdict on a parsed document, and the list of all errors. `compile`: a schema from its
// text.

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/conforms.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <json_sets.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if defined(EVALPP_PEER_SIMDJSON)
#include <simdjson.h>
#endif
#if __has_include(<rapidjson/schema.h>)
#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/schema.h>
#endif
#if __has_include(<valijson/adapters/rapidjson_adapter.hpp>)
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#endif
#if defined(__unix__)
#include <dlfcn.h>
#endif

namespace {

namespace json = evalpp::json;

json::schema compiled(const std::string& text) {
  auto schema = json::schema::compile(text, {.default_dialect = json::dialect::draft7});
  if (!schema) std::abort();
  return std::move(*schema);
}

/// Somebody who says whether a text conforms, or only whether it is JSON.
class judge {
 public:
  explicit judge(std::string named, bool only_parses = false) : name(std::move(named)), parses(only_parses) {}
  virtual ~judge() = default;
  virtual bool accepts(const std::string& text) = 0;

  std::string name;
  bool parses;
};

class own final : public judge {
 public:
  explicit own(const std::string& schema) : judge("evalpp"), checker_(compiled(schema)) {}
  bool accepts(const std::string& text) override { return checker_.conforms(text); }

 private:
  json::conformance_checker checker_;
};

class portable final : public judge {
 public:
  explicit portable(const std::string& schema) : judge("portable"), checker_(compiled(schema)) {}
  bool accepts(const std::string& text) override {
    const auto before = evalpp::detail::simd_level_in_use().exchange(0);
    const bool accepted = checker_.conforms(text);
    evalpp::detail::simd_level_in_use().store(before);
    return accepted;
  }

 private:
  json::conformance_checker checker_;
};

class document final : public judge {
 public:
  explicit document(const std::string& schema) : judge("document"), validator_(compiled(schema)) {}
  bool accepts(const std::string& text) override {
    const auto parsed = parser_.parse(text);
    return parsed && validator_.check(*parsed) == json::verdict::valid;
  }

 private:
  json::parser parser_{{.duplicates = json::duplicate_keys::error}};
  json::validator validator_;
};

#if defined(EVALPP_PEER_SIMDJSON)
class simdjson_dom final : public judge {
 public:
  explicit simdjson_dom(const std::string&) : judge("simdjson_parse", true) {}
  bool accepts(const std::string& text) override {
    return parser_.parse(text.data(), text.size(), true).error() == simdjson::SUCCESS;
  }

 private:
  simdjson::dom::parser parser_;
};
#endif

#if __has_include(<rapidjson/schema.h>)
class rapidjson_sax final : public judge {
 public:
  explicit rapidjson_sax(const std::string& schema) : judge("rapidjson") {
    text_.Parse(schema.data(), schema.size());
    schema_ = std::make_unique<rapidjson::SchemaDocument>(text_);
  }
  bool accepts(const std::string& text) override {
    rapidjson::SchemaValidator validator(*schema_);
    rapidjson::Reader reader;
    rapidjson::MemoryStream stream(text.data(), text.size());
    return !reader.Parse<rapidjson::kParseValidateEncodingFlag>(stream, validator).IsError() &&
           validator.IsValid();
  }

 private:
  rapidjson::Document text_;
  std::unique_ptr<rapidjson::SchemaDocument> schema_;
};
#endif

#if __has_include(<valijson/adapters/rapidjson_adapter.hpp>)
class valijson_dom final : public judge {
 public:
  explicit valijson_dom(const std::string& schema) : judge("valijson") {
    rapidjson::Document text;
    text.Parse(schema.data(), schema.size());
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::RapidJsonAdapter(text), schema_);
  }
  bool accepts(const std::string& text) override {
    rapidjson::Document parsed;
    parsed.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    if (parsed.HasParseError()) return false;
    return validator_.validate(schema_, valijson::adapters::RapidJsonAdapter(parsed), nullptr);
  }

 private:
  valijson::Schema schema_;
  valijson::Validator validator_;
};
#endif

#if defined(__unix__)
class blaze final : public judge {
 public:
  explicit blaze(const std::string& schema) : judge("blaze") {
    const char* const path = std::getenv("EVALPP_PEER_BLAZE_LIB");
    void* const library = path != nullptr ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (library == nullptr) return;
    const auto compile =
        reinterpret_cast<void* (*)(const char*, std::size_t)>(dlsym(library, "blaze_compile"));
    conforms_ = reinterpret_cast<int (*)(void*, const char*, std::size_t)>(dlsym(library, "blaze_conforms"));
    if (compile != nullptr) schema_ = compile(schema.data(), schema.size());
  }
  bool is_there() const { return schema_ != nullptr && conforms_ != nullptr; }
  bool accepts(const std::string& text) override { return conforms_(schema_, text.data(), text.size()) != 0; }

 private:
  void* schema_ = nullptr;
  int (*conforms_)(void*, const char*, std::size_t) = nullptr;
};
#endif

std::vector<std::unique_ptr<judge>> judges(const std::string& schema) {
  std::vector<std::unique_ptr<judge>> all;
  all.push_back(std::make_unique<own>(schema));
  all.push_back(std::make_unique<portable>(schema));
  all.push_back(std::make_unique<document>(schema));
#if defined(EVALPP_PEER_SIMDJSON)
  all.push_back(std::make_unique<simdjson_dom>(schema));
#endif
#if __has_include(<rapidjson/schema.h>)
  all.push_back(std::make_unique<rapidjson_sax>(schema));
#endif
#if __has_include(<valijson/adapters/rapidjson_adapter.hpp>)
  all.push_back(std::make_unique<valijson_dom>(schema));
#endif
#if defined(__unix__)
  if (auto peer = std::make_unique<blaze>(schema); peer->is_there()) all.push_back(std::move(peer));
#endif
  return all;
}

/// All sets and judges, measured once.
struct results {
  std::vector<bench::json_set> sets;
  std::vector<std::vector<std::unique_ptr<judge>>> judges_of;
  std::unique_ptr<bench::json_contest> contest;

  static const results& get() {
    static const results measured = [] {
      results made;
      made.sets = bench::json_sets();
      for (const auto& set : made.sets) made.judges_of.push_back(judges(set.schema));
      made.contest = std::make_unique<bench::json_contest>(
          made.sets, made.judges_of[0].size(), 18,
          [&](std::size_t who, std::size_t set, const std::string& text) {
            return made.judges_of[set][who]->accepts(text);
          });
      return made;
    }();
    return measured;
  }
};

std::size_t count(const bench::json_set& set, bool parses) {
  return static_cast<std::size_t>(
      std::count_if(set.documents.begin(), set.documents.end(),
                    [&](const bench::json_document& d) { return parses ? d.parses : d.valid; }));
}

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
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    benchmark::DoNotOptimize(
        json::schema::compile(set.schema, {.default_dialect = json::dialect::draft7}).has_value());
    best = std::min(best, bench::cpu_seconds() - before);
  }
  state.SetLabel(set.name);
  state.counters["us"] = 1e6 * best;
  state.counters["us/kB"] = 1e9 * best / static_cast<double>(set.schema.size());
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
