// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/answer_match.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/numeric_match.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>

#include <reference/squad.hpp>
#include <reference/tokenizers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

// Answers of arbitrary bytes. A byte 1 ends a text; the first text is the answer, the others are its
// gold answers, of which there may be none. Every metric is compared with its definition.
namespace fuzz_squad_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class Metric>
double value(const Metric& metric, const std::string& answer, const std::vector<std::string>& gold) {
  return metric.score(evalpp::measure(metric, answer, gold)).value;
}

inline std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace fuzz_squad_detail

inline int fuzz_squad(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_squad_detail;
  std::vector<std::string> texts(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == 1)
      texts.emplace_back();
    else
      texts.back() += static_cast<char>(data[i]);
  }
  const std::string answer = texts.front();
  const std::vector<std::string> gold(texts.begin() + 1, texts.end());

  const auto words = evalpp::reference::tokenize_squad(answer);
  std::vector<evalpp::reference::words> gold_words;
  for (const std::string& text : gold) gold_words.push_back(evalpp::reference::tokenize_squad(text));
  const auto v1 = reference::squad_v1(words, gold_words);
  const auto v2 = reference::squad_v2(words, gold_words);
  // A short F1 below 2^-11 comes back within 2^-65 only: nothing here is long enough for that.
  require(value(evalpp::exact_match{}, answer, gold) == 100 * v1.exact);
  require(value(evalpp::token_f1{}, answer, gold) == 100 * v1.f1);
  require(value(evalpp::squad{}, answer, gold) == 100 * v1.f1);
  require(value(evalpp::exact_match_v2{}, answer, gold) == 100 * v2.exact);
  require(value(evalpp::token_f1_v2{}, answer, gold) == 100 * v2.f1);
  require(value(evalpp::squad_v2{}, answer, gold) == 100 * v2.f1);

  const bool verbatim = std::find(gold.begin(), gold.end(), answer) != gold.end();
  require(value(evalpp::raw_exact_match{}, answer, gold) == (verbatim ? 100 : 0));
  const double raw_f1 = value(evalpp::raw_token_f1{}, answer, gold);
  require(raw_f1 >= 0 && raw_f1 <= 100);

  using evalpp::answer_form;
  using evalpp::answer_relation;
  bool equal = false, prefix = false, contains = false;
  const std::string normal = joined(words);
  for (const auto& g : gold_words) {
    const std::string text = joined(g);
    equal = equal || text == normal;
    prefix = prefix || (text.empty() ? normal.empty() : normal.substr(0, text.size()) == text);
    contains = contains || (text.empty() ? normal.empty() : normal.find(text) != std::string::npos);
  }
  require(value(evalpp::answer_match{}, answer, gold) == equal);
  require(value(evalpp::answer_match{.relation = answer_relation::prefix}, answer, gold) == prefix);
  require(value(evalpp::answer_match{.relation = answer_relation::contains}, answer, gold) == contains);
  const evalpp::answer_match stripped{.relation = answer_relation::contains, .form = answer_form::stripped};
  require(value(stripped, answer, gold) <= 1);

  for (int options = 0; options < 8; ++options) {
    const evalpp::string_match metric{.ignore_case = (options & 1) != 0,
                                      .ignore_punctuation = (options & 2) != 0,
                                      .ignore_numbers = (options & 4) != 0};
    require(value(metric, answer, {answer}) == 1);
    require(value(metric, answer, gold) >= (verbatim ? 1 : 0));
  }
  for (const auto which :
       {evalpp::number_choice::last, evalpp::number_choice::first, evalpp::number_choice::only}) {
    const evalpp::numeric_match exact{.which = which};
    const evalpp::numeric_match near{
        .which = which, .percent_is_hundredth = true, .abs_tol = 0.5, .rel_tol = 1e-6};
    // A number equals itself, with any tolerance or none.
    require(value(exact, answer, {answer}) == value(near, answer, {answer}));
    require(value(near, answer, gold) <= 1);
  }
  return 0;
}
