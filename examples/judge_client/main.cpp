// SPDX-License-Identifier: MIT
// A judge without a network: `judge_client DATA.jsonl RECORDING.jsonl` judges the answers of a file by the
// rubric "correctness", or with BASELINE.jsonl against those of another system, prints the scores with their
// intervals, and records every call, so that `evalpp judge run --replay RECORDING.jsonl` judges them again
// anywhere. The judge here is no model but a rule, the overlap of words with the best reference; any class
// with `complete` takes its place.
#include <evalpp/evalpp.hpp>

#include <cmath>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace judge = evalpp::judge;

namespace {

// Everything between the marks of this kind in a prompt.
std::vector<std::string> quoted(std::string_view prompt, const std::string& kind, const std::string& fence) {
  const std::string open = '<' + kind + ' ' + fence + ">\n", close = "\n</" + kind + ' ' + fence + '>';
  std::vector<std::string> found;
  for (std::size_t at = 0; (at = prompt.find(open, at)) != std::string_view::npos;) {
    at += open.size();
    found.emplace_back(prompt.substr(at, prompt.find(close, at) - at));
  }
  return found;
}

// How much an answer has in common with the best reference, 0 to 1.
double overlap(const std::string& answer, const std::vector<std::string>& references) {
  const evalpp::token_f1 f1;
  return f1.score(evalpp::measure(f1, answer, references)).value / 100;
}

class overlap_judge : public judge::client {
 public:
  judge::completion complete(const judge::request& asked) override {
    const std::string& prompt = asked.messages.back().content;
    const auto references = quoted(prompt, "reference", asked.fence);
    std::string verdict;
    if (const auto answer = quoted(prompt, "answer", asked.fence); !answer.empty()) {
      const int level = 1 + static_cast<int>(std::lround(4 * overlap(answer[0], references)));
      verdict = R"("verdicts": {"correctness": )" + std::to_string(level) + "}";
    } else {
      const double a = overlap(quoted(prompt, "answer A", asked.fence).at(0), references);
      const double b = overlap(quoted(prompt, "answer B", asked.fence).at(0), references);
      verdict = std::string(R"("preference": )") + (a > b ? R"("A")" : a < b ? R"("B")" : R"("tie")");
    }
    judge::completion out;
    out.choices.push_back({.text = R"({"reasoning": "words in common", )" + verdict + "}"});
    return out;
  }
};

std::vector<judge::item> read_items(const std::string& path) {
  const auto systems = evalpp::data::read(std::vector{path}, {});
  std::vector<judge::item> items;
  for (const auto& row : systems.value().front().records)
    items.push_back({.id = row.id,
                     .input = {{"user", row.input.value_or("")}},
                     .prediction = row.prediction.value_or(""),
                     .references = row.references});
  return items;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::cerr << "judge_client DATA.jsonl RECORDING.jsonl [BASELINE.jsonl]\n";
    return 2;
  }
  overlap_judge rule;
  judge::one_by_one calls(rule);  // a client that holds many calls in flight needs no such step
  auto recording = judge::recording_client::open(argv[2], "in-process", calls);
  judge::runner grader{recording.value(),
                       *judge::find_preset("correctness"),
                       {.who = {.model = "overlap-rule", .base_url = "in-process"}}};
  const std::vector<judge::item> items = read_items(argv[1]);
  if (argc == 4) {
    const auto pairs = grader.compare(read_items(argv[3]), items);
    const auto found = judge::compare_pairs(evalpp::seq, pairs.value().pairs, pairs.value().signature);
    std::cout << evalpp::workflow::sentence(found) << '\n';
  } else {
    const auto judged = grader.score(items);
    std::cout << evalpp::report::to_text(
        evalpp::report::scores_with_intervals(evalpp::seq, judged.value().metrics, judged.value().rows));
  }
  return grader.report().stop == judge::stop_reason::finished ? 0 : 1;
}
