// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/bundle.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>

#include <gtest/gtest.h>

#include <vector>

// The metrics that must obey the laws: a new metric is one line here. `variants(metric)` gives
// values with other options, whose signatures must all differ.

namespace laws {

using evalpp::bleu;

template <class M>
std::vector<M> variants(const M& m) {
  return {m};
}
inline std::vector<bleu> variants(const bleu&) {
  return {bleu{},
          bleu{.lowercase = true},
          bleu{.max_order = 2},
          bleu{.effective_order = true},
          bleu{.smoothing = evalpp::smoothing::none},
          bleu{.smoothing = evalpp::smoothing::floor()},
          bleu{.smoothing = evalpp::smoothing::floor(0.2)},
          bleu{.smoothing = evalpp::smoothing::add_k()}};
}

using all_metrics =
    ::testing::Types<evalpp::bleu, evalpp::exact_match, evalpp::token_f1, evalpp::squad, evalpp::squad_v2>;

}  // namespace laws
