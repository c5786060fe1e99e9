// SPDX-License-Identifier: MIT
#include "all_metrics.hpp"
#include "allocations.hpp"
#include "examples.hpp"

#include <evalpp/core/accumulator.hpp>
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/parallel/threads.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

// The laws that every metric obeys. What a metric computes is tested elsewhere; here nothing is
// known of it but measure, score and signature.

namespace laws {
namespace {

template <class M>
class metric_laws : public ::testing::Test {
 protected:
  using statistics = typename M::statistics;

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
  std::vector<example> examples_ = examples();
  std::vector<statistics> measured_;
};
template <class List>
struct as_types;
template <class... Metrics>
struct as_types<metric_list<Metrics...>> {
  using type = ::testing::Types<Metrics...>;
};
TYPED_TEST_SUITE(metric_laws, as_types<all_metrics>::type);

TYPED_TEST(metric_laws, zero_is_the_identity) {
  for (const auto& s : this->measured_) {
    auto left = typename TypeParam::statistics{};
    left += s;
    auto right = s;
    right += typename TypeParam::statistics{};
    EXPECT_TRUE(left == s);
    EXPECT_TRUE(right == s);
  }
}

TYPED_TEST(metric_laws, merging_is_commutative_and_associative) {
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

TYPED_TEST(metric_laws, measuring_is_pure) {
  for (std::size_t i = 0; i < this->examples_.size(); ++i) {
    const example& e = this->examples_[i];
    EXPECT_TRUE(evalpp::measure(this->metric_, e.hypothesis, e.references) == this->measured_[i])
        << "at " << i;
  }
}

TYPED_TEST(metric_laws, the_score_of_nothing_is_no_accident) {
  const double empty = this->metric_.score({}).value;
  EXPECT_TRUE(evalpp::detail::is_finite(empty)) << empty;
}

TYPED_TEST(metric_laws, any_split_in_any_order_scores_the_same) {
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

TYPED_TEST(metric_laws, an_example_alone_scores_as_its_corpus_of_one) {
  for (const example& e : this->examples_) {
    const auto run = evalpp::evaluate(std::vector<std::string>{e.hypothesis},
                                      std::vector<std::vector<std::string>>{e.references}, this->metric_);
    EXPECT_EQ(this->bits(run.template score<0>().value),
              this->score(evalpp::measure(this->metric_, e.hypothesis, e.references)));
    EXPECT_EQ(this->bits(run.template score_row<0>(0).value), this->bits(run.template score<0>().value));
  }
}

TYPED_TEST(metric_laws, streaming_threads_and_run_time_choice_give_the_same_rows) {
  std::vector<std::string> hypotheses;
  std::vector<std::vector<std::string>> references;
  evalpp::accumulator<TypeParam> stream, other_half;
  for (std::size_t repeat = 0; repeat < 40; ++repeat)
    for (std::size_t i = 0; i < this->examples_.size(); ++i) {
      const example& e = this->examples_[i];
      hypotheses.push_back(e.hypothesis);
      references.push_back(e.references);
      (i % 3 == 0 ? other_half : stream).update(e.hypothesis, e.references);
    }
  stream += other_half;
  const auto one = evalpp::evaluate(hypotheses, references, this->metric_);
  const auto four = evalpp::evaluate(evalpp::threads{4}, hypotheses, references, this->metric_);
  const evalpp::table chosen =
      evalpp::metric_set({this->metric_}).measure(evalpp::seq, hypotheses, references);
  EXPECT_TRUE(one.rows() == four.rows());
  EXPECT_TRUE(one.rows() == chosen);
  EXPECT_TRUE(one.template statistics<0>() == stream.statistics());
  EXPECT_EQ(stream.examples(), hypotheses.size());
}

TYPED_TEST(metric_laws, prepared_references_serve_many_hypotheses) {
  const auto gold = evalpp::prepare(this->metric_, this->examples_[6].references);
  evalpp::scratch<TypeParam, evalpp::text_kind> buffers;
  for (const example& e : this->examples_) {
    const typename TypeParam::statistics again = evalpp::measure(this->metric_, e.hypothesis, gold, buffers);
    EXPECT_TRUE(again == evalpp::measure(this->metric_, e.hypothesis, this->examples_[6].references));
  }
}

TYPED_TEST(metric_laws, nothing_is_allocated_after_warm_up) {
  evalpp::accumulator<TypeParam> stream;
  for (int pass = 0; pass < 2; ++pass)
    for (const example& e : this->examples_) stream.update(e.hypothesis, e.references);
  const std::size_t before = allocations();
  for (const example& e : this->examples_) stream.update(e.hypothesis, e.references);
  EXPECT_EQ(allocations(), before);
}

TYPED_TEST(metric_laws, the_signature_tells_the_options) {
  const auto metrics = variants(TypeParam{});
  for (std::size_t i = 0; i < metrics.size(); ++i)
    for (std::size_t j = 0; j < metrics.size(); ++j)
      EXPECT_EQ(metrics[i].name() + metrics[i].signature() == metrics[j].name() + metrics[j].signature(),
                metrics[i] == metrics[j])
          << metrics[i].signature() << " and " << metrics[j].signature();
}

TYPED_TEST(metric_laws, a_bundle_measures_what_its_metrics_measure) {
  const evalpp::bundle both{this->metric_, evalpp::bleu{}, this->metric_};
  for (std::size_t i = 0; i < this->examples_.size(); ++i) {
    const example& e = this->examples_[i];
    const auto together = evalpp::measure(both, e.hypothesis, e.references);
    EXPECT_TRUE(evalpp::get<0>(together) == this->measured_[i]);
    EXPECT_TRUE(evalpp::get<2>(together) == this->measured_[i]);
    EXPECT_TRUE(evalpp::get<1>(together) == evalpp::measure(evalpp::bleu{}, e.hypothesis, e.references));
  }
}

}  // namespace
}  // namespace laws
