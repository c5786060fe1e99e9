// SPDX-License-Identifier: MIT
// What every consumer project builds: a program of two translation units that uses the library.
#include <evalpp/evalpp.hpp>

#include <string>
#include <vector>

double score_elsewhere(const std::vector<std::string>& hypotheses,
                       const std::vector<std::string>& references);

int main() {
  const std::vector<std::string> hypotheses{"the cat sat on the mat", "a dog", ""};
  const std::vector<std::string> references{"the cat sat on the mat", "the dog", "a bird"};
  const double here =
      evalpp::evaluate(hypotheses, references, evalpp::exact_match{}).score<evalpp::exact_match>().value;
  return here > 0 && here == score_elsewhere(hypotheses, references) ? 0 : 1;
}
