// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_rouge_unicode.hpp>

#include <reference/rouge.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// ROUGE on arbitrary bytes. The first byte chooses the options; a byte 1 ends a text; the first text
// is the hypothesis, the others are references. Every score against every single reference is
// compared with the definition, given the tokens; several references must stay in range.
namespace fuzz_rouge_detail {

namespace twin = evalpp::reference;
using lines = twin::rouge_text<std::string>;

inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class Tokenizer>
lines tokens(const Tokenizer& tokenizer, std::string_view text) {
  evalpp::text::token_buffer buffer;
  tokenizer(text, buffer);
  lines made;
  std::size_t i = 0;
  for (const std::uint32_t end : buffer.line_ends()) {
    made.emplace_back();
    for (; i < end; ++i) made.back().emplace_back(buffer[i]);
  }
  return made;
}

template <class Metric>
evalpp::rouge_score scored(const Metric& metric, const std::string& hypothesis,
                           const std::vector<std::string>& references) {
  const evalpp::rouge_score score = metric.score(evalpp::measure(metric, hypothesis, references));
  for (const double part : {score.precision, score.recall, score.fmeasure}) require(part >= 0 && part <= 1);
  return score;
}

template <class Metric>
void compare(const Metric& metric, const std::string& hypothesis, const std::string& reference,
             const twin::rouge_triple& expected) {
  const evalpp::rouge_score score = scored(metric, hypothesis, {reference});
  require(std::abs(score.precision - expected.precision) < 1e-14);
  require(std::abs(score.recall - expected.recall) < 1e-14);
  require(std::abs(score.fmeasure - expected.fmeasure) < 1e-14);
}

template <class Tokenizer>
void check(Tokenizer tokenizer, std::uint8_t options, const std::string& hypothesis,
           const std::vector<std::string>& references) {
  const int n = 1 + options % 9;
  const int skip = options % 7 - 1;
  const double weight = 1 + options % 4 * 0.3;
  const double alpha = options % 3 * 0.5;
  const evalpp::basic_rouge_n<Tokenizer> rouge_n{.tokenizer = tokenizer, .n = n, .alpha = alpha};
  const evalpp::basic_rouge_l<Tokenizer> rouge_l{.tokenizer = tokenizer, .alpha = alpha};
  const evalpp::basic_rouge_lsum<Tokenizer> rouge_lsum{.tokenizer = tokenizer, .alpha = alpha};
  const evalpp::basic_rouge_w<Tokenizer> rouge_w{.tokenizer = tokenizer, .weight = weight, .alpha = alpha};
  const evalpp::basic_rouge_s<Tokenizer> rouge_s{
      .tokenizer = tokenizer, .skip = skip, .unigrams = (options & 16) != 0, .alpha = alpha};

  const lines h = tokens(tokenizer, hypothesis);
  for (const std::string& reference : references) {
    const lines r = tokens(tokenizer, reference);
    compare(rouge_n, hypothesis, reference,
            twin::rouge_from(twin::rouge_n(h, r, static_cast<std::size_t>(n)), alpha));
    compare(rouge_l, hypothesis, reference, twin::rouge_from(twin::rouge_l(h, r), alpha));
    compare(rouge_lsum, hypothesis, reference, twin::rouge_from(twin::rouge_lsum(h, r), alpha));
    const twin::rouge_triple w = twin::rouge_w_from(twin::rouge_w(h, r, weight), weight, alpha);
    if (w.precision <= 1 && w.recall <= 1) compare(rouge_w, hypothesis, reference, w);
    compare(rouge_s, hypothesis, reference,
            twin::rouge_from(twin::rouge_s(h, r, skip, (options & 16) != 0), alpha));
  }
  using policy = evalpp::rouge_references;
  for (const policy several :
       {policy::best, policy::best_recall, policy::pooled, policy::mean, policy::jackknife}) {
    const bool rounded = (options & 32) != 0;
    scored(evalpp::basic_rouge_n<Tokenizer>{tokenizer, n, several, alpha, rounded}, hypothesis, references);
    scored(evalpp::basic_rouge_lsum<Tokenizer>{tokenizer, several, alpha, rounded}, hypothesis, references);
    scored(evalpp::basic_rouge_w<Tokenizer>{tokenizer, weight, several, alpha, rounded}, hypothesis,
           references);
  }
}

}  // namespace fuzz_rouge_detail

inline int fuzz_rouge(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_rouge_detail;
  if (size < 1 || size > 800) return 0;
  std::vector<std::string> texts(1);
  for (std::size_t i = 1; i < size; ++i) {
    if (data[i] == 1)
      texts.emplace_back();
    else
      texts.back() += static_cast<char>(data[i]);
  }
  const std::string hypothesis = texts.front();
  texts.erase(texts.begin());
  if (texts.empty()) texts.emplace_back();
  const bool stem = (data[0] & 64) != 0;
  if ((data[0] & 128) != 0)
    check(evalpp::text::tokenizer_rouge_unicode{stem}, data[0], hypothesis, texts);
  else
    check(evalpp::text::tokenizer_rouge{stem}, data[0], hypothesis, texts);
  return 0;
}
