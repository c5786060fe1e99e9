// SPDX-License-Identifier: MIT
#include <evalpp/stats/interval_method.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace interval_method_test {

namespace stats = evalpp::stats;
using evalpp::value_kind;
using stats::interval_method;

TEST(interval_method, goes_by_its_name) {
  std::set<std::string_view> names;
  for (const interval_method m : stats::interval_methods) {
    names.insert(to_string(m));
    EXPECT_EQ(stats::parse_interval_method(to_string(m)), m);
  }
  EXPECT_EQ(names.size(), 12u);
  EXPECT_FALSE(stats::parse_interval_method("auto"));
  EXPECT_FALSE(stats::parse_interval_method(""));
}

// The table of defaults.
TEST(interval_method, by_default_is_what_suits_the_value) {
  EXPECT_EQ(stats::default_method(value_kind::proportion), interval_method::wilson);
  EXPECT_EQ(stats::default_method(value_kind::proportion, true), interval_method::saddlepoint);
  EXPECT_EQ(stats::default_method(value_kind::mean), interval_method::saddlepoint);
  EXPECT_EQ(stats::default_method(value_kind::ratio), interval_method::saddlepoint);
  EXPECT_EQ(stats::default_method(value_kind::general), interval_method::bca_expanded);
}

TEST(interval_method, suits_some_values_only) {
  for (const value_kind kind :
       {value_kind::proportion, value_kind::mean, value_kind::ratio, value_kind::general})
    for (const bool clustered : {false, true})
      for (const bool weighted : {false, true}) {
        EXPECT_EQ(stats::why_unsuitable(stats::default_method(kind, weighted), kind, clustered, weighted),
                  "");
        for (const interval_method m : stats::interval_methods) {
          const bool suits = stats::why_unsuitable(m, kind, clustered, weighted).empty();
          const bool share = kind == value_kind::proportion;
          const bool expected = m == interval_method::wilson ? share && !weighted
                                : m == interval_method::betting
                                    ? (share || kind == value_kind::mean) && !clustered && !weighted
                                : m <= interval_method::mid_p       ? share && !clustered && !weighted
                                : m == interval_method::saddlepoint ? kind != value_kind::general
                                                                    : true;
          EXPECT_EQ(suits, expected) << to_string(m);
        }
      }
  EXPECT_EQ(stats::why_unsuitable(interval_method::betting, value_kind::mean), "");
  EXPECT_NE(stats::why_unsuitable(interval_method::betting, value_kind::ratio), "");
  EXPECT_NE(stats::why_unsuitable(interval_method::betting, value_kind::mean, true), "");
}

TEST(interval_method, resamples_or_not) {
  EXPECT_FALSE(resamples(interval_method::wilson));
  EXPECT_FALSE(resamples(interval_method::hall));
  EXPECT_TRUE(resamples(interval_method::bca_expanded));
  EXPECT_TRUE(resamples(interval_method::normal));
}

}  // namespace interval_method_test
