// SPDX-License-Identifier: MIT
#include <evalpp/evalpp.hpp>

#include <string>
#include <vector>

double score_elsewhere(const std::vector<std::string>& hypotheses,
                       const std::vector<std::string>& references);

double score_elsewhere(const std::vector<std::string>& hypotheses,
                       const std::vector<std::string>& references) {
  return evalpp::evaluate(hypotheses, references, evalpp::exact_match{}).score<evalpp::exact_match>().value;
}
