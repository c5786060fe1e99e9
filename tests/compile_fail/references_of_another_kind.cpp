// SPDX-License-Identifier: MIT
// Texts are compared with texts, tokens with tokens.
// expect: (constraint|references_for)
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/exact_match.hpp>

#include <string>
#include <vector>

#ifdef EVALPP_MUST_FAIL
using reference = std::vector<int>;
#else
using reference = std::string;
#endif

double score(const std::vector<std::string>& hypotheses,
             const std::vector<std::vector<reference>>& references) {
  return evalpp::evaluate(hypotheses, references, evalpp::exact_match{}).score<0>().value;
}
