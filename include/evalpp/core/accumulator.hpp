// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/references.hpp>
#include <evalpp/detail/throw.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <utility>

namespace evalpp::inline EVALPP_ABI {

/// Streaming evaluation: keeps the sum of the statistics as examples arrive, in any order and any
/// split; parts are merged with `+=`. `Hypothesis` is the type of what is scored.
///
///     evalpp::accumulator validation{evalpp::bleu{}};                        // strings
///     evalpp::accumulator<evalpp::ids::bleu, std::vector<int>> validation;   // token ids
///     for (auto&& [output, references] : batch) validation.update(output, references);
///     std::printf("%.2f\n", validation.score().value);
///
/// An example without any reference is counted as missing and not scored.
template <metric M, class Hypothesis = std::string>
class accumulator {
 public:
  explicit accumulator(M m = {}) : metric_(std::move(m)) {}

  /// Measures one example and adds it. Does not allocate after warm-up.
  template <class H, references_for<H> References>
  requires std::same_as<kind_of<H>, kind_of<Hypothesis>>
  void update(const H& hypothesis, const References& references) {
    reference_list<References, kind> list;
    const auto items = list.assign(references);
    if (items.empty() && !scores_without_reference<M>) {
      ++missing_;
      return;
    }
    detail::access<M, kind>::prepare(metric_, items, prepared_);
    update(hypothesis, prepared_);
  }
  /// The same against references that were prepared before; there has to be one, since what was prepared
  /// from none is not told apart and is scored.
  template <class H>
  void update(const H& hypothesis, const prepared<M, kind_of<Hypothesis>>& references) {
    sum_ += measure(metric_, hypothesis, references, scratch_);
    ++examples_;
  }

  /// Adds another part. Both must have the same metric, options included: anything else is thrown as
  /// std::invalid_argument, or fatal where exceptions are off.
  accumulator& operator+=(const accumulator& other) {
    if (!(metric_ == other.metric_))
      detail::raise_invalid("accumulators of metrics with different options cannot be merged");
    sum_ += other.sum_;
    examples_ += other.examples_;
    missing_ += other.missing_;
    return *this;
  }

  auto score() const { return metric_.score(sum_); }
  const typename M::statistics& statistics() const noexcept { return sum_; }
  std::size_t examples() const noexcept { return examples_; }
  std::size_t missing() const noexcept { return missing_; }
  /// Back to the zero, for the next epoch; buffers are kept.
  void reset() {
    sum_ = {};
    examples_ = missing_ = 0;
  }

 private:
  using kind = kind_of<Hypothesis>;

  M metric_;
  typename M::statistics sum_{};
  std::size_t examples_ = 0;
  std::size_t missing_ = 0;
  prepared<M, kind> prepared_;
  scratch<M, kind> scratch_;
};

template <metric M>
accumulator(M) -> accumulator<M>;

}  // namespace evalpp::inline EVALPP_ABI
