// SPDX-License-Identifier: MIT
// A judge of two systems as DESIGN.md promises it, with what is obvious around it.
#include <evalpp/evalpp.hpp>

#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

namespace {

// No model but a rule: the longer answer is the better one. It finds both between the marks of the prompt.
class longer_is_better : public evalpp::judge::client {
 public:
  evalpp::judge::completion complete(const evalpp::judge::request& asked) override {
    const std::string& prompt = asked.messages.back().content;
    const auto length_of = [&](const std::string& kind) {
      const std::size_t begin = prompt.find('<' + kind + ' ' + asked.fence + '>');
      return prompt.find("</" + kind + ' ' + asked.fence + '>', begin) - begin;
    };
    const char* const better = length_of("answer A") > length_of("answer B") ? "A" : "B";
    evalpp::judge::completion answer;
    answer.choices.push_back(
        {.text = std::string(R"({"reasoning": "longer", "preference": ")") + better + "\"}"});
    return answer;
  }
};

}  // namespace

int main() {
  longer_is_better client;
  const std::vector<evalpp::judge::item> baseline = {
      {.id = "1", .input = {{"user", "Why is the sky blue?"}}, .prediction = "It is."},
      {.id = "2", .input = {{"user", "And the sea?"}}, .prediction = "Because of the sky."}};
  const std::vector<evalpp::judge::item> candidate = {
      {.id = "1", .input = {{"user", "Why is the sky blue?"}}, .prediction = "Air scatters blue light most."},
      {.id = "2", .input = {{"user", "And the sea?"}}, .prediction = "Because of the sky."}};
  std::remove("judge.jsonl");

  evalpp::judge::rubric rubric = evalpp::judge::find_preset("correctness").value();
  evalpp::judge::runner judge{client, rubric, {.concurrency = 64, .journal = "judge.jsonl", .budget_usd = 5}};
  auto verdicts = judge.compare(baseline, candidate);  // both orders, resumable, rows like any metric

  if (!verdicts) {
    std::cerr << to_string(verdicts.error()) << '\n';
    return 1;
  }
  const auto found = evalpp::judge::compare_pairs(evalpp::seq, verdicts->pairs, verdicts->signature);
  std::cout << "win rate " << found.candidate.value << " of " << found.n << " pairs, "
            << judge.report().totals.calls << " calls\n";
  // One win, one tie of identical answers that nobody was asked about.
  const bool first = found.candidate.value == 0.75 && found.n == 2 && judge.report().totals.calls == 2;
  // Again: everything is in the journal.
  const bool again = judge.compare(baseline, candidate).has_value() && judge.report().totals.calls == 0;
  std::remove("judge.jsonl");
  return first && again ? 0 : 1;
}
