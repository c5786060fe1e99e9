// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/value.hpp>
#include <evalpp/metrics/bleu.hpp>

#include "golden/golden.hpp"

#include <string_view>

namespace golden {

/// BLEU by the arguments of sacreBLEU's constructor; an absent or null one is its default.
template <class Tokenizer>
evalpp::basic_bleu<Tokenizer> bleu_with_arguments(json::value args) {
  evalpp::basic_bleu<Tokenizer> metric;
  metric.lowercase = args["lowercase"].as_bool().value_or(false);
  metric.effective_order = args["effective_order"].as_bool().value_or(false);
  metric.max_order = static_cast<int>(args["max_ngram_order"].as_int64().value_or(4));
  const std::string_view method = args["smooth_method"].as_string().value_or("exp");
  const auto value = args["smooth_value"].as_double();
  if (method == "none") metric.smoothing = evalpp::smoothing::none;
  if (method == "floor") metric.smoothing = evalpp::smoothing::floor(value.value_or(0.1));
  if (method == "add-k") metric.smoothing = evalpp::smoothing::add_k(value.value_or(1));
  return metric;
}

}  // namespace golden
