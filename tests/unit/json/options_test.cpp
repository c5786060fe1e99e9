// SPDX-License-Identifier: MIT
#include <evalpp/json/options.hpp>

#include <gtest/gtest.h>

namespace options_test {

namespace json = evalpp::json;

// The defaults are promised: JSONTestSuite and the goldens demand them.
TEST(json_options, defaults_are_strict_but_for_repeated_keys) {
  const json::parse_options options;
  EXPECT_EQ(options.max_depth, 1024U);
  EXPECT_EQ(options.duplicates, json::duplicate_keys::last);
  EXPECT_EQ(options.surrogates, json::lone_surrogates::reject);
  EXPECT_EQ(json::parse_report{}.fault, json::fault::none);
}

}  // namespace options_test
