// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

// Intervals for the mean of values in 0..1 that are guaranteed to cover, whatever the distribution and
// however few the values: a gambler who bets against the mean m grows rich only if m is not the mean (Ville's
// inequality). I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting, 2024.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// The stake before each value, from the variance of the values before it with one pseudo-observation of 1/4.
class predictable_stake {
 public:
  explicit predictable_stake(strict alpha) noexcept : log_odds_((log(strict(2)) - log(alpha)) * 2) {}

  /// sqrt(2 log(2 / alpha) / (size variance)).
  strict stake(strict size) const noexcept { return sqrt(log_odds_ / (size * variance_)); }
  /// The t-th stake, when nobody knows how many there will be.
  strict next_stake() const noexcept { return stake((count_ + 1) * log(count_ + 2)); }

  void add(strict x) noexcept {
    count_ += 1;
    sum_ += x;
    const strict off = x - (sum_ + 0.5) / (count_ + 1);
    squares_ += off * off;
    variance_ = (squares_ + 0.25) / (count_ + 1);
  }

 private:
  strict log_odds_;
  strict count_ = 0, sum_ = 0, squares_ = 0, variance_ = 0.25;
};

/// 1 + stake (x - m), the stake cut to half of what could ruin; for m near 0 that is no limit.
inline strict bet_above(strict stake, strict x, strict m) noexcept {
  return 1 + (m * stake > 0.5 ? 0.5 / m : stake) * (x - m);
}
inline strict bet_below(strict stake, strict x, strict m) noexcept { return bet_above(stake, 1 - x, 1 - m); }

inline bool is_unit(double x) noexcept { return !is_nan(x) && x >= 0 && x <= 1; }

/// A product of many factors that neither overflows nor underflows.
class capital {
 public:
  void operator*=(strict factor) noexcept {
    value_ *= factor;
    if (value_ < 1e-100 && value_ > 0) {
      value_ *= 1e100;
      --exponent_;
    } else if (value_ > 1e100) {
      value_ *= 1e-100;
      ++exponent_;
    }
  }
  bool at_least(strict limit) const noexcept {
    return exponent_ > 2 || (exponent_ > -3 && value_ * scale() >= limit);
  }
  strict value() const noexcept {
    return exponent_ > 2 ? strict(infinity) : exponent_ < -2 ? strict(0) : value_ * scale();
  }

 private:
  strict scale() const noexcept {
    static constexpr double powers[] = {1e-200, 1e-100, 1, 1e100, 1e200};
    return powers[exponent_ + 2];
  }
  strict value_ = 1;
  long long exponent_ = 0;  ///< of 1e100
};

}  // namespace detail

/// The hedged betting interval for the mean of n values in 0..1, n fixed before: coverage at least the level
/// for every distribution of independent values. The fallback where no other interval holds (rare events, all
/// right, small n); 1.3 to 1.4 times as wide as Student's where that works. A value outside 0..1 or NaN:
/// undefined; no value: 0..1, too_few. O(n) per digit of the endpoints.
inline interval betting_interval(std::span<const double> x, double level = 0.95) {
  using detail::strict;
  if (!detail::is_level(level) || !std::all_of(x.begin(), x.end(), detail::is_unit)) {
    return no_interval(level, interval_status::undefined);
  }
  if (x.empty()) return {.lo = 0, .hi = 1, .level = level, .status = interval_status::too_few};
  const strict alpha = 1 - strict(level);
  std::vector<double> stakes(x.size());
  detail::predictable_stake next(alpha);
  for (std::size_t i = 0; i < x.size(); ++i) {
    stakes[i] = next.stake(detail::real(x.size())).value();
    next.add(x[i]);
  }
  // Half of the capital bets that the mean is above m, half that it is below. The first falls as m grows, so
  // that it rejects all m up to one; turned around, the other does the same.
  const strict limit = 2 / alpha;
  const auto rejected = [&](strict m, bool turned) {
    detail::capital capital;
    for (std::size_t i = 0; i < x.size(); ++i) {
      capital *= detail::bet_above(stakes[i], turned ? 1 - strict(x[i]) : strict(x[i]), m);
      if (capital.at_least(limit)) return true;
    }
    return false;
  };
  const auto last_rejected = [&](bool turned) {
    strict low = 0, high = 1;
    for (int digit = 0; digit < 50; ++digit) {
      const strict middle = (low + high) * 0.5;
      (rejected(middle, turned) ? low : high) = middle;
    }
    return low;
  };
  return {.lo = last_rejected(false).value(),
          .hi = (1 - last_rejected(true)).value(),
          .level = level,
          .status = interval_status::ok};
}

/// A bet on one value m of the mean that may go on for ever: `capital()` is an e-value at any time, and the
/// chance that it ever reaches 1 / alpha is at most alpha when m is the mean.
class betting_process {
 public:
  /// m inside 0..1; `alpha` tunes the stakes. Values outside make the capital NaN.
  betting_process(double m, double alpha) noexcept
      : m_(m),
        stake_(alpha),
        valid_(detail::is_unit(m) && !detail::is_nan(alpha) && alpha > 0 && alpha < 1) {}

  void add(double x) noexcept {
    valid_ = valid_ && detail::is_unit(x);
    if (!valid_) return;
    const detail::strict stake = stake_.next_stake();
    above_ *= detail::bet_above(stake, x, m_);
    below_ *= detail::bet_below(stake, x, m_);
    stake_.add(x);
  }

  double capital() const noexcept {
    return valid_ ? ((std::max)(above_.value(), below_.value()) * 0.5).value() : detail::nan;
  }

 private:
  detail::strict m_;
  detail::predictable_stake stake_;
  detail::capital above_, below_;
  bool valid_;
};

/// A confidence sequence by betting: an interval after every value, all of which cover together with at least
/// the level, so that one may look at any time and stop. The means 0, 1/cells, ..., 1 are bet against; the
/// interval of those not yet rejected is widened by one cell. O(cells) per value.
class betting_sequence {
 public:
  explicit betting_sequence(double level = 0.95, std::size_t cells = 1000)
      : level_(level), stake_(1 - detail::strict(level)), above_(cells + 1), below_(cells + 1) {
    bounds_ = detail::is_level(level) && cells > 0
                  ? interval{.lo = 0, .hi = 1, .level = level, .status = interval_status::too_few}
                  : no_interval(level, interval_status::undefined);
  }

  /// A value outside 0..1 or NaN makes the sequence undefined.
  const interval& add(double x) {
    using detail::strict;
    if (bounds_.status == interval_status::undefined) return bounds_;
    if (!detail::is_unit(x)) return bounds_ = no_interval(level_, interval_status::undefined);
    const strict stake = stake_.next_stake();
    const strict limit = 2 / (1 - strict(level_));
    const std::size_t cells = above_.size() - 1;
    std::size_t first = cells + 1, last = 0;
    for (std::size_t i = 0; i <= cells; ++i) {
      const strict m = detail::real(i) / detail::real(cells);
      above_[i] *= detail::bet_above(stake, x, m);
      below_[i] *= detail::bet_below(stake, x, m);
      if (above_[i].at_least(limit) || below_[i].at_least(limit)) continue;
      first = (std::min)(first, i);
      last = i;
    }
    stake_.add(x);
    bounds_.status = interval_status::ok;
    if (first > last)
      return bounds_;  // all are rejected: possible once in 1 / alpha, the last interval stays
    bounds_.lo = (std::max)(strict(bounds_.lo), (detail::real(first) - 1) / detail::real(cells)).value();
    bounds_.hi = (std::min)(strict(bounds_.hi), (detail::real(last) + 1) / detail::real(cells)).value();
    return bounds_;
  }

  /// The interval so far; before the first value 0..1, too_few.
  const interval& bounds() const noexcept { return bounds_; }

 private:
  double level_;
  detail::predictable_stake stake_;
  std::vector<detail::capital> above_, below_;
  interval bounds_;
};

/// The empirical Bernstein confidence sequence for values in 0..1: wider than betting, O(1) per value and
/// memory.
class empirical_bernstein_sequence {
 public:
  explicit empirical_bernstein_sequence(double level = 0.95)
      : level_(level), stake_(1 - detail::strict(level)) {
    bounds_ = detail::is_level(level)
                  ? interval{.lo = 0, .hi = 1, .level = level, .status = interval_status::too_few}
                  : no_interval(level, interval_status::undefined);
  }

  /// A value outside 0..1 or NaN makes the sequence undefined.
  const interval& add(double x) noexcept {
    using detail::strict;
    if (bounds_.status == interval_status::undefined) return bounds_;
    if (!detail::is_unit(x)) return bounds_ = no_interval(level_, interval_status::undefined);
    const strict stake = (std::min)(strict(0.5), stake_.next_stake());
    // What the value is expected to be: the mean so far, and before the first the end that is worst for
    // either bound.
    const strict low_off = x - sum_ / (std::max)(count_, strict(1));
    const strict high_off = count_ > 0 ? low_off : strict(x) - 1;
    const strict price = -log1p(-stake) - stake;
    stakes_ += stake;
    staked_ += stake * x;
    low_cost_ += price * (low_off * low_off);
    high_cost_ += price * (high_off * high_off);
    stake_.add(x);
    sum_ += x;
    count_ += 1;
    const strict start = log(2 / (1 - strict(level_)));
    bounds_.status = interval_status::ok;
    bounds_.lo = (std::max)(strict(bounds_.lo), (staked_ - start - low_cost_) / stakes_).value();
    bounds_.hi = (std::min)(strict(bounds_.hi), (staked_ + start + high_cost_) / stakes_).value();
    return bounds_;
  }

  /// The interval so far; before the first value 0..1, too_few.
  const interval& bounds() const noexcept { return bounds_; }

 private:
  double level_;
  detail::predictable_stake stake_;
  detail::strict stakes_ = 0, staked_ = 0, low_cost_ = 0, high_cost_ = 0, sum_ = 0, count_ = 0;
  interval bounds_;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
