// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/evalpp.hpp>
#include <evalpp/metrics/json_conformance.hpp>

#include <vector>

// The metrics that must obey the laws: a new metric is one line in `all_metrics`. `variants(metric)`
// gives values with other options, whose signatures must all differ; options that a metric has and
// that are not here would let two different metrics pass for one.

namespace laws {

using namespace evalpp;  // the names below are the point of this file

template <class M>
std::vector<M> variants(const M& m) {
  return {m};
}
inline std::vector<bleu> variants(const bleu&) {
  return {bleu{},
          bleu{.lowercase = true},
          bleu{.max_order = 2},
          bleu{.effective_order = true},
          bleu{.smoothing = smoothing::none},
          bleu{.smoothing = smoothing::floor()},
          bleu{.smoothing = smoothing::floor(0.2)},
          bleu{.smoothing = smoothing::floor(0.201)},
          bleu{.smoothing = smoothing::add_k()}};
}
inline std::vector<basic_bleu<text::any_tokenizer>> variants(const basic_bleu<text::any_tokenizer>&) {
  std::vector<basic_bleu<text::any_tokenizer>> all;
  for (const char* name : {"13a", "none", "intl", "char", "zh", "whitespace"})
    all.push_back({.tokenizer = *text::any_tokenizer::from_name(name)});
  return all;
}
template <int WordOrder>
std::vector<basic_chrf<WordOrder>> variants(const basic_chrf<WordOrder>&) {
  using chrf = basic_chrf<WordOrder>;
  return {chrf{},
          chrf{.char_order = 3},
          chrf{.word_order = 1},
          chrf{.beta = 1},
          chrf{.lowercase = true},
          chrf{.whitespace = true},
          chrf{.eps_smoothing = true}};
}
inline std::vector<ter> variants(const ter&) {
  return {ter{}, ter{.tokenizer = {.normalized = true}}, ter{.tokenizer = {.no_punct = true}},
          ter{.tokenizer = {.asian_support = true}}, ter{.case_sensitive = true}};
}
template <class M>
std::vector<M> rouge_variants(const M&) {
  M stemmed{}, mean{}, jackknife{}, recall{};
  stemmed.tokenizer.stem = true;
  mean.references = rouge_references::mean;
  jackknife.references = rouge_references::jackknife;
  recall.alpha = 0;
  return {M{}, stemmed, mean, jackknife, recall};
}
inline std::vector<rouge_n> variants(const rouge_n& m) {
  auto all = rouge_variants(m);
  all.push_back({.n = 9});
  return all;
}
inline std::vector<rouge_l> variants(const rouge_l& m) { return rouge_variants(m); }
inline std::vector<rouge_lsum> variants(const rouge_lsum& m) { return rouge_variants(m); }
inline std::vector<rouge_w> variants(const rouge_w& m) { return rouge_variants(m); }
inline std::vector<rouge_s> variants(const rouge_s& m) { return rouge_variants(m); }
template <class M>
std::vector<M> class_variants(const M&) {
  return {M{}, M{.zero_division = 1}, M{.order = label_order::text}, M{.order = label_order::numeric}};
}
inline std::vector<classification> variants(const classification& m) { return class_variants(m); }
inline std::vector<multilabel> variants(const multilabel& m) { return class_variants(m); }
inline std::vector<span_f1> variants(const span_f1&) { return {span_f1{}, span_f1{.zero_division = 1}}; }
inline std::vector<span_overlap> variants(const span_overlap&) {
  return {span_overlap{}, span_overlap{.zero_division = 1}};
}
inline std::vector<string_match> variants(const string_match&) {
  return {string_match{}, string_match{.ignore_case = true}, string_match{.ignore_punctuation = true},
          string_match{.ignore_numbers = true}};
}
inline std::vector<answer_match> variants(const answer_match&) {
  std::vector<answer_match> all;
  for (const auto relation : {answer_relation::equal, answer_relation::prefix, answer_relation::contains})
    for (const auto form : {answer_form::squad, answer_form::stripped})
      all.push_back({.relation = relation, .form = form});
  return all;
}
inline std::vector<numeric_match> variants(const numeric_match&) {
  return {numeric_match{},
          numeric_match{.which = number_choice::first},
          numeric_match{.which = number_choice::only},
          numeric_match{.percent_is_hundredth = true},
          numeric_match{.abs_tol = 0.1},
          numeric_match{.rel_tol = 0.1}};
}

inline std::vector<json_conformance> variants(const json_conformance&) {
  return {json_conformance{},
          json_conformance{.schema = *json::schema::compile(R"({"type":"object"})")},
          json_conformance{.schema = *json::schema::compile(R"({"type":"array"})")},
          json_conformance{.choice = json::candidate_choice::last},
          json_conformance{.fields = {.arrays = json::array_mode::multiset}},
          json_conformance{.fields = {.arrays = json::array_mode::keyed, .key = "id"}},
          json_conformance{.fields = {.arrays = json::array_mode::keyed, .key = "name"}},
          json_conformance{.fields = {.abs_tol = 0.1}},
          json_conformance{.fields = {.rel_tol = 0.1}},
          json_conformance{.fields = {.null_is_absent = true}},
          json_conformance{.fields = {.trim = true}},
          json_conformance{.fields = {.casefold = true}}};
}

template <class... Metrics>
struct metric_list {};
using all_metrics =
    metric_list<bleu, basic_bleu<text::any_tokenizer>, chrf, chrf_pp, ter, rouge_n, rouge_1, rouge_2, rouge_l,
                rouge_lsum, rouge_w, rouge_s, rouge_su, unicode::rouge_n, unicode::rouge_l,
                unicode::rouge_lsum, unicode::rouge_w, unicode::rouge_s, unicode::rouge_su, exact_match,
                exact_match_v2, raw_exact_match, token_f1, token_f1_v2, raw_token_f1, squad, squad_v2,
                string_match, answer_match, numeric_match, classification, multilabel, span_f1, span_overlap,
                wer, cer, levenshtein_similarity, indel_similarity, lcs_similarity,
                word_levenshtein_similarity, word_indel_similarity, word_lcs_similarity, distinct, repetition,
                self_bleu, length_ratio, json_conformance>;
/// The metrics over tokens that are given.
using all_token_metrics =
    metric_list<ids::bleu, ids::ter, ids::rouge_n, ids::rouge_1, ids::rouge_2, ids::rouge_l, ids::rouge_lsum,
                ids::rouge_w, ids::rouge_s, ids::rouge_su, ids::exact_match, ids::token_f1, ids::wer,
                ids::levenshtein_similarity, ids::indel_similarity, ids::lcs_similarity, ids::distinct,
                ids::repetition, ids::self_bleu, ids::length_ratio>;

}  // namespace laws
