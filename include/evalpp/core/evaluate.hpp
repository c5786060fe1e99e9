// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/bundle.hpp>
#include <evalpp/core/detail/rows.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/references.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/table.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

template <class Kind, metric... Ms>
struct bundle_measurer {
  const bundle<Ms...>* metrics;
  typename access<bundle<Ms...>, Kind>::prepared prepared{};
  typename access<bundle<Ms...>, Kind>::scratch scratch{};

  template <class H, class Items>
  void measure(const H& hypothesis, Items references, table& rows, std::size_t i) {
    using how = access<bundle<Ms...>, Kind>;
    how::prepare(*metrics, references, prepared);
    const auto put = [&]<std::size_t I>(std::integral_constant<std::size_t, I>, const auto& one) {
      if (references.empty() && !scores_without_reference<std::tuple_element_t<I, std::tuple<Ms...>>>) return;
      store(rows, I, i, one);
    };
    if constexpr (text_like<H>)
      how::measure_each(*metrics, std::string_view(hypothesis), prepared, scratch, put);
    else
      how::measure_each(*metrics, hypothesis, prepared, scratch, put);
  }
};

}  // namespace detail

/// What `evaluate` yields: the rows of every metric, and their scores.
template <metric... Ms>
class evaluation {
 public:
  evaluation(bundle<Ms...> metrics, table rows) : metrics_(std::move(metrics)), rows_(std::move(rows)) {}

  /// The corpus score of metric M (or of the I-th metric), as a typed result: `run.score<bleu>().value`.
  template <class M>
  auto score() const {
    constexpr std::size_t at = index_of<M>();
    return score<at>();
  }
  template <std::size_t I>
  auto score() const {
    return metrics_.template get<I>().score(statistics<I>());
  }
  /// The score of one example by the I-th metric.
  template <std::size_t I>
  auto score_row(std::size_t i) const {
    using metric_type = std::tuple_element_t<I, std::tuple<Ms...>>;
    return metrics_.template get<I>().score(detail::row_of<metric_type>(rows_, I, i));
  }
  /// The statistics of the I-th metric summed over the rows that `chosen(i)` accepts; all by default.
  template <std::size_t I, class Chosen = bool (*)(std::size_t)>
  auto statistics(Chosen chosen = [](std::size_t) { return true; }) const {
    return detail::total_of(metrics_.template get<I>(), rows_, I, chosen);
  }

  /// One line per metric, for reports.
  std::vector<reported_score> scores() const {
    std::vector<reported_score> lines;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (lines.push_back(
           detail::reported_over(metrics_.template get<I>(), rows_, I, [](std::size_t) { return true; })),
       ...);
    }
    (std::index_sequence_for<Ms...>{});
    return lines;
  }

  const table& rows() const& noexcept { return rows_; }
  table& rows() & noexcept { return rows_; }
  table rows() && noexcept { return std::move(rows_); }  // of a run that is about to go
  const bundle<Ms...>& metrics() const noexcept { return metrics_; }

 private:
  template <class M>
  static constexpr std::size_t index_of() {
    static_assert((std::same_as<M, Ms> + ...) == 1,
                  "name a metric type that was evaluated exactly once, or its index");
    std::size_t at = 0;
    (void)((std::same_as<M, Ms> || (++at, false)) || ...);
    return at;
  }

  bundle<Ms...> metrics_;
  table rows_;
};

/// Measures every hypothesis against its references with every metric, in one pass.
///
///     auto run = evalpp::evaluate(hypotheses, references, evalpp::bleu{}, evalpp::rouge_l{});
///     std::cout << run;
///
/// `hypotheses`: a random-access range of texts, or of token ranges for the metrics of evalpp::ids.
/// `references`: as many elements, each one reference, an optional one, or a range of them. An
/// example without any reference is counted as missing and never scored 0. Counts that differ are
/// an error (thrown, or abort). O(total text) for all metrics of this library unless they say so.
template <executor Executor, std::ranges::random_access_range Hypotheses,
          std::ranges::random_access_range References, metric... Ms>
requires(sizeof...(Ms) > 0) &&
    references_for<
        std::ranges::range_value_t<const References>,
        std::ranges::range_value_t<const Hypotheses>> evaluation<Ms...> evaluate(const Executor& run_on,
                                                                                 const Hypotheses& hypotheses,
                                                                                 const References& references,
                                                                                 Ms... metrics) {
  const bundle<Ms...> all{metrics...};
  std::vector<column_info> columns;
  all.for_each([&](const auto& m) { columns.push_back(detail::column_of(m)); });
  table rows(std::move(columns));
  using kind = kind_of<std::ranges::range_value_t<const Hypotheses>>;
  std::vector<detail::bundle_measurer<kind, Ms...>> measurers(run_on.workers(), {&all});
  detail::fill_rows(run_on, hypotheses, references, rows, measurers);
  return {all, std::move(rows)};
}
template <std::ranges::random_access_range Hypotheses, std::ranges::random_access_range References,
          metric... Ms>
requires(sizeof...(Ms) > 0) &&
    references_for<
        std::ranges::range_value_t<const References>,
        std::ranges::range_value_t<const Hypotheses>> evaluation<Ms...> evaluate(const Hypotheses& hypotheses,
                                                                                 const References& references,
                                                                                 Ms... metrics) {
  return evaluate(seq, hypotheses, references, std::move(metrics)...);
}

}  // namespace evalpp::inline EVALPP_ABI
