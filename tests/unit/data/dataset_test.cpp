// SPDX-License-Identifier: MIT
#include <evalpp/data/dataset.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace dataset_test {

namespace data = evalpp::data;

data::dataset with_ids(const std::vector<std::string>& ids) {
  data::dataset set;
  set.file = "f.jsonl";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    data::record r;
    r.id = ids[i];
    r.prediction = "x";
    r.line = i + 1;
    set.records.push_back(r);
  }
  return set;
}

TEST(data_dataset, a_system_is_named_after_its_file) {
  EXPECT_EQ(data::system_name("runs/v2/base.line.jsonl"), "base.line");
  EXPECT_EQ(data::system_name("hyp"), "hyp");
  EXPECT_EQ(data::system_name("C:\\runs\\hyp.txt"), "hyp");
  EXPECT_EQ(data::system_name(".hidden"), ".hidden");
  EXPECT_EQ(data::system_name("-"), "stdin");
}

TEST(data_dataset, equal_names_are_numbered) {
  std::vector<data::dataset> systems(5);
  const char* const names[] = {"hyp", "hyp", "hyp#2", "other", "hyp"};
  for (std::size_t i = 0; i < 5; ++i) systems[i].system = names[i];
  data::make_names_unique(systems);
  std::vector<std::string> unique;
  for (const data::dataset& s : systems) unique.push_back(s.system);
  EXPECT_EQ(unique, (std::vector<std::string>{"hyp", "hyp#2", "hyp#2#2", "other", "hyp#3"}));
}

TEST(data_dataset, the_earliest_repeated_id_is_named) {
  EXPECT_TRUE(data::require_unique_ids(with_ids({"a", "b", "c"})));
  EXPECT_TRUE(data::require_unique_ids(with_ids({})));
  const auto found = data::require_unique_ids(with_ids({"z", "m", "a", "m", "z", "a"}));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, evalpp::error_code::duplicate);
  EXPECT_EQ(to_string(found.error()),
            "f.jsonl:4: the id \"m\" appears twice, first in line 2 and again in line 4; "
            "make ids unique, or choose another field with --id");
}

TEST(data_dataset, words_for_missing_values_are_noted_above_half_a_percent) {
  for (const std::size_t printed : {std::size_t{1}, std::size_t{2}}) {
    data::dataset set = with_ids(std::vector<std::string>(200, "i"));
    for (std::size_t i = 0; i < printed; ++i) set.records[i].prediction = i == 0 ? "None" : "null";
    data::detail::note_oddities(set);
    EXPECT_EQ(set.notes.size(), printed == 1 ? 0U : 1U);  // 1 of 200 is exactly half a percent
  }
}

TEST(data_dataset, empty_is_not_missing) {
  data::dataset set = with_ids({"a", "b", "c"});
  set.records[0].prediction = "";
  set.records[1].prediction.reset();
  EXPECT_EQ(data::count_empty_predictions(set), 1U);
  EXPECT_EQ(data::count_missing_predictions(set), 1U);
}

}  // namespace dataset_test
