// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/detail/rows.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/table.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

class metric_set;

namespace detail {

/// What one encoder has read of the current example; metrics with equal encoders share it.
struct any_reading {
  virtual ~any_reading() = default;
  virtual void prepare(std::span<const std::string_view> references) = 0;
  virtual void encode(std::string_view hypothesis) = 0;
  virtual bool serves(const void* type, const void* encoder) const = 0;
};

template <class E>
inline constexpr char encoder_identity = 0;  // its address tells encoder types apart

template <class E>
struct reading final : any_reading {
  explicit reading(E e) : encoder(std::move(e)) {}
  void prepare(std::span<const std::string_view> references) override {
    encoder.prepare(references, prepared);
  }
  void encode(std::string_view hypothesis) override { view = encoder.encode(hypothesis, prepared, scratch); }
  bool serves(const void* type, const void* other) const override {
    return type == &encoder_identity<E> && *static_cast<const E*>(other) == encoder;
  }

  E encoder;
  typename E::template prepared<text_kind> prepared{};
  typename E::scratch scratch{};
  decltype(encoder.encode(std::string_view{}, prepared, scratch)) view{};
};

struct any_counting {
  virtual ~any_counting() = default;
  virtual void count(table& rows, std::size_t column, std::size_t i) = 0;
};

template <metric M>
struct counting final : any_counting {
  counting(const M& m, reading<encoder_type<M>>& r) : metric_(&m), reading_(&r) {}
  void count(table& rows, std::size_t column, std::size_t i) override {
    store(rows, column, i,
          access<M, text_kind>::count(*metric_, reading_->view, reading_->prepared, scratch_));
  }

 private:
  const M* metric_;
  reading<encoder_type<M>>* reading_;
  typename access<M, text_kind>::scratch scratch_;
};

}  // namespace detail

/// A metric over text that is chosen at run time. The typed form stays the primary one.
class any_metric {
 public:
  template <class M>
  requires(!std::same_as<M, any_metric> && scalar_metric<M>)  // in this order: clang 14 recurses otherwise
      any_metric(M m)
      : model_(std::make_shared<model<M>>(std::move(m))) {}

  column_info info() const { return model_->info(); }
  bool scores_without_reference() const { return model_->scores_without_reference(); }
  /// Whether the value is the share of examples that are right; see `evalpp::is_proportion`.
  bool is_proportion() const { return model_->is_proportion(); }

  /// The value of statistics that were added up elsewhere, one number for each lane. The lanes of a sparse
  /// column count what `names` says, in the order of the bytes; those of a dense one have no names.
  double value(std::span<const std::int64_t> lanes, std::span<const std::string> names = {}) const {
    return model_->value(lanes, names);
  }
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

 private:
  friend class metric_set;

  struct any_model {
    virtual ~any_model() = default;
    virtual column_info info() const = 0;
    virtual bool scores_without_reference() const = 0;
    virtual bool is_proportion() const = 0;
    virtual double value(std::span<const std::int64_t> lanes, std::span<const std::string> names) const = 0;
    virtual reported_score score(const table& rows, std::size_t c, const std::vector<bool>& chosen) const = 0;
    virtual double score_row(const table& rows, std::size_t c, std::size_t i) const = 0;
    virtual std::unique_ptr<detail::any_counting> counting(
        std::vector<std::unique_ptr<detail::any_reading>>& readings) const = 0;
  };

  template <class M>
  struct model final : any_model {
    explicit model(M m) : metric_(std::move(m)) {}
    column_info info() const override { return detail::column_of(metric_); }
    bool scores_without_reference() const override { return evalpp::scores_without_reference<M>; }
    bool is_proportion() const override { return evalpp::is_proportion<M>; }
    double value(std::span<const std::int64_t> lanes, std::span<const std::string> names) const override {
      if constexpr (dense_statistics<typename M::statistics>) {
        return metric_.score(from_lanes<typename M::statistics>(lanes)).value;
      } else {
        typename M::statistics counts{};
        for (std::size_t k = 0; k < names.size(); ++k) counts.add(names[k], lanes[k]);
        return metric_.score(counts).value;
      }
    }
    reported_score score(const table& rows, std::size_t c, const std::vector<bool>& chosen) const override {
      return detail::reported_over(metric_, rows, c, [&](std::size_t i) { return chosen[i]; });
    }
    double score_row(const table& rows, std::size_t c, std::size_t i) const override {
      return metric_.score(detail::row_of<M>(rows, c, i)).value;
    }
    std::unique_ptr<detail::any_counting> counting(
        std::vector<std::unique_ptr<detail::any_reading>>& readings) const override {
      using encoder = encoder_type<M>;
      const encoder wanted = encoder_of(metric_);
      for (const auto& r : readings)
        if (r->serves(&detail::encoder_identity<encoder>, &wanted))
          return std::make_unique<detail::counting<M>>(metric_, static_cast<detail::reading<encoder>&>(*r));
      auto own = std::make_unique<detail::reading<encoder>>(wanted);
      auto made = std::make_unique<detail::counting<M>>(metric_, *own);
      readings.push_back(std::move(own));
      return made;
    }

    M metric_;
  };

  std::shared_ptr<const any_model> model_;
};

/// Metrics chosen at run time, measured in one pass: the run-time twin of `bundle`.
class metric_set {
 public:
  explicit metric_set(std::vector<any_metric> metrics) : metrics_(std::move(metrics)) {}

  std::span<const any_metric> metrics() const noexcept { return metrics_; }

  /// The rows of all metrics over these examples; see `evaluate`.
  template <executor Executor, std::ranges::random_access_range Hypotheses,
            std::ranges::random_access_range References>
  table measure(const Executor& run_on, const Hypotheses& hypotheses, const References& references) const {
    std::vector<column_info> columns;
    for (const any_metric& m : metrics_) columns.push_back(m.info());
    table rows(std::move(columns));
    std::vector<measurer> workers;
    for (std::size_t w = 0; w < run_on.workers(); ++w) workers.emplace_back(*this);
    detail::fill_rows(run_on, hypotheses, references, rows, workers);
    return rows;
  }

 private:
  class measurer {
   public:
    explicit measurer(const metric_set& set) {
      for (const any_metric& m : set.metrics_) {
        countings_.push_back(m.model_->counting(readings_));
        without_reference_.push_back(m.scores_without_reference());
      }
    }
    void measure(std::string_view hypothesis, std::span<const std::string_view> references, table& rows,
                 std::size_t i) {
      for (const auto& r : readings_) {
        r->prepare(references);
        r->encode(hypothesis);
      }
      for (std::size_t c = 0; c < countings_.size(); ++c)
        if (!references.empty() || without_reference_[c]) countings_[c]->count(rows, c, i);
    }

   private:
    std::vector<std::unique_ptr<detail::any_reading>> readings_;
    std::vector<std::unique_ptr<detail::any_counting>> countings_;
    std::vector<bool> without_reference_;
  };

  std::vector<any_metric> metrics_;
};

}  // namespace evalpp::inline EVALPP_ABI
