// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/repair_pass.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string_view>

namespace repair_pass_test {

namespace json = evalpp::json;

TEST(json_repair_pass, copies_json_as_it_is) {
  json::detail::repair_pass pass(json::repair_options{});
  json::repair_result result;
  const std::string_view text = " {\"a\" : [1, \"x\\n\", {}], \"a\":true } ";
  ASSERT_TRUE(pass.run(text, result));
  EXPECT_EQ(result.text, text);
  EXPECT_TRUE(result.changes.empty());
}

TEST(json_repair_pass, finds_a_key_of_the_repaired_text_in_the_original_one) {
  json::detail::repair_pass pass(json::repair_options{});
  json::repair_result result;
  const std::string_view text = "{/* one */'a':.5 \"b\":{ c:1}\n'd':[1,],}";
  ASSERT_TRUE(pass.run(text, result));
  ASSERT_EQ(result.text, R"({"a":0.5, "b":{ "c":1},)"
                         "\n"
                         R"("d":[1]})");
  const auto original = [&](std::string_view key) {
    return pass.input_offset_of_key(text,
                                    std::string_view(R"({"a":0.5, "b":{ "c":1},)"
                                                     "\n"
                                                     R"("d":[1]})")
                                        .find(key),
                                    result);
  };
  EXPECT_EQ(original("\"a\""), text.find("'a'"));
  EXPECT_EQ(original("\"b\""), text.find("\"b\""));
  EXPECT_EQ(original("\"c\""), text.find("c:1"));
  EXPECT_EQ(original("\"d\""), text.find("'d'"));
}

}  // namespace repair_pass_test
