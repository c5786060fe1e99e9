// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/metric.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How the interval of a score is made.
enum class interval_method {
  wilson,  ///< of a proportion: the score test, inverted; with clusters an effective n and Student's t
  clopper_pearson,  ///< of a proportion: covers with at least the level, whatever the truth
  jeffreys,         ///< of a proportion: Bayesian, with Jeffreys' prior
  mid_p,            ///< of a proportion: Clopper-Pearson that covers with the level on average
  betting,          ///< of a mean within bounds: covers with at least the level, however few or skewed
  saddlepoint,      ///< of a mean or a ratio of sums: BCa with expanded tails at infinitely many replicates
  hall,             ///< Student's t without its skewness: fast, no resampling
  bca_expanded,     ///< bootstrap: BCa with tails as wide as Student's t asks for
  bca,              ///< bootstrap: bias-corrected and accelerated
  percentile,       ///< bootstrap: the quantiles of the replicates
  basic,            ///< bootstrap: twice the value less the quantiles
  normal,           ///< bootstrap: its standard error times a normal quantile
};

inline constexpr interval_method interval_methods[] = {
    interval_method::wilson,     interval_method::clopper_pearson, interval_method::jeffreys,
    interval_method::mid_p,      interval_method::betting,         interval_method::saddlepoint,
    interval_method::hall,       interval_method::bca_expanded,    interval_method::bca,
    interval_method::percentile, interval_method::basic,           interval_method::normal};

/// `wilson`, `clopper-pearson`, ..., `bca+`: what the command line takes and reports show.
constexpr std::string_view to_string(interval_method method) noexcept {
  switch (method) {
    case interval_method::wilson:
      return "wilson";
    case interval_method::clopper_pearson:
      return "clopper-pearson";
    case interval_method::jeffreys:
      return "jeffreys";
    case interval_method::mid_p:
      return "mid-p";
    case interval_method::betting:
      return "betting";
    case interval_method::saddlepoint:
      return "saddlepoint";
    case interval_method::hall:
      return "hall";
    case interval_method::bca_expanded:
      return "bca+";
    case interval_method::bca:
      return "bca";
    case interval_method::percentile:
      return "percentile";
    case interval_method::basic:
      return "basic";
    case interval_method::normal:
      break;
  }
  return "normal";
}

/// The method of that name; nothing when there is none.
constexpr std::optional<interval_method> parse_interval_method(std::string_view name) noexcept {
  for (const interval_method method : interval_methods)
    if (to_string(method) == name) return method;
  return std::nullopt;
}

/// True for the methods that draw replicates.
constexpr bool resamples(interval_method method) noexcept { return method >= interval_method::bca_expanded; }

/// The method that suits a metric's value: what covers with its level where it can, by simulation. Rows that
/// count several times make a mean of a proportion.
constexpr interval_method default_method(value_kind kind, bool weighted = false) noexcept {
  if (kind == value_kind::general) return interval_method::bca_expanded;
  return kind == value_kind::proportion && !weighted ? interval_method::wilson : interval_method::saddlepoint;
}

/// Why a method cannot be used for this kind of value; empty when it can. `clustered`: some examples are
/// drawn together; `weighted`: some count several times.
constexpr std::string_view why_unsuitable(interval_method method, value_kind kind, bool clustered = false,
                                          bool weighted = false) noexcept {
  switch (method) {
    case interval_method::wilson:
      if (kind != value_kind::proportion) return "the value is no share of items that are right";
      return weighted ? "some items count several times" : "";
    case interval_method::clopper_pearson:
    case interval_method::jeffreys:
    case interval_method::mid_p:
      if (kind != value_kind::proportion) return "the value is no share of items that are right";
      break;
    case interval_method::betting:
      if (kind != value_kind::proportion && kind != value_kind::mean)
        return "the value is no mean of bounded scores";
      break;
    case interval_method::saddlepoint:
      return kind == value_kind::general ? "the value is no mean and no ratio of two sums" : "";
    default:
      return "";
  }
  if (clustered) return "it assumes independent items, and these come in clusters";
  return weighted ? "some items count several times" : "";
}

/// An interval, how it was made, from what, and what is doubtful about it. What a method does not compute is
/// NaN or 0.
struct score_interval {
  interval ends;            ///< in the unit of the metric
  std::string_view method;  ///< `wilson`, `bca+`, ...; see `interval_method`
  double standard_error = std::numeric_limits<double>::quiet_NaN();  ///< of the value, in its unit
  std::size_t units = 0;   ///< what was drawn from: items, or clusters of them
  bool clustered = false;  ///< some units have several rows
  double effective_units = std::numeric_limits<double>::quiet_NaN();  ///< how many units carry the variance
  double skew_ratio =
      std::numeric_limits<double>::quiet_NaN();  ///< |skewness of the influences| / sqrt(units)
  std::size_t replicates = 0;                    ///< those that were drawn; 0 without resampling
  std::size_t invalid_replicates = 0;            ///< of these, without a value
  std::uint64_t seed = 0;                        ///< of the replicates
  std::vector<std::string_view> notes;           ///< why the status is not `ok`; literals
};

}  // namespace evalpp::inline EVALPP_ABI::stats
