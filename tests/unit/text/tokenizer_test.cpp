// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include "adversarial_text.hpp"

namespace tokenizer_test {

namespace text = evalpp::text;
using text::token_buffer;

// What a user writes.
struct halves {
  void operator()(std::string_view input, token_buffer& out) const {
    out.load(input);
    if (input.size() > 1) out.push(0, input.size() / 2);
    if (!input.empty()) out.push(input.size() / 2, input.size());
  }
  std::string signature() const { return "halves"; }
  bool operator==(const halves&) const = default;
};
static_assert(text::tokenizer<halves>);

struct without_signature {
  void operator()(std::string_view, token_buffer&) const {}
  bool operator==(const without_signature&) const = default;
};
static_assert(!text::tokenizer<without_signature>);

struct without_equality {
  void operator()(std::string_view, token_buffer&) const {}
  std::string signature() const { return ""; }
};
static_assert(!text::tokenizer<without_equality>);

struct that_changes {
  void operator()(std::string_view, token_buffer&) {}
  std::string signature() const { return ""; }
  bool operator==(const that_changes&) const = default;
};
static_assert(!text::tokenizer<that_changes>);
static_assert(!text::tokenizer<int>);

TEST(tokenizer, can_be_a_users_own) {
  EXPECT_EQ(evalpp::test::tokens(halves{}, "abcd"), evalpp::test::strings({"ab", "cd"}));
  EXPECT_EQ(evalpp::test::tokens(halves{}, ""), evalpp::test::strings({}));
}

}  // namespace tokenizer_test
