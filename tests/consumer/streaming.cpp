// SPDX-License-Identifier: MIT
// The README's loop over token ids and its streaming evaluation, as a user writes them.
#include <evalpp/evalpp.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace {

struct example {
  std::string output;
  std::vector<std::string> references;
};

}  // namespace

int main() {
  const std::vector<std::vector<int>> generated{{5, 6, 7, 8, 9}, {1, 2}}, gold{{5, 6, 7, 8, 10}, {1, 2}};
  const auto run = evalpp::evaluate(generated, gold, evalpp::ids::bleu{}, evalpp::ids::token_f1{});
  std::printf("ids: BLEU %.2f, F1 %.2f\n", run.score<0>().value, run.score<1>().value);

  const std::vector<example> first{{"a cat sat", {"a cat sat down"}}},
      second{{"it was late", {"it was late", "late"}}};
  evalpp::accumulator total{evalpp::bundle{evalpp::bleu{}, evalpp::chrf{}}};
  for (const auto& batch : {first, second}) {
    evalpp::accumulator validation{evalpp::bundle{evalpp::bleu{}, evalpp::chrf{}}};  // one per thread or rank
    for (const auto& example : batch) validation.update(example.output, example.references);
    total += validation;  // exact, in any order
  }
  const auto [bleu, chrf] = total.score();
  std::printf("streamed: BLEU %.2f, chrF %.2f\n", bleu.value, chrf.value);
  return std::abs(run.score<1>().value - 90) < 1e-9 && total.examples() == 2 && bleu.hypothesis_length == 6
             ? 0
             : 1;
}
