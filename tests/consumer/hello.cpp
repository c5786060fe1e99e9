// SPDX-License-Identifier: MIT
// The first program of the README, as a user writes it: nothing but -I include.
#include <evalpp/evalpp.hpp>

#include <iostream>
#include <string>
#include <vector>

int main() {
  const std::vector<std::string> hypotheses{"The dog bit the man.", "It was not surprising.",
                                            "He left early."};
  const std::vector<std::vector<std::string>> references{
      {"The dog had bit the man.", "The dog bit a man."}, {"It was not unexpected."}, {"He left early."}};

  auto run =
      evalpp::evaluate(hypotheses, references, evalpp::bleu{}, evalpp::rouge_l{}, evalpp::exact_match{});
  std::cout << run;
}
