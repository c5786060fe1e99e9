// SPDX-License-Identifier: MIT
// A metric that reads text has a name of its own beside the one over tokens: the numbers differ.
// expect: use its namesake in evalpp::ids
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>

#include <vector>

double score(const std::vector<std::vector<int>>& hypotheses,
             const std::vector<std::vector<int>>& references) {
#ifdef EVALPP_MUST_FAIL
  return evalpp::evaluate(hypotheses, references, evalpp::bleu{}).score<0>().value;
#else
  return evalpp::evaluate(hypotheses, references, evalpp::ids::bleu{}).score<0>().value;
#endif
}
