// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/detail/rows.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/table.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <ranges>
#include <span>
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
class any_metric : public any_scorer {
 public:
  template <class M>
  requires(!std::derived_from<M, any_scorer> &&
           scalar_metric<M>)  // in this order: clang 14 recurses otherwise
      any_metric(M m)
      : any_scorer(std::make_shared<model<M>>(std::move(m))) {}

 private:
  friend class metric_set;

  struct any_model : detail::scoring {
    virtual std::unique_ptr<detail::any_counting> counting(
        std::vector<std::unique_ptr<detail::any_reading>>& readings) const = 0;
  };

  template <class M>
  struct model final : detail::scoring_of<M, any_model> {
    using detail::scoring_of<M, any_model>::scoring_of;
    std::unique_ptr<detail::any_counting> counting(
        std::vector<std::unique_ptr<detail::any_reading>>& readings) const override {
      using encoder = encoder_type<M>;
      const encoder wanted = encoder_of(this->metric_);
      for (const auto& r : readings)
        if (r->serves(&detail::encoder_identity<encoder>, &wanted))
          return std::make_unique<detail::counting<M>>(this->metric_,
                                                       static_cast<detail::reading<encoder>&>(*r));
      auto own = std::make_unique<detail::reading<encoder>>(wanted);
      auto made = std::make_unique<detail::counting<M>>(this->metric_, *own);
      readings.push_back(std::move(own));
      return made;
    }
  };

  std::unique_ptr<detail::any_counting> counting(
      std::vector<std::unique_ptr<detail::any_reading>>& readings) const {
    return static_cast<const any_model&>(*model_).counting(readings);
  }
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
        countings_.push_back(m.counting(readings_));
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
