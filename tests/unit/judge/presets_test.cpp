// SPDX-License-Identifier: MIT
#include <evalpp/judge/presets.hpp>

#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/rubric_file.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace presets_test {

namespace judge = evalpp::judge;

TEST(Presets, AreRubricsWithoutFaultThatTheirFilesGiveBack) {
  std::set<std::string> names;
  for (const judge::preset& p : judge::presets()) {
    EXPECT_TRUE(names.insert(p.rubric.name).second) << p.rubric.name;
    EXPECT_FALSE(judge::fault_of(p.rubric)) << p.rubric.name;
    EXPECT_FALSE(p.summary.empty());
    const auto read = judge::read_rubric(to_json(p.rubric));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(*read, p.rubric);
  }
}

TEST(Presets, AreFoundByName) {
  for (const char* name : {"correctness", "format", "tone", "geval", "mt-bench", "checklist"}) {
    const auto found = judge::find_preset(name);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(found->name, name);
  }
  EXPECT_FALSE(judge::find_preset("no such rubric"));
}

}  // namespace presets_test
