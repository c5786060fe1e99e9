// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/keys.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace keys_test {

namespace json = evalpp::json;
using json::detail::key_set;
using json::detail::member_nodes;
using json::detail::node;

struct object {
  std::vector<node> nodes;
  std::string bytes;

  explicit object(const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
      nodes.push_back(node::of(json::kind::string, key.size(), bytes.size()));
      nodes.push_back(node::of(json::kind::null, 0, 0));
      bytes += key;
    }
    bytes.append(8, '\0');
  }
  member_nodes members() const { return {nodes.data(), nodes.size() / 2, bytes.data()}; }
};

TEST(json_keys, equal_keys_are_found_wherever_they_stand) {
  key_set set;
  for (std::size_t count = 2; count < 70; ++count) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < count; ++i) keys.push_back("key number " + std::to_string(i * i));
    EXPECT_TRUE(set.surely_distinct(object(keys).members())) << count;
    for (const std::size_t at : {std::size_t{1}, count / 2, count - 1}) {
      std::vector<std::string> twice = keys;
      twice[at] = twice[0];
      EXPECT_EQ(set.surely_distinct(object(twice).members()), at == 0) << count << ' ' << at;
    }
  }
}

TEST(json_keys, keys_of_all_lengths_are_told_apart) {
  key_set set;
  std::vector<std::string> keys;
  for (std::size_t length = 0; length < 40; ++length) keys.emplace_back(length, 'a');
  EXPECT_TRUE(set.surely_distinct(object(keys).members()));
  keys.emplace_back(20, 'a');
  EXPECT_FALSE(set.surely_distinct(object(keys).members()));
}

TEST(json_keys, sorts_equal_keys_in_the_order_of_the_text) {
  key_set set;
  const object o({"b", "a", "b", "", "a"});
  EXPECT_EQ(set.sorted(o.members()), (std::vector<std::size_t>{3, 1, 4, 0, 2}));
}

TEST(json_keys, keys_that_were_chosen_to_collide_are_given_up_in_time) {
  // Equal length, first and last bytes: one hash. The answer may only be "not sure".
  std::vector<std::string> keys;
  for (int i = 0; i < 100'000; ++i) keys.push_back("firstpart" + std::to_string(100'000 + i) + "last part");
  key_set set;
  EXPECT_FALSE(set.surely_distinct(object(keys).members()));
}

}  // namespace keys_test
