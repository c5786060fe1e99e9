// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/betting.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/detail/unit_terms.hpp>
#include <evalpp/stats/interval_method.hpp>
#include <evalpp/stats/leave_one_out.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/moments.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/saddlepoint.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

// The steps from one metric's rows to its interval, which know no executor.
namespace evalpp::inline EVALPP_ABI::stats::detail {

inline void doubt(score_interval& out, interval_status status, std::string_view why) {
  out.ends.status = worse(out.ends.status, status);
  out.notes.push_back(why);
}

/// No interval after all.
inline void refuse(score_interval& out, interval_status status, std::string_view why) {
  out.ends = no_interval(out.ends.level, status);
  out.notes.assign(1, why);
}

inline double best_of(const any_scorer& metric) { return metric.info().unit == scale::percent ? 100 : 1; }

/// What can be said before anything is computed: `ends.status` is `ok` when there is something to compute.
inline score_interval start_interval(interval_method method, double level, std::size_t units,
                                     bool clustered) {
  score_interval out;
  out.ends.level = level;
  out.ends.status = interval_status::ok;
  out.method = to_string(method);
  out.units = units;
  out.clustered = clustered;
  const bool any_size = method <= interval_method::betting;
  if (!is_level(level))
    refuse(out, interval_status::undefined, "the level is not between 0 and 1");
  else if (units == 0)
    refuse(out, interval_status::undefined, "no items");
  else if (units < 10 && !any_size)
    refuse(out, interval_status::too_few, clustered ? "fewer than 10 clusters" : "fewer than 10 items");
  return out;
}

/// The doubts that few units raise.
inline void doubt_size(score_interval& out) {
  if (out.units < 5 && out.clustered) {
    refuse(out, interval_status::too_few, "fewer than 5 clusters");
  } else if (out.units < 30) {
    doubt(out, interval_status::caution,
          out.clustered ? out.units < 10 ? "fewer than 10 clusters" : "fewer than 30 clusters"
                        : "fewer than 30 items");
  }
}

/// The doubts that the distribution of the influences raises, for methods that are exact for none.
inline void doubt_spread(score_interval& out) {
  if (!is_nan(out.skew_ratio) && out.skew_ratio > 0.3) doubt(out, interval_status::caution, "strong skew");
  if (!is_nan(out.effective_units) && out.effective_units < 5)
    doubt(out, interval_status::caution, "a few items make up the variance");
}

/// The endpoints coincide, for verdicts on runs that are equal; they are no margin of error.
inline void refuse_constant(score_interval& out) {
  out.notes.assign(1, "all items score alike, which proves nothing");
}

/// What the influences of the units say of the error.
inline void add_spread(const moments& spread, score_interval& out) {
  out.standard_error = spread.se;
  out.effective_units = spread.n_eff;
  if (!is_nan(spread.skew)) out.skew_ratio = (abs(strict(spread.skew)) / sqrt(real(spread.n))).value();
}

/// What an interval that was not resampled is worth, once it has its ends.
inline void judge_analytic(score_interval& out) {
  if (out.ends.status == interval_status::degenerate) return refuse_constant(out);
  if (out.ends.status == interval_status::undefined)
    return refuse(out, interval_status::undefined, "the value is no number");
  doubt_size(out);
  doubt_spread(out);
}

/// The intervals of k right items in n. For clusters with a design effect: the variance of the mean of
/// clusters over that of independent items; where nothing varies it is unknown, and every cluster counts as
/// one item.
inline interval proportion_interval(const unit_terms& terms, double best, double standard_error,
                                    interval_method method, const score_interval& about) {
  strict right = 0, all = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    right += terms.u[i];
    all += terms.v[i];
  }
  const auto n = static_cast<std::int64_t>(all.value());
  const auto k = static_cast<std::int64_t>((right / best).value());
  const double level = about.ends.level;
  switch (method) {
    case interval_method::clopper_pearson:
      return clopper_pearson_interval(k, n, level);
    case interval_method::jeffreys:
      return jeffreys_interval(k, n, level);
    case interval_method::mid_p:
      return mid_p_interval(k, n, level);
    default:
      break;
  }
  if (!about.clustered) return wilson_interval(k, n, level);
  const strict share = real(k) / all;
  const strict independent = share * (1 - share) / (all - 1);
  const strict se = strict(standard_error) / best;
  const strict design_effect = independent > 0 ? se * se / independent : all / real(about.units);
  return clustered_wilson_interval(k, n, design_effect.value(), static_cast<std::int64_t>(about.units),
                                   level);
}

/// The bets are laid in the order of the keys, which knows nothing of the values: files are often sorted, and
/// a gambler must not see that coming.
inline interval betting_interval_of(const unit_terms& terms, std::span<const std::uint64_t> keys, double best,
                                    double level) {
  std::vector<std::size_t> order(terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; });
  std::vector<double> shares(terms.size());
  std::transform(order.begin(), order.end(), shares.begin(),
                 [&](std::size_t i) { return (strict(terms.u[i]) / best).value(); });
  const interval out = betting_interval(shares, level);
  return out.lo <= out.hi ? out : no_interval(level, interval_status::undefined);
}

/// Where all items score alike, every method that looks at how they vary sees no error. The bets see the
/// number of items and the bounds of the scale, and are guaranteed to cover: they stand in where their
/// assumptions hold (independent items, each counted once, scores within the scale). Not certain of anything:
/// the doubt stays.
inline void bet_on_constant(const unit_terms& terms, std::span<const std::uint64_t> keys,
                            const any_scorer& metric, bool weighted, score_interval& out) {
  if (out.ends.status != interval_status::degenerate) return;
  if (!why_unsuitable(interval_method::betting, metric.kind(), out.clustered, weighted).empty()) return;
  const double best = best_of(metric);
  interval bets = betting_interval_of(terms, keys, best, out.ends.level);
  if (bets.status != interval_status::ok) return;
  bets.lo = (strict(bets.lo) * best).value();
  bets.hi = (strict(bets.hi) * best).value();
  bets.status = interval_status::caution;
  out.ends = bets;
  out.method = to_string(interval_method::betting);
}

/// The intervals that need no resampling, of values that are means or ratios of sums.
inline void finish_from_terms(const unit_terms& terms, std::span<const std::uint64_t> keys,
                              const any_scorer& metric, interval_method method, score_interval& out) {
  const double level = out.ends.level;
  const double best = best_of(metric);
  const std::vector<double> influence = terms.influence();
  if (influence.empty()) return refuse(out, interval_status::undefined, "the value has no denominator");
  add_spread(moments_of(influence), out);

  switch (method) {
    case interval_method::saddlepoint:
    case interval_method::hall:
      out.ends = method == interval_method::hall ? hall_interval(terms.ratio().value(), influence, level)
                                                 : saddlepoint_ratio_interval(terms.u, terms.v, level);
      return judge_analytic(out);
    case interval_method::betting:
      out.ends = betting_interval_of(terms, keys, best, level);
      if (out.ends.status == interval_status::undefined)
        return refuse(out, interval_status::undefined, "the bets rule out every mean");
      break;
    default:
      out.ends = proportion_interval(terms, best, out.standard_error, method, out);
      if (method == interval_method::clopper_pearson) break;
      if (out.ends.status == interval_status::ok || (out.clustered && out.units < 10))
        doubt_size(out);
      else
        doubt(out, interval_status::caution, "fewer than 5 items are right, or fewer than 5 wrong");
  }
  out.ends.lo = (strict(out.ends.lo) * best).value();
  out.ends.hi = (strict(out.ends.hi) * best).value();
}

/// Hall's interval of what is neither: the jackknife's influences in place of exact ones.
inline void finish_hall(const left_out_values& left_out, score_interval& out) {
  const std::vector<double> influence = influence_of(left_out.without.front());
  add_spread(moments_of(influence), out);
  out.ends = hall_interval(left_out.estimates.front(), influence, out.ends.level);
  judge_analytic(out);
}

constexpr bootstrap_method bootstrap_method_of(std::string_view name) noexcept {
  for (const bootstrap_method method : {bootstrap_method::percentile, bootstrap_method::basic,
                                        bootstrap_method::normal, bootstrap_method::bca})
    if (to_string(method) == name) return method;
  return bootstrap_method::bca_expanded;
}

inline void finish_resampled(const bootstrap_distribution& found, score_interval& out) {
  out.replicates = found.replicates.size() + found.invalid;
  out.invalid_replicates = found.invalid;
  out.seed = found.seed;
  out.standard_error = found.standard_error();
  out.effective_units = found.effective_units;
  out.skew_ratio = (abs(strict(found.acceleration)) * 6).value();
  out.ends = bootstrap_interval(found, out.ends.level, bootstrap_method_of(out.method));
  if (out.ends.status == interval_status::degenerate) return refuse_constant(out);
  if (out.ends.status == interval_status::undefined)
    return refuse(out, interval_status::undefined, "the value is no number");
  if (20 * found.invalid > out.replicates)
    doubt(out, interval_status::caution, "more than 5 % of the replicates have no value");
  if (out.ends.status == interval_status::caution && out.notes.empty())
    out.notes.emplace_back("the replicates leave no room to correct for bias and skewness");
  doubt_size(out);
  doubt_spread(out);
}

/// The columns that are resampled together, by unit. Where every unit is one row, the table's own memory.
class resampled_columns {
 public:
  resampled_columns(const table& rows, const resampling_units& units, std::size_t at_most)
      : rows_(&rows), units_(&units) {
    columns_.reserve(at_most);  // they are pointed to
    statistics_.reserve(at_most);
  }
  // Moving leaves what is pointed to where it is; a copy would point to the other's.
  resampled_columns(resampled_columns&&) = default;
  resampled_columns& operator=(resampled_columns&&) = default;

  void add(const any_scorer& metric, std::size_t column) {
    const table::column& from = rows_->columns()[column];
    const bool as_it_lies = !from.info.sparse && units_->one_row_each() &&
                            units_->rows.size() == rows_->rows() && rows_->weights().empty();
    columns_.emplace_back(metric,
                          as_it_lies ? resampling_rows{} : resampling_rows_of(*rows_, column, *units_));
    const resampling_rows& own = columns_.back().rows;
    if (as_it_lies)
      statistics_.emplace_back(from.dense, from.info.lanes, 1, columns_.back());
    else
      statistics_.emplace_back(own.values, own.lanes, 1, columns_.back());
  }
  std::span<const resampled_statistics> all() const noexcept { return statistics_; }

 private:
  struct one_column {
    one_column(any_scorer m, resampling_rows r) : metric(std::move(m)), rows(std::move(r)) {}
    void operator()(std::span<const std::int64_t> lanes, std::span<double> out) const {
      out[0] = metric.value(lanes, rows.names);
    }

    any_scorer metric;
    resampling_rows rows;
  };
  const table* rows_;
  const resampling_units* units_;
  std::vector<one_column> columns_;
  std::vector<resampled_statistics> statistics_;
};

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
