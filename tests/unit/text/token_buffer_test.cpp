// SPDX-License-Identifier: MIT
#include <evalpp/text/token_buffer.hpp>

#include <gtest/gtest.h>
#include <string>

namespace token_buffer_test {

using evalpp::text::token_buffer;
using evalpp::text::token_span;

TEST(token_buffer, is_empty_at_first) {
  const token_buffer buffer;
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(buffer.bytes(), "");
  EXPECT_TRUE(buffer.line_ends().empty());
}

TEST(token_buffer, holds_a_copy_of_the_text_and_where_tokens_lie) {
  token_buffer buffer;
  std::string text = "one two";
  buffer.load(text);
  text = "changed";
  buffer.push(0, 3);
  buffer.push(4, 7);
  buffer.end_line();
  ASSERT_EQ(buffer.size(), 2U);
  EXPECT_EQ(buffer[0], "one");
  EXPECT_EQ(buffer[1], "two");
  EXPECT_EQ(buffer.tokens()[1], (token_span{4, 7}));
  ASSERT_EQ(buffer.line_ends().size(), 1U);
  EXPECT_EQ(buffer.line_ends()[0], 2U);
}

TEST(token_buffer, forgets_everything_when_it_is_loaded_again) {
  token_buffer buffer;
  buffer.load("long text here");
  buffer.push(0, 4);
  buffer.end_line();
  buffer.load("x");
  EXPECT_TRUE(buffer.empty());
  EXPECT_TRUE(buffer.line_ends().empty());
  EXPECT_EQ(buffer.bytes(), "x");
}

TEST(token_buffer, has_zero_bytes_after_the_text) {
  token_buffer buffer;
  buffer.load(std::string(1000, 'x'));
  for (const std::size_t size : {1000U, 100U, 1U, 0U}) {
    buffer.load(std::string(size, 'y'));
    for (std::size_t i = 0; i < token_buffer::padding; ++i) ASSERT_EQ(buffer.data()[size + i], '\0');
  }
}

TEST(token_buffer, does_not_move_for_texts_that_are_no_longer) {
  token_buffer buffer;
  buffer.load(std::string(100, 'x'));
  for (std::size_t i = 0; i < 50; ++i) buffer.push(i, i + 1);
  const char* const bytes = buffer.data();
  const token_span* const spans = buffer.tokens().data();
  buffer.load(std::string(99, 'y'));
  for (std::size_t i = 0; i < 50; ++i) buffer.push(i, i + 1);
  EXPECT_EQ(buffer.data(), bytes);
  EXPECT_EQ(buffer.tokens().data(), spans);
}

TEST(token_buffer, takes_spans_in_blocks) {
  token_buffer buffer;
  buffer.load("abc");
  token_span* const room = buffer.reserve_tokens(3);
  room[0] = {0, 1};
  room[1] = {1, 2};
  buffer.commit_tokens(2);
  buffer.push(2, 3);
  ASSERT_EQ(buffer.size(), 3U);
  EXPECT_EQ(buffer[1], "b");
  EXPECT_EQ(buffer[2], "c");
}

}  // namespace token_buffer_test
