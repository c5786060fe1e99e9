// SPDX-License-Identifier: MIT
#include <evalpp/report/scores_json.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace scores_json_test {

namespace json = evalpp::json;
using evalpp::part;
using evalpp::reported_score;

std::string members_of(const reported_score& score) {
  std::string text;
  json::writer out(text);
  out.begin_object();
  evalpp::report::write_score_members(out, score);
  out.end_object();
  return text;
}

reported_score example() {
  reported_score s;
  s.name = "m";
  s.signature = "case:lc";
  s.data_signature = "nrefs:2";
  s.unit = evalpp::scale::percent;
  s.value = 0.1 + 0.2;
  s.n = 3;
  s.n_empty = 1;
  s.n_missing = 2;
  return s;
}

TEST(report_scores_json, members_stand_in_the_promised_order) {
  EXPECT_EQ(members_of(example()),
            "{\"value\":0.30000000000000004,\"unit\":\"0-100\",\"higher_is_better\":true,"
            "\"signature\":\"nrefs:2|case:lc\",\"version\":\"" EVALPP_VERSION_STRING
            "\",\"n\":3,\"n_empty\":1,\"n_missing\":2,\"parts\":{}}");
}

TEST(report_scores_json, an_interval_is_there_when_it_was_asked_for) {
  reported_score s = example();
  s.ci = evalpp::interval{0.25, 0.5, 0.95, evalpp::interval_status::ok};
  s.ci_method = "bca+";
  const auto ends_with = [&](std::string_view tail) {
    const std::string text = members_of(s);
    EXPECT_TRUE(text.ends_with(tail)) << text;
  };
  ends_with(R"("parts":{},"ci":{"lo":0.25,"hi":0.5,"level":0.95,"method":"bca+"}})");
  s.ci->status = evalpp::interval_status::caution;
  ends_with(R"("method":"bca+"},"ci_status":"caution"})");
  s.ci_notes = {"strong skew", "fewer than 30 items"};
  ends_with(R"("ci_status":"caution","ci_notes":["strong skew","fewer than 30 items"]})");
  s.ci_notes.clear();
  s.ci->status = evalpp::interval_status::degenerate;
  ends_with(R"("parts":{},"ci":null,"ci_status":"degenerate"})");
}

TEST(report_scores_json, parts_of_every_kind) {
  reported_score s = example();
  s.parts = {{"d", 0.5},
             {"i", std::int64_t{7}},
             {"b", true},
             {"s", std::string("x\"y")},
             {"ds", std::vector<double>{1, 0.25}},
             {"ss", std::vector<std::string>{"a", "b"}},
             {"m", std::vector<std::vector<std::int64_t>>{{1, 2}, {}}},
             {"p", std::vector<part>{{"x", std::vector<part>{{"y", std::int64_t{1}}}}}}};
  const std::string text = members_of(s);
  EXPECT_NE(
      text.find(
          "\"parts\":{\"d\":0.5,\"i\":7,\"b\":true,\"s\":\"x\\\"y\",\"ds\":[1,0.25],\"ss\":[\"a\",\"b\"],"
          "\"m\":[[1,2],[]],\"p\":{\"x\":{\"y\":1}}}"),
      std::string::npos)
      << text;
}

TEST(report_scores_json, no_number_is_null_with_a_status) {
  reported_score s = example();
  s.value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(members_of(s).starts_with("{\"value\":null,"));
  EXPECT_TRUE(members_of(s).ends_with("\"status\":\"nan\"}"));
  s.value = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(members_of(s).ends_with("\"status\":\"infinite\"}"));
  s.value = 0;
  s.n = 0;
  EXPECT_TRUE(members_of(s).starts_with("{\"value\":null,"));
  EXPECT_TRUE(members_of(s).ends_with("\"status\":\"no example was scored\"}"));
}

}  // namespace scores_json_test
