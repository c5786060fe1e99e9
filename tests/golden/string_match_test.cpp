// SPDX-License-Identifier: MIT
// The key `squad.hf_exact_match` of the golden files: Hugging Face's exact_match with all eight
// combinations of its options, against the first reference.
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/answer_match.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>
#include "golden/golden.hpp"

namespace golden_string_match_test {

void compare(const std::string& name) {
  const golden::json_file file("text/" + name + ".json");
  const auto examples = golden::examples("text/" + name + ".jsonl");
  if (!file || examples.empty()) return;
  std::vector<std::string> hypotheses, references;
  for (const golden::example& e : examples) {
    ASSERT_FALSE(e.references.empty());
    hypotheses.push_back(e.hypothesis);
    references.push_back(e.references.front());
  }
  for (const bool ignore_case : {false, true})
    for (const bool punctuation : {false, true})
      for (const bool numbers : {false, true}) {
        const auto flag = [](bool on) { return on ? "1" : "0"; };
        const std::string key =
            std::string("case") + flag(ignore_case) + "_punct" + flag(punctuation) + "_num" + flag(numbers);
        const auto run = evalpp::evaluate(
            hypotheses, references,
            evalpp::string_match{
                .ignore_case = ignore_case, .ignore_punctuation = punctuation, .ignore_numbers = numbers});
        EXPECT_EQ(run.score<0>().value, file["squad"]["hf_exact_match"][key].as_double().value())
            << name << ' ' << key;
      }
}

TEST(string_match, agrees_with_hugging_face_on_the_corner_cases) { compare("edge"); }
TEST(string_match, agrees_with_hugging_face_on_adversarial_text) { compare("fuzz300"); }
TEST(string_match, agrees_with_hugging_face_on_long_text) { compare("multi200"); }

}  // namespace golden_string_match_test
