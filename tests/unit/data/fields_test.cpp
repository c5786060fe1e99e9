// SPDX-License-Identifier: MIT
#include <evalpp/data/fields.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace fields_test {

namespace data = evalpp::data;
using names = std::vector<std::string>;

TEST(data_fields, every_alias_is_found_alone) {
  for (const std::string_view alias : data::aliases(data::role::prediction)) {
    const auto choice = data::choose_fields({}, names{"x", std::string(alias)});
    ASSERT_TRUE(choice) << alias;
    EXPECT_EQ(choice->names.prediction, alias);
    EXPECT_TRUE(choice->automatic);
  }
  for (const std::string_view alias : data::aliases(data::role::references)) {
    EXPECT_EQ(data::choose_fields({}, names{std::string(alias)})->names.references, alias);
  }
  for (const std::string_view alias : data::aliases(data::role::id)) {
    EXPECT_EQ(data::choose_fields({}, names{std::string(alias)})->names.id, alias);
  }
}

TEST(data_fields, no_alias_has_two_roles) {
  names all;
  for (const data::role r :
       {data::role::id, data::role::prediction, data::role::references, data::role::input}) {
    for (const std::string_view alias : data::aliases(r)) all.emplace_back(alias);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(all[i], all[j]);
  }
}

TEST(data_fields, two_candidates_are_an_error_that_names_both_and_the_option) {
  const auto choice = data::choose_fields({}, names{"id", "prediction", "label", "answer"});
  ASSERT_FALSE(choice);
  EXPECT_EQ(
      to_string(choice.error()),
      "the fields \"label\" and \"answer\" could each hold the references; choose one: --references label");
  const auto chosen =
      data::choose_fields({.references = "answer"}, names{"id", "prediction", "label", "answer"});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->names.references, "answer");
}

TEST(data_fields, what_is_named_is_not_detected) {
  const auto choice =
      data::choose_fields({.id = "key", .prediction = "a", .references = "b"}, names{"a", "b", "key", "id"});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->names.id, "key");
  EXPECT_FALSE(choice->automatic);
}

TEST(data_fields, several_inputs_are_no_error) {
  const auto choice = data::choose_fields({}, names{"question", "prompt", "prediction", "answer"});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->names.input, "");
}

TEST(data_fields, a_chat_is_what_is_missing_otherwise) {
  EXPECT_EQ(data::choose_fields({}, names{"messages", "reference"})->names.prediction, "messages");
  EXPECT_EQ(data::choose_fields({}, names{"messages", "prediction"})->names.references, "messages");
  EXPECT_EQ(data::choose_fields({}, names{"messages", "prediction", "label"})->names.references, "label");
}

TEST(data_fields, a_preferred_name_is_taken_where_several_would_do) {
  const data::field_names labels{.prediction = "prediction", .references = "label"};
  const auto choice = data::choose_fields({}, names{"answer", "label", "prediction", "output"}, labels);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->names.prediction, "prediction");
  EXPECT_EQ(choice->names.references, "label");
  EXPECT_TRUE(choice->automatic);
  // What was asked for goes first, and a preference is no alias.
  EXPECT_EQ(
      data::choose_fields({.prediction = "output"}, names{"prediction", "output"}, labels)->names.prediction,
      "output");
  EXPECT_EQ(data::choose_fields({}, names{"y_true"}, labels)->names.references, "y_true");
  EXPECT_FALSE(data::choose_fields({}, names{"answer", "gold"}, labels));
}

}  // namespace fields_test
