// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/detail/rated_items.hpp>
#include <evalpp/judge/estimated.hpp>
#include <evalpp/judge/human_labels.hpp>
#include <evalpp/judge/item_verdict.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/fleiss_kappa.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/moments.hpp>
#include <evalpp/stats/ppi_mean.hpp>
#include <evalpp/stats/rating_counts.hpp>
#include <evalpp/stats/rogan_gladen.hpp>
#include <evalpp/stats/score_interval.hpp>
#include <evalpp/stats/weighted_bootstrap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

// How far a judge can be trusted: its verdicts against what people say of the same items.
namespace evalpp::inline EVALPP_ABI::judge {

/// How a judge and people agree by one criterion. What is undefined is missing: see the estimators in stats/.
///
/// A pair is a label and the judge's verdict on the same item. Intervals resample items, so that several
/// labels of one item are no more than one item.
struct criterion_agreement {
  rating_scale scale;
  std::size_t items = 0;     ///< with a verdict and a label
  std::size_t labels = 0;    ///< of these items
  std::size_t unscored = 0;  ///< with a label and no verdict: in none of the numbers below

  /// Share of pairs that are equal, 0-1. As what is made of the table below, missing when a verdict is a mean
  /// of samples that lies between two ratings.
  std::optional<estimated> agreement;
  /// Cohen's kappa of the pairs; quadratic weights for levels.
  std::optional<estimated> kappa;
  std::optional<estimated> ac1;  ///< Gwet's, of the pairs: high agreement on a rare rating stays high
  /// Krippendorff's alpha of the judge and everybody; ordinal for levels, else nominal.
  std::optional<estimated> alpha;
  std::optional<estimated> human_alpha;   ///< the same among people: what a judge may be measured by
  std::optional<double> human_agreement;  ///< share of equal labels among two of one item
  /// Of the verdict with the mean label of its item; for levels.
  std::optional<estimated> pearson, spearman, kendall;
  /// How often people said i and the judge j: entry i * categories + j, ratings from the lowest. Empty for
  /// more than `most_categories`, as are the numbers that are made of it.
  std::vector<std::uint64_t> confusion;

  double human_mean = std::numeric_limits<double>::quiet_NaN();  ///< of the items with both, 0-1
  double judge_mean = std::numeric_limits<double>::quiet_NaN();  ///< of every judged item, 0-1
  /// The mean that people would give over every judged item, 0-1: the judge's, corrected where both are known
  /// (PPI++). Assumes that the labelled items are a random sample of the judged ones.
  std::optional<estimated> mean;
  std::optional<stats::ppi_estimate> mean_details;
  /// The share that people would find met over every judged item, by the judge's rates of error (Rogan and
  /// Gladen); for a checklist. The truth of an item is what most of its labels say; without a majority it has
  /// none.
  std::optional<estimated> rate;
  std::optional<stats::rogan_gladen_estimate> rate_details;
};

/// A judge against people.
struct agreement_report {
  std::size_t labels = 0;                ///< in all
  std::size_t raters = 0;                ///< different names; those without one count as one
  std::size_t items = 0;                 ///< different ids that have labels
  std::size_t unknown = 0;               ///< of these, ids that were not judged
  std::vector<std::string> unknown_ids;  ///< the first of them
  std::vector<criterion_agreement> criteria;
};

struct agreement_options {
  double level = 0.95;
  bool intervals = true;  ///< without them nothing is resampled
  stats::resampling_options resampling = {.replicates = bias_replicates};
};

/// Ratings of a scale beyond which no table is made.
inline constexpr std::size_t most_categories = 101;

namespace detail {

/// The labels and judged of one criterion, sorted out.
struct sorted_out {
  rated_items both;                ///< items with a label and a verdict
  std::vector<double> unlabelled;  ///< judged on the others, 0-1
  std::size_t unscored = 0;        ///< labelled items without a verdict
  bool whole = true;               ///< every verdict is a rating, none lies between two
};

inline sorted_out sort_out(std::size_t k, const rating_scale& scale, std::span<const item_verdict> judged,
                           const std::vector<std::vector<const human_label*>>& labels_of) {
  sorted_out out{rated_items(scale, most_categories), {}, 0};
  std::vector<std::int64_t> given;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    given.clear();
    for (const human_label* label : labels_of[i])
      if (label->scale == k) given.push_back(label->rating);
    if (!judged[i].ratings.empty() && !scale.has(judged[i].ratings[k])) out.whole = false;
    if (judged[i].ratings.empty()) {
      out.unscored += given.empty() ? 0U : 1U;
    } else if (given.empty()) {
      out.unlabelled.push_back(scale.fraction(judged[i].ratings[k]));
    } else {
      out.both.add(judged[i].id, judged[i].ratings[k], given);
    }
  }
  out.both.finish();
  return out;
}

inline std::vector<double> fractions(const rating_scale& scale, std::span<const double> ratings) {
  std::vector<double> out;
  out.reserve(ratings.size());
  for (const double rating : ratings) out.push_back(scale.fraction(rating));
  return out;
}

/// An estimate of what lies within 0-1, whose interval does not know that.
inline estimated within_unit(double value, interval ends, bool doubtful, std::string_view method) {
  const auto clip = [](double x) { return (std::min)((std::max)(x, 0.0), 1.0); };
  if (ends.usable()) {
    ends.lo = clip(ends.lo);
    ends.hi = clip(ends.hi);
    if (doubtful) ends.status = worse(ends.status, interval_status::caution);
  }
  return {clip(value), ends, method};
}

inline void correct_mean(const sorted_out& from, double level, criterion_agreement& out) {
  const std::vector<double> labels = fractions(out.scale, from.both.mean_labels());
  std::vector<double> judged = fractions(out.scale, from.both.verdicts());
  out.human_mean = stats::moments_of(labels).mean;
  out.mean_details = stats::ppi_mean(labels, judged, from.unlabelled);
  judged.insert(judged.end(), from.unlabelled.begin(), from.unlabelled.end());
  out.judge_mean = stats::moments_of(judged).mean;
  if (!out.mean_details) return;
  const stats::ppi_estimate& found = *out.mean_details;
  const interval ends = found.standard_error
                            ? stats::t_interval(found.value, *found.standard_error,
                                                static_cast<double>(found.labelled - 1), level)
                            : no_interval(level, interval_status::too_few);
  out.mean = within_unit(found.value, ends, found.few_labels, "ppi++");
}

inline void correct_rate(const sorted_out& from, double level, criterion_agreement& out) {
  const auto met = [](std::span<const double> of) {
    return static_cast<std::uint64_t>(std::count(of.begin(), of.end(), 1.0));
  };
  const std::span<const double> judged = from.both.verdicts(), means = from.both.mean_labels();
  stats::judge_counts counts;
  counts.judged_positive = met(judged) + met(from.unlabelled);
  counts.judged = judged.size() + from.unlabelled.size();
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const bool judged_met = judged[i] > 0.5;
    if (means[i] > 0.5) {
      ++counts.known_positives;
      counts.true_positives += judged_met ? 1 : 0;
    } else if (means[i] < 0.5) {
      ++counts.known_negatives;
      counts.true_negatives += judged_met ? 0 : 1;
    }
  }
  out.rate_details = stats::rogan_gladen(counts);
  if (!out.rate_details) return;
  const interval ends = stats::t_interval(out.rate_details->unclipped, out.rate_details->standard_error,
                                          std::numeric_limits<double>::infinity(), level);
  constexpr std::uint64_t few = 10;  // the rates of error are then hardly known
  const bool doubtful = (std::min)(counts.known_positives, counts.known_negatives) < few;
  out.rate = within_unit(out.rate_details->value, ends, doubtful, "rogan-gladen");
}

inline std::optional<double> agreement_among_people(const rated_items& of) {
  std::vector<double> categories;
  for (const auto& rating : of.people())
    if (rating) categories.push_back(*rating);
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  const auto counts = stats::rating_counts(of.people(), of.most_labels(), categories);
  if (categories.size() == 1) return 1.0;  // where kappa is undefined
  if (categories.size() > most_categories) return std::nullopt;
  const auto found = stats::fleiss_kappa(counts, categories.size());
  return found ? std::optional(found->observed_agreement) : std::nullopt;
}

template <executor Executor>
criterion_agreement agreement_by(const Executor& run_on, const rating_scale& scale, const sorted_out& from,
                                 const agreement_options& options) {
  criterion_agreement out;
  out.scale = scale;
  out.items = from.both.size();
  out.labels = from.both.labels();
  out.unscored = from.unscored;
  if (out.items == 0) return out;
  if (from.both.whole())
    out.agreement = share_of(from.both.equal(), from.both.item_of_label(), options.level).share;
  correct_mean(from, options.level, out);
  if (scale.of == rating_scale::kind::met && from.whole) correct_rate(from, options.level, out);
  if (from.both.has_several_labels() && !from.both.people().empty())
    out.human_agreement = agreement_among_people(from.both);
  const std::vector<std::uint32_t> once(out.items, 1);
  out.confusion = from.both.confusion(once);

  std::optional<estimated>* const places[] = {&out.kappa,   &out.ac1,      &out.alpha,  &out.human_alpha,
                                              &out.pearson, &out.spearman, &out.kendall};
  const auto values = [&](std::span<const std::uint32_t> weights, std::span<double> found) {
    from.both.values(weights, found);
  };
  if (options.intervals) {
    const auto drawn = stats::weighted_bootstrap_each(run_on, from.both.keys(), coefficient::count, values,
                                                      options.resampling);
    for (std::size_t c = 0; c < coefficient::count; ++c) {
      if (evalpp::detail::is_nan(drawn[c].estimate)) continue;
      const stats::score_interval made = stats::resampled_interval(drawn[c], options.level);
      *places[c] = estimated{drawn[c].estimate, made.ends, made.method};
    }
    return out;
  }
  for (auto* const made : {&out.agreement, &out.mean, &out.rate})
    if (*made) *made = estimated{(*made)->value, {}, {}};
  std::vector<double> found(coefficient::count);
  values(once, found);
  for (std::size_t c = 0; c < coefficient::count; ++c)
    if (!evalpp::detail::is_nan(found[c])) *places[c] = estimated{found[c], {}, {}};
  return out;
}

}  // namespace detail

/// Compares a judge's verdicts with people's labels of the same items, joined by id. `scales` are those that
/// both were read with.
///
/// Labels of items that were not judged are counted and left out. Deterministic: intervals depend on ids and
/// the seed, not on the order. O(resamples * labels * log labels) a criterion.
template <executor Executor>
agreement_report agreement_of(const Executor& run_on, std::span<const item_verdict> verdicts,
                              std::span<const rating_scale> scales, const human_labels& labels,
                              const agreement_options& options = {}) {
  agreement_report out;
  out.labels = labels.labels.size();
  std::unordered_map<std::string_view, std::size_t> item_of;
  for (std::size_t i = 0; i < verdicts.size(); ++i) item_of.emplace(verdicts[i].id, i);
  std::vector<std::vector<const human_label*>> labels_of(verdicts.size());
  std::unordered_set<std::string_view> raters, ids;
  for (const human_label& label : labels.labels) {
    raters.insert(label.rater);
    const bool new_id = ids.insert(label.id).second;
    if (const auto known = item_of.find(label.id); known != item_of.end()) {
      labels_of[known->second].push_back(&label);
    } else if (new_id) {
      ++out.unknown;
      if (out.unknown_ids.size() < 5) out.unknown_ids.push_back(label.id);
    }
  }
  out.raters = raters.size();
  out.items = ids.size();
  for (std::size_t k = 0; k < scales.size(); ++k)
    out.criteria.push_back(detail::agreement_by(
        run_on, scales[k], detail::sort_out(k, scales[k], verdicts, labels_of), options));
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
