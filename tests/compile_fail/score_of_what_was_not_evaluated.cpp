// SPDX-License-Identifier: MIT
// expect: name a metric type that was evaluated exactly once
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>

#include <string>
#include <vector>

double score(const std::vector<std::string>& hypotheses, const std::vector<std::string>& references) {
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::exact_match{});
#ifdef EVALPP_MUST_FAIL
  return run.score<evalpp::bleu>().value;
#else
  return run.score<evalpp::exact_match>().value;
#endif
}
