// SPDX-License-Identifier: MIT
// A judge against people. Expected values are exact fractions, worked out from the definitions (coincidence
// tables, all pairs of items) in a few lines of Python apart from this library.
#include <evalpp/judge/agreement_report.hpp>

#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace agreement_report_test {

namespace judge = evalpp::judge;
using judge::item_verdict;
using kind = judge::rating_scale::kind;

struct rated {
  const char* id;
  double verdict;  // -1: none
  std::vector<std::int64_t> labels;
};

judge::agreement_report compare(const std::vector<rated>& items, judge::rating_scale scale,
                                const judge::agreement_options& options = {}) {
  std::vector<item_verdict> verdicts;
  judge::human_labels labels;
  for (const rated& r : items) {
    verdicts.push_back({r.id, {}});
    if (r.verdict >= 0) verdicts.back().ratings.push_back(r.verdict);
    for (std::size_t k = 0; k < r.labels.size(); ++k)
      labels.labels.push_back({r.id, "rater " + std::to_string(k), 0, r.labels[k]});
  }
  const std::vector scales{std::move(scale)};
  return agreement_of(evalpp::seq, verdicts, scales, labels, options);
}

const std::vector<rated> graded = {{"a", 1, {1}}, {"b", 2, {1}}, {"c", 3, {3}}, {"d", 4, {5}}, {"e", 5, {5}},
                                   {"f", 2, {2}}, {"g", 4, {3}}, {"h", 3, {3}}, {"i", 5, {4}}, {"j", 1, {2}},
                                   {"k", 5, {}},  {"l", 4, {}},  {"m", 1, {}},  {"n", 2, {}}};
const judge::rating_scale levels{"correct", kind::levels, 1, 5};

TEST(agreement_report, of_levels) {
  const judge::agreement_report all = compare(graded, levels);
  EXPECT_EQ(all.labels, 10u);
  EXPECT_EQ(all.items, 10u);
  EXPECT_EQ(all.raters, 1u);
  EXPECT_EQ(all.unknown, 0u);
  ASSERT_EQ(all.criteria.size(), 1u);
  const judge::criterion_agreement& found = all.criteria[0];
  EXPECT_EQ(found.items, 10u);
  EXPECT_EQ(found.labels, 10u);
  EXPECT_EQ(found.unscored, 0u);
  EXPECT_DOUBLE_EQ(found.agreement.value().value, 0.5);
  EXPECT_NEAR(found.kappa.value().value, 34.0 / 39, 1e-12);
  EXPECT_DOUBLE_EQ(found.ac1.value().value, 241.0 / 641);
  EXPECT_DOUBLE_EQ(found.alpha.value().value, 157.0 / 176);
  EXPECT_NEAR(found.pearson.value().value, 0.8743856497851875, 1e-12);
  EXPECT_NEAR(found.spearman.value().value, 0.893099424632264, 1e-12);
  EXPECT_NEAR(found.kendall.value().value, 0.7848730094898417, 1e-12);
  EXPECT_DOUBLE_EQ(found.mean.value().value, 19.0 / 40);
  EXPECT_NEAR(found.mean_details.value().lambda, 221.0 / 1050, 1e-12);
  EXPECT_DOUBLE_EQ(found.human_mean, 19.0 / 40);
  EXPECT_DOUBLE_EQ(found.judge_mean, 28.0 / 56);
  EXPECT_FALSE(found.human_alpha);
  EXPECT_FALSE(found.human_agreement);
  EXPECT_FALSE(found.rate);
  // People's levels down, the judge's across.
  const std::vector<std::uint64_t> expected = {1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 2,
                                               1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1};
  EXPECT_EQ(found.confusion, expected);
}

TEST(agreement_report, intervals_hold_their_values) {
  const judge::criterion_agreement found = compare(graded, levels).criteria[0];
  for (const auto* e : {&found.agreement, &found.kappa, &found.ac1, &found.alpha, &found.pearson,
                        &found.spearman, &found.kendall, &found.mean}) {
    ASSERT_TRUE(e->has_value());
    EXPECT_TRUE((*e)->ci.usable());
    EXPECT_TRUE((*e)->ci.contains((*e)->value))
        << (*e)->value << " not in " << (*e)->ci.lo << ", " << (*e)->ci.hi;
    EXPECT_LT((*e)->ci.lo, (*e)->ci.hi);
  }
  EXPECT_EQ(found.mean->ci.status, evalpp::interval_status::caution);  // 10 labels are few
  // Wilson's, of 5 in 10: R's prop.test(5, 10, correct = FALSE).
  EXPECT_NEAR(found.agreement->ci.lo, 0.2365931, 1e-6);
  EXPECT_NEAR(found.agreement->ci.hi, 0.7634069, 1e-6);
}

TEST(agreement_report, without_intervals_nothing_is_resampled) {
  const judge::criterion_agreement found = compare(graded, levels, {.intervals = false}).criteria[0];
  EXPECT_NEAR(found.kappa.value().value, 34.0 / 39, 1e-12);
  EXPECT_FALSE(found.kappa->ci.usable());
}

TEST(agreement_report, order_of_the_items_does_not_matter) {
  std::vector<rated> turned = graded;
  std::reverse(turned.begin(), turned.end());
  const auto one = compare(graded, levels).criteria[0], other = compare(turned, levels).criteria[0];
  EXPECT_NEAR(one.kappa->ci.lo, other.kappa->ci.lo, 1e-12);
  EXPECT_NEAR(one.spearman->ci.hi, other.spearman->ci.hi, 1e-12);
}

// b and e divide the people; i and j nobody has labelled.
const std::vector<rated> checked = {{"a", 1, {1, 1}}, {"b", 1, {1, 0}}, {"c", 0, {0, 0}}, {"d", 1, {0, 0}},
                                    {"e", 0, {0, 1}}, {"f", 1, {1, 1}}, {"g", 0, {0}},    {"h", 1, {1}},
                                    {"i", 1, {}},     {"j", 1, {}}};

TEST(agreement_report, of_a_checklist_with_two_people) {
  const judge::agreement_report all = compare(checked, {"met", kind::met, 0, 1});
  EXPECT_EQ(all.raters, 2u);
  const judge::criterion_agreement& found = all.criteria[0];
  EXPECT_EQ(found.items, 8u);
  EXPECT_EQ(found.labels, 14u);
  EXPECT_DOUBLE_EQ(found.agreement.value().value, 10.0 / 14);
  EXPECT_DOUBLE_EQ(found.kappa.value().value, 3.0 / 7);
  EXPECT_DOUBLE_EQ(found.ac1.value().value, 11.0 / 25);
  EXPECT_DOUBLE_EQ(found.alpha.value().value, 19.0 / 40);
  EXPECT_DOUBLE_EQ(found.human_alpha.value().value, 7.0 / 18);
  EXPECT_DOUBLE_EQ(found.human_agreement.value(), 4.0 / 6);
  EXPECT_FALSE(found.spearman);
  // By hand: 7 of 10 judged met; all 3 that people find met are, 2 of the 3 that they do not are not; so
  // (7/10 + 2/3 - 1) / (1 + 2/3 - 1).
  EXPECT_DOUBLE_EQ(found.rate_details.value().sensitivity, 1);
  EXPECT_DOUBLE_EQ(found.rate_details->specificity, 2.0 / 3);
  EXPECT_NEAR(found.rate.value().value, 0.55, 1e-12);
  EXPECT_EQ(found.rate->ci.status, evalpp::interval_status::caution);
  EXPECT_GE(found.rate->ci.lo, 0);
  EXPECT_LE(found.rate->ci.hi, 1);
  const std::vector<std::uint64_t> expected = {4, 3, 1, 6};
  EXPECT_EQ(found.confusion, expected);
}

TEST(agreement_report, labels_without_a_verdict_are_counted_apart) {
  std::vector<item_verdict> verdicts = {{"a", {1}}, {"b", {}}, {"c", {}}};
  judge::human_labels labels{
      {{"a", "", 0, 1}, {"b", "", 0, 1}, {"b", "x", 0, 0}, {"z", "", 0, 1}, {"z", "x", 0, 0}}};
  const std::vector<judge::rating_scale> scales{{"met", kind::met, 0, 1}};
  const auto all = agreement_of(evalpp::seq, verdicts, scales, labels);
  EXPECT_EQ(all.items, 3u);
  EXPECT_EQ(all.unknown, 1u);
  EXPECT_EQ(all.unknown_ids, std::vector<std::string>{"z"});
  EXPECT_EQ(all.criteria[0].items, 1u);
  EXPECT_EQ(all.criteria[0].unscored, 1u);
  EXPECT_DOUBLE_EQ(all.criteria[0].agreement.value().value, 1);
  // One item says nothing beyond chance.
  EXPECT_FALSE(all.criteria[0].kappa);
  EXPECT_FALSE(all.criteria[0].alpha);
  EXPECT_FALSE(all.criteria[0].rate);
  EXPECT_FALSE(all.criteria[0].mean->ci.usable());
}

// Means of samples have no table and equal nothing; order and distance are left.
TEST(agreement_report, verdicts_between_two_ratings_have_ranks_and_a_mean) {
  std::vector<rated> sampled = graded;
  sampled[3].verdict = 4.5;
  const judge::criterion_agreement found = compare(sampled, levels).criteria[0];
  EXPECT_FALSE(found.agreement);
  EXPECT_FALSE(found.kappa);
  EXPECT_FALSE(found.ac1);
  EXPECT_TRUE(found.confusion.empty());
  EXPECT_TRUE(found.alpha);
  EXPECT_TRUE(found.spearman);
  EXPECT_TRUE(found.mean);
  EXPECT_DOUBLE_EQ(found.judge_mean, 28.5 / 56);
  std::vector<rated> met = checked;
  met[9].verdict = 2.0 / 3;  // nobody has labelled it
  EXPECT_FALSE(compare(met, {"met", kind::met, 0, 1}).criteria[0].rate);
}

TEST(agreement_report, nothing_in_common_is_no_number) {
  const auto all = compare({{"a", 3, {}}, {"b", -1, {2}}}, levels);
  EXPECT_EQ(all.criteria[0].items, 0u);
  EXPECT_EQ(all.criteria[0].unscored, 1u);
  EXPECT_FALSE(all.criteria[0].agreement);
  EXPECT_FALSE(all.criteria[0].mean);
}

TEST(agreement_report, scale_of_very_many_levels_has_no_table) {
  const auto all = compare({{"a", 0, {10}}, {"b", 500'000, {400'000}}, {"c", 1'000'000, {1'000'000}}},
                           {"fine", kind::levels, 0, 1'000'000}, {.intervals = false});
  const judge::criterion_agreement& found = all.criteria[0];
  EXPECT_TRUE(found.confusion.empty());
  EXPECT_FALSE(found.kappa);
  EXPECT_DOUBLE_EQ(found.spearman.value().value, 1);
  EXPECT_TRUE(found.alpha);
}

TEST(agreement_report, pairs_are_rated_by_their_outcome) {
  using judge::preference;
  const std::vector<judge::judged_pair> pairs = {
      {.id = "a", .baseline_first = preference::candidate, .candidate_first = preference::candidate},
      {.id = "b", .baseline_first = preference::candidate, .candidate_first = preference::baseline},
      {.id = "c", .baseline_first = preference::baseline},
      {.id = "d", .identical = true}};
  const std::vector<item_verdict> expected = {{"a", {2}}, {"b", {1}}, {"c", {}}, {"d", {1}}};
  EXPECT_EQ(judge::item_verdicts(pairs), expected);
}

TEST(agreement_report, preferences_have_a_win_rate_for_their_mean) {
  const auto all = compare({{"a", 2, {2}}, {"b", 1, {2}}, {"c", 0, {0}}, {"d", 2, {1}}},
                           judge::preference_scales()[0], {.intervals = false});
  const judge::criterion_agreement& found = all.criteria[0];
  EXPECT_DOUBLE_EQ(found.human_mean, 2.5 / 4);
  EXPECT_DOUBLE_EQ(found.mean.value().value, 2.5 / 4);  // every pair has a label
  EXPECT_DOUBLE_EQ(found.agreement.value().value, 0.5);
  EXPECT_FALSE(found.spearman);
}

}  // namespace agreement_report_test
