// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/divergence.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The distances of two samples that a test of drift takes many times over, from how many of each group of
// equal items the reference has: `add(group, of_reference)` for all groups in order, then `finish()`, which
// gives the distance and starts anew. `as_great_as(distance)` is the least that counts as no smaller,
// rounding forgiven.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Two samples as groups of equal items: how many both have of each, and how many the reference has.
struct pooled_groups {
  std::vector<std::uint32_t> items, of_reference;
  std::uint64_t reference = 0, current = 0;

  void add(std::uint64_t in_reference, std::uint64_t in_current) {
    items.push_back(static_cast<std::uint32_t>(in_reference + in_current));
    of_reference.push_back(static_cast<std::uint32_t>(in_reference));
  }
};

/// The area between the distribution functions over the standard deviation of the pooled sample.
class pooled_wasserstein {
 public:
  /// `values` are those of the groups, ascending and finite.
  pooled_wasserstein(const pooled_groups& groups, std::span<const double> values)
      : items_(groups.items), steps_(values.size()) {
    reference_ = static_cast<std::int64_t>(groups.reference);
    all_ = static_cast<std::int64_t>(groups.reference + groups.current);
    // In units of the range, so that nothing overflows.
    const double half = is_finite((strict(values.back()) - values.front()).value()) ? 1.0 : 0.5;
    const strict least = strict(values.front()) * half, range = strict(values.back()) * half - least;
    if (range <= 0.0) return;
    const auto place = [&](std::size_t g) { return (strict(values[g]) * half - least) / range; };
    strict mean, variance;
    for (std::size_t g = 0; g < values.size(); ++g) mean += place(g) * real(items_[g]);
    mean /= real(all_);
    for (std::size_t g = 0; g < values.size(); ++g) variance += square(place(g) - mean) * real(items_[g]);
    variance /= real(all_);
    for (std::size_t g = 0; g + 1 < values.size(); ++g)
      steps_[g] = ((strict(values[g + 1]) * half - strict(values[g]) * half) / range).value();
    unit_ = real(reference_) * real(all_ - reference_) * sqrt(variance);
  }

  void add(std::size_t group, std::uint32_t of_reference) {
    reference_up_to_ += of_reference;
    up_to_ += items_[group];
    area_ += abs(real(reference_up_to_ * all_ - up_to_ * reference_)) * steps_[group];
  }
  double finish() {
    const strict area = area_;
    area_ = 0;
    up_to_ = reference_up_to_ = 0;
    return unit_ > 0.0 ? (area / unit_).value() : 0;
  }
  static strict as_great_as(strict distance) { return distance * (1.0 - 1e-12); }

 private:
  std::span<const std::uint32_t> items_;
  std::vector<double> steps_;
  std::int64_t reference_ = 0, all_ = 0, up_to_ = 0, reference_up_to_ = 0;
  strict area_, unit_;
};

class pooled_kolmogorov_smirnov {
 public:
  explicit pooled_kolmogorov_smirnov(const pooled_groups& groups) : items_(groups.items) {
    reference_ = static_cast<std::int64_t>(groups.reference);
    all_ = static_cast<std::int64_t>(groups.reference + groups.current);
  }
  void add(std::size_t group, std::uint32_t of_reference) {
    reference_up_to_ += of_reference;
    up_to_ += items_[group];
    const std::int64_t gap = reference_up_to_ * all_ - up_to_ * reference_;
    greatest_ = (std::max)(greatest_, gap < 0 ? -gap : gap);
  }
  double finish() {
    const strict distance = real(greatest_) / real(reference_ * (all_ - reference_));
    greatest_ = up_to_ = reference_up_to_ = 0;
    return distance.value();
  }
  static strict as_great_as(strict distance) { return distance; }  // of whole numbers: equal is equal

 private:
  std::span<const std::uint32_t> items_;
  std::int64_t reference_ = 0, all_ = 0, up_to_ = 0, reference_up_to_ = 0, greatest_ = 0;
};

/// A distance of histograms that is computed from both.
class pooled_histograms {
 public:
  explicit pooled_histograms(const pooled_groups& groups)
      : items_(groups.items), reference_(items_.size()), current_(items_.size()) {}
  void add(std::size_t group, std::uint32_t of_reference) {
    reference_[group] = of_reference;
    current_[group] = items_[group] - of_reference;
  }

 protected:
  std::span<const std::uint32_t> items_;
  std::vector<std::uint64_t> reference_, current_;
};

struct pooled_jensen_shannon : pooled_histograms {
  using pooled_histograms::pooled_histograms;
  double finish() const {
    constexpr double ln2 = 0.69314718055994530942;
    const strict bits = strict(jensen_shannon_divergence(reference_, current_).value_or(0)) / ln2;
    return (std::min)(sqrt(bits), strict(1)).value();
  }
  // Rounding is forgiven to the divergence, whose terms nearly cancel, before the root magnifies it.
  static strict as_great_as(strict distance) {
    return sqrt((std::max)(square(distance) * (1.0 - 1e-12) - 1e-14, strict(0)));
  }
};

struct pooled_total_variation : pooled_histograms {
  using pooled_histograms::pooled_histograms;
  double finish() const { return total_variation(reference_, current_).value_or(0); }
  static strict as_great_as(strict distance) { return distance - 1e-12; }
};

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
