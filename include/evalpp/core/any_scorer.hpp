// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/bundle.hpp>
#include <evalpp/core/detail/rows.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/table.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

struct scoring {
  virtual ~scoring() = default;
  virtual column_info info() const = 0;
  virtual bool scores_without_reference() const = 0;
  virtual value_kind kind() const = 0;
  virtual ratio_of_sums term(const table& rows, std::size_t c, std::size_t i) const = 0;
  virtual double value(std::span<const std::int64_t> lanes, std::span<const std::string> names) const = 0;
  virtual std::size_t single_lanes() const = 0;
  virtual void single_row(std::span<const std::int64_t> lanes, float* out) const = 0;
  virtual double single_value(std::span<const float> sums) const = 0;
  virtual reported_score score(const table& rows, std::size_t c, const std::vector<bool>& chosen) const = 0;
  virtual double score_row(const table& rows, std::size_t c, std::size_t i) const = 0;
};

template <scalar_metric M, class Base = scoring>
struct scoring_of : Base {
  explicit scoring_of(M m) : metric_(std::move(m)) {}
  column_info info() const final { return column_of(metric_); }
  bool scores_without_reference() const final { return evalpp::scores_without_reference<M>; }
  value_kind kind() const final { return value_kind_of<M>; }
  ratio_of_sums term(const table& rows, std::size_t c, std::size_t i) const final {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if constexpr (value_kind_of<M> == value_kind::ratio)
      return metric_.as_ratio(row_of<M>(rows, c, i));
    else
      return value_kind_of<M> == value_kind::general ? ratio_of_sums{none, none}
                                                     : ratio_of_sums{score_row(rows, c, i), 1};
  }
  double value(std::span<const std::int64_t> lanes, std::span<const std::string> names) const final {
    if constexpr (dense_statistics<typename M::statistics>) {
      return metric_.score(from_lanes<typename M::statistics>(lanes)).value;
    } else {
      typename M::statistics counts{};
      for (std::size_t k = 0; k < names.size(); ++k) counts.add(names[k], lanes[k]);
      return metric_.score(counts).value;
    }
  }
  std::size_t single_lanes() const final {
    if constexpr (single_precision_metric<M>)
      return std::tuple_size_v<typename M::single_statistics>;
    else
      return 0;
  }
  void single_row([[maybe_unused]] std::span<const std::int64_t> lanes,
                  [[maybe_unused]] float* out) const final {
    if constexpr (single_precision_metric<M>) {
      const auto row = metric_.in_single_precision(from_lanes<typename M::statistics>(lanes));
      std::copy(row.begin(), row.end(), out);
    }
  }
  double single_value([[maybe_unused]] std::span<const float> sums) const final {
    if constexpr (single_precision_metric<M>) {
      typename M::single_statistics row;
      std::copy_n(sums.begin(), row.size(), row.begin());
      return metric_.single_value(row);
    } else {
      return 0;
    }
  }
  reported_score score(const table& rows, std::size_t c, const std::vector<bool>& chosen) const final {
    return reported_over(metric_, rows, c, [&](std::size_t i) { return chosen[i]; });
  }
  double score_row(const table& rows, std::size_t c, std::size_t i) const final {
    return metric_.score(row_of<M>(rows, c, i)).value;
  }

  M metric_;
};

}  // namespace detail

/// The `score` half of a metric, whatever its type and whatever its tokens: all that reports, intervals and
/// comparisons need of it. Cheap to copy.
class any_scorer {
 public:
  template <class M>
  requires(!std::derived_from<M, any_scorer> &&
           scalar_metric<M>)  // in this order: clang 14 recurses otherwise
      explicit any_scorer(M m)
      : model_(std::make_shared<detail::scoring_of<M>>(std::move(m))) {}

  column_info info() const { return model_->info(); }
  bool scores_without_reference() const { return model_->scores_without_reference(); }
  /// What kind of number the value is.
  value_kind kind() const { return model_->kind(); }
  /// Whether the value is the share of examples that are right; see `evalpp::is_proportion`.
  bool is_proportion() const { return kind() == value_kind::proportion; }

  /// The value of statistics that were added up elsewhere, one number for each lane. The lanes of a sparse
  /// column count what `names` says, in the order of the bytes; those of a dense one have no names.
  double value(std::span<const std::int64_t> lanes, std::span<const std::string> names = {}) const {
    return model_->value(lanes, names);
  }
  /// The metric in the single precision of tools that resample in it: see `single_precision_metric`. The
  /// width of such a row, 0 for a metric without; a row of lanes into `out`; and the value of added up rows.
  std::size_t single_lanes() const { return model_->single_lanes(); }
  void single_row(std::span<const std::int64_t> lanes, float* out) const { model_->single_row(lanes, out); }
  double single_value(std::span<const float> sums) const { return model_->single_value(sums); }
  /// The score over the rows of column `c` that `chosen` accepts, with the counts of those rows.
  reported_score score(const table& rows, std::size_t c, const std::vector<bool>& chosen) const {
    return model_->score(rows, c, chosen);
  }
  /// The score over all rows.
  reported_score score(const table& rows, std::size_t c) const {
    return score(rows, c, std::vector<bool>(rows.rows(), true));
  }
  /// The value of one row alone.
  double score_row(const table& rows, std::size_t c, std::size_t i) const {
    return model_->score_row(rows, c, i);
  }
  /// What one row adds to the two sums whose ratio is the value; NaN for a metric that is no ratio.
  ratio_of_sums term(const table& rows, std::size_t c, std::size_t i) const {
    return model_->term(rows, c, i);
  }

 protected:
  explicit any_scorer(std::shared_ptr<const detail::scoring> model) : model_(std::move(model)) {}

  std::shared_ptr<const detail::scoring> model_;
};

/// The scorers of a run's metrics, one for each column of its rows: `scorers_of(run.metrics())`.
template <metric... Ms>
std::vector<any_scorer> scorers_of(const bundle<Ms...>& metrics) {
  std::vector<any_scorer> all;
  metrics.for_each([&](const auto& m) { all.push_back(any_scorer(m)); });
  return all;
}

}  // namespace evalpp::inline EVALPP_ABI
