// SPDX-License-Identifier: MIT
#pragma once

#include "all_metrics.hpp"
#include "allocations.hpp"
#include "examples.hpp"

#include <evalpp/core/accumulator.hpp>
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/data/table_file.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

// The laws that every metric obeys. What a metric computes is tested elsewhere; here nothing is
// known of it but measure, score and signature. Metrics over text read `examples()`, those over given
// tokens the same with numbers for words.

namespace laws {

template <class M, class... Metrics>
constexpr bool is_listed(metric_list<Metrics...>) {
  return (std::same_as<M, Metrics> || ...);
}
template <class M>
inline constexpr bool over_text = is_listed<M>(all_metrics{});
template <class M>
auto examples_for() {
  if constexpr (over_text<M>)
    return examples();
  else
    return token_examples();
}

template <class M>
class metric_laws : public ::testing::Test {
 protected:
  using statistics = typename M::statistics;
  using example = typename decltype(examples_for<M>())::value_type;
  using hypothesis_type = decltype(example::hypothesis);
  using references_type = decltype(example::references);
  using accumulator = evalpp::accumulator<M, hypothesis_type>;

  metric_laws() {
    for (const example& e : examples_)
      measured_.push_back(evalpp::measure(metric_, e.hypothesis, e.references));
  }

  // Bit for bit: NaN equals NaN, 0 does not equal -0.
  static auto bits(double x) { return std::bit_cast<std::uint64_t>(x); }
  auto score(const statistics& s) const { return bits(metric_.score(s).value); }
  statistics sum(std::size_t begin, std::size_t end) const {
    statistics total{};
    for (std::size_t i = begin; i < end; ++i) total += measured_[i];
    return total;
  }

  M metric_{};
  std::vector<example> examples_ = examples_for<M>();
  std::vector<statistics> measured_;
};
TYPED_TEST_SUITE_P(metric_laws);

TYPED_TEST_P(metric_laws, zero_is_the_identity) {
  for (const auto& s : this->measured_) {
    auto left = typename TypeParam::statistics{};
    left += s;
    auto right = s;
    right += typename TypeParam::statistics{};
    EXPECT_TRUE(left == s);
    EXPECT_TRUE(right == s);
  }
}

TYPED_TEST_P(metric_laws, merging_is_commutative_and_associative) {
  const auto& m = this->measured_;
  for (std::size_t i = 0; i + 2 < m.size(); ++i) {
    auto ab = m[i];
    ab += m[i + 1];
    auto ba = m[i + 1];
    ba += m[i];
    EXPECT_TRUE(ab == ba) << "at " << i;
    auto bc = m[i + 1];
    bc += m[i + 2];
    auto left = ab;
    left += m[i + 2];
    auto right = m[i];
    right += bc;
    EXPECT_TRUE(left == right) << "at " << i;
  }
}

TYPED_TEST_P(metric_laws, measuring_is_pure) {
  for (std::size_t i = 0; i < this->examples_.size(); ++i) {
    const auto& e = this->examples_[i];
    EXPECT_TRUE(evalpp::measure(this->metric_, e.hypothesis, e.references) == this->measured_[i])
        << "at " << i;
  }
}

TYPED_TEST_P(metric_laws, the_score_of_nothing_is_no_accident) {
  const double empty = this->metric_.score({}).value;
  EXPECT_TRUE(evalpp::detail::is_finite(empty)) << empty;
}

TYPED_TEST_P(metric_laws, any_split_in_any_order_scores_the_same) {
  const std::size_t n = this->measured_.size();
  const auto whole = this->score(this->sum(0, n));
  for (std::size_t cut = 0; cut <= n; ++cut) {
    auto parts = this->sum(cut, n);
    parts += this->sum(0, cut);
    EXPECT_EQ(this->score(parts), whole) << "cut at " << cut;
  }
  auto backwards = typename TypeParam::statistics{};
  for (std::size_t i = n; i-- > 0;) backwards += this->measured_[i];
  EXPECT_EQ(this->score(backwards), whole);
}

TYPED_TEST_P(metric_laws, an_example_alone_scores_as_its_corpus_of_one) {
  for (const auto& e : this->examples_) {
    const auto run = evalpp::evaluate(std::array{e.hypothesis}, std::array{e.references}, this->metric_);
    EXPECT_EQ(this->bits(run.template score<0>().value),
              this->score(evalpp::measure(this->metric_, e.hypothesis, e.references)));
    EXPECT_EQ(this->bits(run.template score_row<0>(0).value), this->bits(run.template score<0>().value));
  }
}

TYPED_TEST_P(metric_laws, streaming_threads_and_run_time_choice_give_the_same_rows) {
  std::vector<typename TestFixture::hypothesis_type> hypotheses;
  std::vector<typename TestFixture::references_type> references;
  typename TestFixture::accumulator stream, other_half;
  for (std::size_t repeat = 0; repeat < 24; ++repeat)
    for (std::size_t i = 0; i < this->examples_.size(); ++i) {
      const auto& e = this->examples_[i];
      hypotheses.push_back(e.hypothesis);
      references.push_back(e.references);
      (i % 3 == 0 ? other_half : stream).update(e.hypothesis, e.references);
    }
  stream += other_half;
  const auto one = evalpp::evaluate(hypotheses, references, this->metric_);
  const auto four = evalpp::evaluate(evalpp::threads{4}, hypotheses, references, this->metric_);
  EXPECT_TRUE(one.rows() == four.rows());
  if constexpr (over_text<TypeParam>) {
    EXPECT_TRUE(one.rows() ==
                evalpp::metric_set({this->metric_}).measure(evalpp::seq, hypotheses, references));
  }
  EXPECT_TRUE(one.template statistics<0>() == stream.statistics());
  EXPECT_EQ(stream.examples(), hypotheses.size());
}

TYPED_TEST_P(metric_laws, prepared_references_serve_many_hypotheses) {
  const auto gold = evalpp::prepare(this->metric_, this->examples_[6].references);
  evalpp::scratch<TypeParam, evalpp::kind_of<typename TestFixture::hypothesis_type>> buffers;
  for (const auto& e : this->examples_) {
    const typename TypeParam::statistics again = evalpp::measure(this->metric_, e.hypothesis, gold, buffers);
    EXPECT_TRUE(again == evalpp::measure(this->metric_, e.hypothesis, this->examples_[6].references));
  }
}

TYPED_TEST_P(metric_laws, nothing_is_allocated_after_warm_up) {
  typename TestFixture::accumulator stream;
  for (int pass = 0; pass < 2; ++pass)
    for (const auto& e : this->examples_) stream.update(e.hypothesis, e.references);
  const std::size_t before = allocations();
  for (const auto& e : this->examples_) stream.update(e.hypothesis, e.references);
  EXPECT_EQ(allocations(), before);
}

TYPED_TEST_P(metric_laws, the_signature_tells_the_options) {
  const auto metrics = variants(TypeParam{});
  for (std::size_t i = 0; i < metrics.size(); ++i)
    for (std::size_t j = 0; j < metrics.size(); ++j)
      EXPECT_EQ(metrics[i].name() + metrics[i].signature() == metrics[j].name() + metrics[j].signature(),
                metrics[i] == metrics[j])
          << metrics[i].signature() << " and " << metrics[j].signature();
}

TYPED_TEST_P(metric_laws, a_bundle_measures_what_its_metrics_measure) {
  using another = std::conditional_t<over_text<TypeParam>, evalpp::bleu, evalpp::ids::bleu>;
  const evalpp::bundle both{this->metric_, another{}, this->metric_};
  for (std::size_t i = 0; i < this->examples_.size(); ++i) {
    const auto& e = this->examples_[i];
    const auto together = evalpp::measure(both, e.hypothesis, e.references);
    EXPECT_TRUE(evalpp::get<0>(together) == this->measured_[i]);
    EXPECT_TRUE(evalpp::get<2>(together) == this->measured_[i]);
    EXPECT_TRUE(evalpp::get<1>(together) == evalpp::measure(another{}, e.hypothesis, e.references));
  }
}

// Names of counts that are not UTF-8 have no place in a file: examples that bring some are left out.
TYPED_TEST_P(metric_laws, rows_come_back_from_their_file) {
  std::vector<typename TestFixture::hypothesis_type> hypotheses;
  std::vector<typename TestFixture::references_type> references;
  for (const auto& e : this->examples_) {
    const auto alone = evalpp::evaluate(std::array{e.hypothesis}, std::array{e.references}, this->metric_);
    if (const auto text = evalpp::data::write_table(alone.rows()); !text) {
      EXPECT_EQ(text.error().code, evalpp::error_code::invalid_utf8);
      continue;
    }
    hypotheses.push_back(e.hypothesis);
    references.push_back(e.references);
  }
  EXPECT_GE(hypotheses.size() + 1, this->examples_.size());
  const auto run = evalpp::evaluate(hypotheses, references, this->metric_);
  const auto text = evalpp::data::write_table(run.rows());
  ASSERT_TRUE(text);
  const auto back = evalpp::data::read_table({"rows.jsonl", *text, false});
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_TRUE(*back == run.rows());
}

// What resampling does: it adds up rows by lane, and asks for the value of the sums.
TYPED_TEST_P(metric_laws, lanes_added_up_elsewhere_score_the_same) {
  std::vector<typename TestFixture::hypothesis_type> hypotheses;
  std::vector<typename TestFixture::references_type> references;
  for (const auto& e : this->examples_) {
    hypotheses.push_back(e.hypothesis);
    references.push_back(e.references);
  }
  const auto run = evalpp::evaluate(hypotheses, references, this->metric_);
  const auto units = evalpp::stats::resampling_rows_of(run.rows(), 0, [](std::size_t) { return true; });
  const std::vector<std::int64_t> total = units.total();
  double value = 0;
  if constexpr (over_text<TypeParam>)
    value = evalpp::any_metric(this->metric_).value(total, units.names);
  else
    value = this->metric_.score(evalpp::from_lanes<typename TypeParam::statistics>(total)).value;
  EXPECT_EQ(this->bits(value), this->bits(run.template score<0>().value));
}

TYPED_TEST_P(metric_laws, the_examples_of_a_proportion_are_right_or_wrong) {
  if constexpr (evalpp::is_proportion<TypeParam>) {
    const double best = TypeParam::unit == evalpp::scale::percent ? 100 : 1;
    double right = 0;
    for (const auto& s : this->measured_) {
      const double value = this->metric_.score(s).value;
      EXPECT_TRUE(value == 0 || value == best) << value;
      right += value / best;
    }
    const auto n = static_cast<double>(this->measured_.size());
    EXPECT_DOUBLE_EQ(this->metric_.score(this->sum(0, this->measured_.size())).value, best * right / n);
  }
}

// What intervals are made of, for metrics whose value is a mean or a ratio of sums.
TYPED_TEST_P(metric_laws, a_mean_or_ratio_is_what_its_terms_say) {
  constexpr auto kind = evalpp::value_kind_of<TypeParam>;
  if constexpr (kind == evalpp::value_kind::mean || kind == evalpp::value_kind::ratio) {
    std::vector<typename TestFixture::hypothesis_type> hypotheses;
    std::vector<typename TestFixture::references_type> references;
    for (const auto& e : this->examples_) {
      hypotheses.push_back(e.hypothesis);
      references.push_back(e.references);
    }
    const auto run = evalpp::evaluate(hypotheses, references, this->metric_);
    const evalpp::any_scorer scorer(this->metric_);
    const double best = TypeParam::unit == evalpp::scale::percent ? 100 : 1;
    double numerator = 0, denominator = 0;
    for (std::size_t i = 0; i < hypotheses.size(); ++i) {
      if (!is_counted(run.rows().states()[i], scorer.scores_without_reference())) continue;
      const evalpp::ratio_of_sums one = scorer.term(run.rows(), 0, i);
      EXPECT_GE(one.denominator, 0);
      if (kind == evalpp::value_kind::mean) {
        EXPECT_EQ(one.denominator, 1);
        EXPECT_GE(one.numerator, 0);
        EXPECT_LE(one.numerator, best);
      }
      numerator += one.numerator;
      denominator += one.denominator;
    }
    ASSERT_GT(denominator, 0);
    EXPECT_NEAR(numerator / denominator, run.template score<0>().value, 1e-12 * best);
  }
}

REGISTER_TYPED_TEST_SUITE_P(metric_laws, zero_is_the_identity, merging_is_commutative_and_associative,
                            measuring_is_pure, the_score_of_nothing_is_no_accident,
                            any_split_in_any_order_scores_the_same,
                            an_example_alone_scores_as_its_corpus_of_one,
                            streaming_threads_and_run_time_choice_give_the_same_rows,
                            prepared_references_serve_many_hypotheses, nothing_is_allocated_after_warm_up,
                            the_signature_tells_the_options, a_bundle_measures_what_its_metrics_measure,
                            rows_come_back_from_their_file, lanes_added_up_elsewhere_score_the_same,
                            the_examples_of_a_proportion_are_right_or_wrong,
                            a_mean_or_ratio_is_what_its_terms_say);

template <class List>
struct as_types;
template <class... Metrics>
struct as_types<metric_list<Metrics...>> {
  using type = ::testing::Types<Metrics...>;
};

}  // namespace laws
