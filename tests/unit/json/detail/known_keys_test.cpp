// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/known_keys.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace known_keys_test {

using evalpp::json::detail::known_keys;

/// An object as the reader tells it: a miss for each key that is not known. Returns how many were known.
std::size_t tell(known_keys& known, const std::vector<std::string>& keys, bool distinct = true) {
  std::size_t hits = 0;
  known.begin_object();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string raw = keys[i] + "\"" + std::string(32, ' ');
    if (known.has(i) && keys[i] == std::string(known[i].text, known[i].size)) {
      ++hits;
    } else if (!known.rests()) {
      known.miss(i, raw.data(), keys[i].size(), true);
    }
  }
  if (!known.surely_distinct(keys.size())) known.end_object(keys.size(), distinct);
  return hits;
}

bool sure_of(known_keys& known, std::size_t count) {
  known.begin_object();
  return known.surely_distinct(count);
}

TEST(json_known_keys, learns_the_first_object_and_forgives_one_that_differs) {
  known_keys known;
  EXPECT_EQ(tell(known, {"a", "b", "c"}), 0U);
  EXPECT_EQ(tell(known, {"a", "b", "c"}), 3U);
  EXPECT_EQ(tell(known, {"c", "b", "a"}), 1U);
  EXPECT_EQ(tell(known, {"a", "b", "c"}), 3U);
  tell(known, {"c", "b", "a"});
  tell(known, {"c", "b", "a"});
  EXPECT_EQ(tell(known, {"c", "b", "a"}), 1U);  // twice is a habit: this one is learnt
  EXPECT_EQ(tell(known, {"c", "b", "a"}), 3U);
}

TEST(json_known_keys, is_sure_only_of_what_was_found_distinct_in_one_object) {
  known_keys known;
  EXPECT_FALSE(sure_of(known, 1));
  tell(known, {"a", "b", "c"});
  EXPECT_TRUE(sure_of(known, 2));
  EXPECT_TRUE(sure_of(known, 3));
  EXPECT_FALSE(sure_of(known, 4));
  known_keys twice;
  tell(twice, {"a", "b", "a"}, false);
  EXPECT_FALSE(sure_of(twice, 2));
}

TEST(json_known_keys, rests_where_every_object_is_another_and_begins_again) {
  known_keys known;
  auto new_keys = [n = 0]() mutable {
    ++n;
    return std::vector<std::string>{"x" + std::to_string(n), "y" + std::to_string(n)};
  };
  int objects = 0;
  for (; !known.rests() && objects < 100; ++objects) EXPECT_EQ(tell(known, new_keys()), 0U);
  EXPECT_TRUE(known.rests());
  int resting = 0;
  for (; known.rests() && resting < 1000; ++resting) {
    EXPECT_EQ(tell(known, new_keys()), 0U);
    EXPECT_FALSE(known.surely_distinct(1));
  }
  EXPECT_FALSE(known.rests());
  EXPECT_GT(resting, 4 * objects);  // more rest than trials
  tell(known, {"a", "b"});
  EXPECT_EQ(tell(known, {"a", "b"}), 2U);
  EXPECT_TRUE(sure_of(known, 2));
}

TEST(json_known_keys, is_not_sure_after_an_object_that_never_ended) {
  known_keys known;
  const std::string raw = "a\"" + std::string(32, ' ');
  known.begin_object();
  known.miss(0, raw.data(), 1, true);
  known.miss(1, raw.data(), 1, true);  // and here the text ended
  EXPECT_EQ(tell(known, {"a", "a"}, false), 2U);
  EXPECT_FALSE(sure_of(known, 2));
}

TEST(json_known_keys, is_not_sure_of_keys_that_it_cannot_keep) {
  known_keys known;
  const std::string raw = "\\u0061\"" + std::string(40, ' ');
  known.begin_object();
  known.miss(0, raw.data(), 1, false);
  known.end_object(1, true);
  EXPECT_FALSE(sure_of(known, 1));
  known_keys longer;
  tell(longer, {std::string(32, 'x'), "b"});
  EXPECT_FALSE(sure_of(longer, 2));
  EXPECT_EQ(longer[0].size, 0U);
}

}  // namespace known_keys_test
