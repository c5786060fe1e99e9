// SPDX-License-Identifier: MIT
// The other way round: a metric over tokens does not split a text.
// expect: use its namesake in evalpp
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>

#include <string>
#include <vector>

double score(const std::vector<std::string>& hypotheses, const std::vector<std::string>& references) {
#ifdef EVALPP_MUST_FAIL
  return evalpp::evaluate(hypotheses, references, evalpp::ids::bleu{}).score<0>().value;
#else
  return evalpp::evaluate(hypotheses, references, evalpp::bleu{}).score<0>().value;
#endif
}
