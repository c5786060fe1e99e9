// SPDX-License-Identifier: MIT
// Tokenizers, lower-casing and decoding. MB/s counts the bytes of both sides, ns/tok the words.

#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/tokenizer_intl.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>
#include <evalpp/text/utf8.hpp>

#include "common.hpp"

#include <reference/tokenizers.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

namespace text = evalpp::text;

template <class Visit>
void for_each_text(const bench::text_corpus& corpus, Visit visit) {
  for (const auto& hypothesis : corpus.hypotheses) visit(std::string_view(hypothesis));
  for (const auto& references : corpus.references)
    for (const auto& reference : references) visit(std::string_view(reference));
}

bench::work both_sides(const bench::text_corpus& corpus) {
  bench::work amount = bench::work_of(corpus);
  amount.tokens *= 2;
  return amount;
}

// Every letter of ASCII becomes one of Cyrillic, which takes two bytes.
bench::text_corpus in_cyrillic(bench::text_corpus corpus) {
  const auto translate = [](std::string& in) {
    std::string out;
    for (const char c : in) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (letter)
        text::append_utf8(out, static_cast<char32_t>((c >= 'a' ? 0x430 : 0x410) + (c & 0x1F)));
      else
        out += c;
    }
    in = out;
  };
  for (auto& hypothesis : corpus.hypotheses) translate(hypothesis);
  for (auto& references : corpus.references)
    for (auto& reference : references) translate(reference);
  return corpus;
}

template <class Tokenizer, class Twin>
void tokenize(benchmark::State& state, const bench::text_corpus& corpus, const Tokenizer& tokenizer,
              Twin twin) {
  const auto some = corpus.first(200);
  const double twin_seconds =
      bench::best_seconds(
          [&] { for_each_text(some, [&](std::string_view t) { benchmark::DoNotOptimize(twin(t)); }); }) /
      static_cast<double>(some.size());
  text::token_buffer buffer;
  bench::measure(state, both_sides(corpus),
                 [&] {
                   for_each_text(corpus, [&](std::string_view t) {
                     tokenizer(t, buffer);
                     benchmark::DoNotOptimize(buffer.tokens().data());
                   });
                 },
                 {{"twin", twin_seconds}});
}

std::vector<std::string> twin_whitespace(std::string_view t) {
  return evalpp::reference::split(evalpp::reference::read(t));
}
std::vector<std::string> twin_rouge(std::string_view t) {
  return evalpp::reference::tokenize_rouge(t, false);
}
std::vector<std::string> twin_rouge_stem(std::string_view t) {
  return evalpp::reference::tokenize_rouge(t, true);
}

void tokenizer_whitespace_segments(benchmark::State& state) {
  tokenize(state, bench::segments(3000), text::tokenizer_whitespace{}, twin_whitespace);
}
void tokenizer_13a_segments(benchmark::State& state) {
  tokenize(state, bench::segments(3000), text::tokenizer_13a{}, evalpp::reference::tokenize_13a);
}
void tokenizer_13a_summaries(benchmark::State& state) {
  tokenize(state, bench::summaries(2000), text::tokenizer_13a{}, evalpp::reference::tokenize_13a);
}
void tokenizer_13a_cyrillic(benchmark::State& state) {
  tokenize(state, in_cyrillic(bench::segments(3000)), text::tokenizer_13a{}, evalpp::reference::tokenize_13a);
}
void tokenizer_intl_segments(benchmark::State& state) {
  tokenize(state, bench::segments(3000), text::tokenizer_intl{}, evalpp::reference::tokenize_intl);
}
void tokenizer_rouge_segments(benchmark::State& state) {
  tokenize(state, bench::segments(3000), text::tokenizer_rouge{}, twin_rouge);
}
void tokenizer_rouge_summaries(benchmark::State& state) {
  tokenize(state, bench::summaries(2000), text::tokenizer_rouge{}, twin_rouge);
}
void tokenizer_rouge_stem_summaries(benchmark::State& state) {
  tokenize(state, bench::summaries(2000), text::tokenizer_rouge{.stem = true}, twin_rouge_stem);
}
void tokenizer_squad_segments(benchmark::State& state) {
  tokenize(state, bench::segments(3000), text::tokenizer_squad{}, evalpp::reference::tokenize_squad);
}
BENCHMARK(tokenizer_whitespace_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_13a_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_13a_summaries)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_13a_cyrillic)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_intl_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_rouge_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_rouge_summaries)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_rouge_stem_summaries)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenizer_squad_segments)->Unit(benchmark::kMillisecond);

void to_lower(benchmark::State& state, const bench::text_corpus& corpus) {
  std::string lower;
  bench::measure(state, both_sides(corpus), [&] {
    for_each_text(corpus, [&](std::string_view t) {
      text::to_lower(t, lower);
      benchmark::DoNotOptimize(lower.data());
    });
  });
}
void to_lower_segments(benchmark::State& state) { to_lower(state, bench::segments(3000)); }
void to_lower_cyrillic(benchmark::State& state) { to_lower(state, in_cyrillic(bench::segments(3000))); }
BENCHMARK(to_lower_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(to_lower_cyrillic)->Unit(benchmark::kMillisecond);

void decode_utf8(benchmark::State& state, const bench::text_corpus& corpus) {
  std::vector<char32_t> points;
  bench::measure(state, both_sides(corpus), [&] {
    for_each_text(corpus, [&](std::string_view t) {
      text::decode_utf8(t, points);
      benchmark::DoNotOptimize(points.data());
    });
  });
}
void decode_utf8_segments(benchmark::State& state) { decode_utf8(state, bench::segments(3000)); }
void decode_utf8_cyrillic(benchmark::State& state) { decode_utf8(state, in_cyrillic(bench::segments(3000))); }
BENCHMARK(decode_utf8_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_utf8_cyrillic)->Unit(benchmark::kMillisecond);

void validate_utf8(benchmark::State& state, const bench::text_corpus& corpus) {
  bench::measure(state, both_sides(corpus), [&] {
    for_each_text(corpus, [&](std::string_view t) { benchmark::DoNotOptimize(text::is_valid_utf8(t)); });
  });
}
void validate_utf8_segments(benchmark::State& state) { validate_utf8(state, bench::segments(3000)); }
void validate_utf8_cyrillic(benchmark::State& state) {
  validate_utf8(state, in_cyrillic(bench::segments(3000)));
}
BENCHMARK(validate_utf8_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(validate_utf8_cyrillic)->Unit(benchmark::kMillisecond);

}  // namespace
