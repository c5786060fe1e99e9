// SPDX-License-Identifier: MIT
// The README's comparison of two runs, as a user writes it: nothing but -I include.
#include <evalpp/evalpp.hpp>

#include <iostream>
#include <string>
#include <vector>

int main() {
  std::vector<std::string> questions_answered, before, after;  // 200 answers; 6 are lost, 30 won
  for (int i = 0; i < 200; ++i) {
    const std::string right = "answer " + std::to_string(i);
    questions_answered.push_back(right);
    before.push_back(i < 100 ? right : "no idea");
    after.push_back(i >= 6 && i < 130 ? right : "no idea");
  }
  auto baseline = evalpp::evaluate(before, questions_answered, evalpp::exact_match{}, evalpp::rouge_l{});
  auto candidate = evalpp::evaluate(after, questions_answered, evalpp::exact_match{}, evalpp::rouge_l{});

  auto verdict = evalpp::compare(baseline, candidate, {.primary = "exact_match", .margin = 5.0});
  std::cout << verdict;
  return verdict.outcome() == evalpp::workflow::verdict::worth_it ? 0 : 1;
}
