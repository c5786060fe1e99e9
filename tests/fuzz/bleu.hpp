// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/diversity.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/whitespace.hpp>

#include <reference/bleu.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// BLEU and the diversity metrics on arbitrary bytes. The first byte chooses the options; a byte 1
// ends a text; the first text is the hypothesis, the others are references. Once as text, and once
// with every byte as a token, both compared with the definition.
namespace fuzz_bleu_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class Statistics, class Token>
void compare(const Statistics& counted, const std::vector<Token>& hypothesis,
             const std::vector<std::vector<Token>>& references, std::size_t orders) {
  const auto expected = reference::count_bleu(hypothesis, references, orders);
  require(counted.hypothesis_length == expected.hypothesis_length);
  require(counted.reference_length == expected.reference_length);
  for (std::size_t n = 0; n < orders; ++n) {
    require(counted.matches[n] == expected.matches[n]);
    require(counted.totals[n] == expected.totals[n]);
  }
}

template <class Metric, class Hypothesis, class References>
void in_range(const Metric& metric, const Hypothesis& hypothesis, const References& references, double top) {
  const double value = metric.score(evalpp::measure(metric, hypothesis, references)).value;
  require(value >= 0 && value <= top);
}

inline std::vector<std::string> tokens(std::string_view text) {
  evalpp::text::token_buffer buffer;
  evalpp::text::tokenizer_13a{}(evalpp::text::rstrip(text), buffer);
  std::vector<std::string> made;
  for (std::size_t i = 0; i < buffer.size(); ++i) made.emplace_back(buffer[i]);
  return made;
}

}  // namespace fuzz_bleu_detail

inline int fuzz_bleu(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_bleu_detail;
  if (size < 2) return 0;
  const std::size_t orders = 1 + data[0] % 8;
  evalpp::smoothing smoothing = evalpp::smoothing::exponential;
  if (data[0] & 16) smoothing = evalpp::smoothing::floor();
  if (data[0] & 32) smoothing = evalpp::smoothing::add_k();
  const bool effective = (data[0] & 64) != 0;

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

  const evalpp::bleu metric{
      .max_order = static_cast<int>(orders), .effective_order = effective, .smoothing = smoothing};
  const auto counted = evalpp::measure(metric, hypothesis, texts);
  std::vector<std::vector<std::string>> references;
  for (const std::string& text : texts) references.push_back(tokens(text));
  compare(counted, tokens(hypothesis), references, orders);
  in_range(metric, hypothesis, texts, 100.0000001);
  in_range(evalpp::bleu{.lowercase = true}, hypothesis, texts, 100.0000001);
  in_range(evalpp::self_bleu{}, hypothesis, texts, 100.0000001);
  in_range(evalpp::distinct{}, hypothesis, texts, 1.0);
  in_range(evalpp::repetition{}, hypothesis, texts, 1.0);

  using ids = std::vector<std::uint32_t>;
  const auto bytes = [](const std::string& text) {
    ids made;
    for (const char c : text) made.push_back(static_cast<unsigned char>(c));
    return made;
  };
  std::vector<ids> id_references;
  for (const std::string& text : texts) id_references.push_back(bytes(text));
  const evalpp::ids::bleu over_ids{.max_order = static_cast<int>(orders)};
  compare(evalpp::measure(over_ids, bytes(hypothesis), id_references), bytes(hypothesis), id_references,
          orders);
  return 0;
}
