// SPDX-License-Identifier: MIT
// Every golden input file reads as the examples that it states.
#include <evalpp/data/read.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace golden_readers_test {

namespace data = evalpp::data;

class golden_inputs : public testing::TestWithParam<const char*> {};

TEST_P(golden_inputs, read_as_they_are) {
  const std::string name = std::string("text/") + GetParam() + ".jsonl";
  const std::vector<golden::example> expected = golden::examples(name);
  if (expected.empty()) return;
  const auto systems = data::read(std::vector<std::string>{golden::path(name)});
  ASSERT_TRUE(systems) << to_string(systems.error());
  const data::dataset& set = systems->front();
  EXPECT_EQ(set.system, GetParam());
  EXPECT_TRUE(set.has_ids);
  ASSERT_EQ(set.size(), expected.size());
  for (std::size_t i = 0; i < set.size(); ++i) {
    const data::record& r = set.records[i];
    ASSERT_EQ(r.prediction, expected[i].hypothesis) << i;
    ASSERT_EQ(r.references, expected[i].references) << i;
    ASSERT_EQ(r.references.size() + r.missing_references, expected[i].positions.size()) << i;
    ASSERT_EQ(r.line, i + 1);
  }
}

INSTANTIATE_TEST_SUITE_P(text, golden_inputs,
                         testing::Values("edge", "fuzz300", "multi200", "sum300", "noanswer120"),
                         [](const auto& name) { return std::string(name.param); });

TEST(golden_labels, read_as_they_are) {
  const golden::json_lines rows("text/cls1000.jsonl");
  if (!rows) return;
  const auto systems = data::read(std::vector<std::string>{golden::path("text/cls1000.jsonl")});
  ASSERT_TRUE(systems) << to_string(systems.error());
  const data::dataset& set = systems->front();
  EXPECT_FALSE(set.has_ids);
  ASSERT_EQ(set.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(set.records[i].prediction, rows[i]["y_pred"].number_text());
    ASSERT_EQ(set.records[i].references,
              std::vector<std::string>{std::string(rows[i]["y_true"].number_text())});
  }
}

}  // namespace golden_readers_test
