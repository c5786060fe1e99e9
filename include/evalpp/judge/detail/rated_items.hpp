// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/human_labels.hpp>
#include <evalpp/stats/cohen_kappa.hpp>
#include <evalpp/stats/gwet_ac1.hpp>
#include <evalpp/stats/krippendorff_alpha.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/rank_correlation.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// The coefficients of agreement that are resampled together.
struct coefficient {
  enum : std::size_t { kappa, ac1, alpha, human_alpha, pearson, spearman, kendall, count };
};

/// Items that have a verdict and labels by one criterion; what agreement is made of when each item counts so
/// often.
class rated_items {
 public:
  /// `most_categories`: beyond it there is no table, and nothing that is made of one.
  rated_items(const rating_scale& scale, std::size_t most_categories)
      : scale_(scale), categories_(scale.categories() <= most_categories ? scale.categories() : 0) {}

  /// `labels` holds at least one.
  void add(std::string_view id, double verdict, std::span<const std::int64_t> labels) {
    const auto rating = static_cast<std::int64_t>(verdict);
    if (static_cast<double>(rating) != verdict) {
      whole_ = false;
      categories_ = 0;
    }
    keys_.push_back(stats::resampling_key(id));
    verdicts_.push_back(verdict);
    double sum = 0;
    for (const std::int64_t label : labels) {
      sum += static_cast<double>(label);
      equal_.push_back(label == rating ? 1.0 : 0.0);
      item_of_label_.push_back(keys_.size() - 1);
      labels_.push_back(static_cast<double>(label));
      if (categories_ != 0) cell_of_label_.push_back(cell_of(label, rating));
    }
    means_.push_back(sum / static_cast<double>(labels.size()));
    most_labels_ = (std::max)(most_labels_, labels.size());
  }

  /// No more items are added: lays out what the coefficients read.
  void finish() {
    if (categories_ == 0) {  // what came before a verdict between two ratings
      cells_.clear();
      cell_of_label_.clear();
    }
    ratings_of_cell_.assign(cells_.size() * categories_, 0);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      ++ratings_of_cell_[c * categories_ + cells_[c].first];
      ++ratings_of_cell_[c * categories_ + cells_[c].second];
    }
    const std::size_t width = most_labels_ + 1;
    // One item with very many labels costs no memory.
    constexpr std::size_t most_places = 67'108'864;
    if (size() == 0 || size() > most_places / width) return;
    everybody_.assign(size() * width, std::nullopt);
    people_.assign(size() * most_labels_, std::nullopt);
    std::vector<std::size_t> filled(size());
    for (std::size_t i = 0; i < size(); ++i) everybody_[i * width] = verdicts_[i];
    for (std::size_t l = 0; l < labels_.size(); ++l) {
      const std::size_t i = item_of_label_[l], place = filled[i]++;
      everybody_[i * width + 1 + place] = labels_[l];
      people_[i * most_labels_ + place] = labels_[l];
    }
  }

  std::size_t size() const { return keys_.size(); }
  std::size_t labels() const { return labels_.size(); }
  /// False when a verdict lies between two ratings (a mean of samples): then none is equal to a label, and
  /// there is no table.
  bool whole() const { return whole_; }
  bool has_several_labels() const { return most_labels_ > 1; }
  std::span<const std::uint64_t> keys() const { return keys_; }
  std::span<const double> verdicts() const { return verdicts_; }
  std::span<const double> mean_labels() const { return means_; }
  /// 1 for each label that the verdict equals, else 0; and the numbers of the items.
  std::span<const double> equal() const { return equal_; }
  std::span<const std::uint64_t> item_of_label() const { return item_of_label_; }
  /// The labels, `most_labels()` for each item; none where that would take too much memory.
  std::span<const std::optional<double>> people() const { return people_; }
  std::size_t most_labels() const { return most_labels_; }

  /// The table of labels and verdicts, with items that count so often.
  std::vector<std::uint64_t> confusion(std::span<const std::uint32_t> weights) const {
    std::vector<std::uint64_t> table(categories_ * categories_);
    const std::vector<std::uint32_t> often = weights_of_cells(weights);
    for (std::size_t c = 0; c < cells_.size(); ++c)
      table[cells_[c].first * categories_ + cells_[c].second] = often[c];
    return table;
  }

  /// Writes each coefficient, NaN where it is undefined.
  void values(std::span<const std::uint32_t> weights, std::span<double> out) const {
    using stats::measurement_level;
    const bool ordered = scale_.of == rating_scale::kind::levels;
    const auto level = ordered ? measurement_level::ordinal : measurement_level::nominal;
    const auto write = [&](std::size_t which, const auto& found) {
      out[which] = found ? found->value : std::numeric_limits<double>::quiet_NaN();
    };
    std::fill(out.begin(), out.end(), std::numeric_limits<double>::quiet_NaN());
    if (categories_ != 0) {
      write(coefficient::kappa, stats::cohen_kappa(confusion(weights), categories_,
                                                   ordered ? stats::kappa_weighting::quadratic
                                                           : stats::kappa_weighting::unweighted));
      write(coefficient::ac1, stats::gwet_ac1(ratings_of_cell_, categories_, weights_of_cells(weights)));
    }
    if (!everybody_.empty())
      write(coefficient::alpha, stats::krippendorff_alpha(everybody_, most_labels_ + 1, level, weights));
    if (!everybody_.empty() && has_several_labels())
      write(coefficient::human_alpha, stats::krippendorff_alpha(people_, most_labels_, level, weights));
    if (!ordered) return;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    out[coefficient::pearson] = stats::pearson_correlation(means_, verdicts_, weights).value_or(none);
    out[coefficient::spearman] = stats::spearman_correlation(means_, verdicts_, weights).value_or(none);
    write(coefficient::kendall, stats::kendall_tau_b(means_, verdicts_, weights));
  }

 private:
  // The place of (label, verdict) among the different ones, which is small where the table is.
  std::size_t cell_of(std::int64_t label, std::int64_t verdict) {
    const std::pair cell(static_cast<std::size_t>(label - scale_.lowest),
                         static_cast<std::size_t>(verdict - scale_.lowest));
    if (place_of_.empty()) place_of_.assign(categories_ * categories_, 0);
    std::size_t& place = place_of_[cell.first * categories_ + cell.second];  // from 1; 0 is none yet
    if (place == 0) {
      cells_.push_back(cell);
      place = cells_.size();
    }
    return place - 1;
  }

  std::vector<std::uint32_t> weights_of_cells(std::span<const std::uint32_t> weights) const {
    std::vector<std::uint32_t> out(cells_.size());
    for (std::size_t l = 0; l < cell_of_label_.size(); ++l)
      out[cell_of_label_[l]] += weights[item_of_label_[l]];
    return out;
  }

  rating_scale scale_;
  std::size_t categories_;
  std::size_t most_labels_ = 0;
  bool whole_ = true;
  std::vector<std::uint64_t> keys_;       // of the items
  std::vector<double> verdicts_, means_;  // of the items
  std::vector<double> labels_, equal_;    // of the labels
  std::vector<std::uint64_t> item_of_label_;
  std::vector<std::size_t> cell_of_label_;
  std::vector<std::pair<std::size_t, std::size_t>> cells_;
  std::vector<std::size_t> place_of_;
  std::vector<std::uint32_t> ratings_of_cell_;  // a unit of two ratings for each cell
  std::vector<std::optional<double>> everybody_, people_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
