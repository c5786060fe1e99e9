// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <cmath>
#include <concepts>
#include <optional>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// A double whose every operation is rounded once and in the order written, whatever the flags: no
/// contraction, no reassociation. Formulas over it read like formulas over doubles.
class strict {
 public:
  strict() = default;
  strict(double value) noexcept : value_(value) {}
  template <std::integral Count>
  strict(Count count) noexcept : value_(static_cast<double>(count)) {}

  double value() const noexcept { return value_; }

  friend strict operator+(strict a, strict b) noexcept { return kept(a.value_ + b.value_); }
  friend strict operator-(strict a, strict b) noexcept { return kept(a.value_ - b.value_); }
  friend strict operator*(strict a, strict b) noexcept { return kept(a.value_ * b.value_); }
  friend strict operator/(strict a, strict b) noexcept {
    return kept(a.value_ / evalpp::detail::keep(b.value_));
  }
  friend strict operator-(strict a) noexcept { return kept(-a.value_); }
  strict& operator+=(strict b) noexcept { return *this = *this + b; }
  strict& operator-=(strict b) noexcept { return *this = *this - b; }
  strict& operator*=(strict b) noexcept { return *this = *this * b; }
  strict& operator/=(strict b) noexcept { return *this = *this / b; }

  friend bool operator==(strict a, strict b) noexcept { return a.value_ == b.value_; }
  friend bool operator<(strict a, strict b) noexcept { return a.value_ < b.value_; }
  friend bool operator>(strict a, strict b) noexcept { return a.value_ > b.value_; }
  friend bool operator<=(strict a, strict b) noexcept { return a.value_ <= b.value_; }
  friend bool operator>=(strict a, strict b) noexcept { return a.value_ >= b.value_; }

 private:
  static strict kept(double x) noexcept { return {evalpp::detail::keep(x)}; }

  double value_ = 0;
};

inline strict square(strict x) noexcept { return x * x; }
inline strict magnitude(strict x) noexcept { return x < 0.0 ? -x : x; }
inline strict square_root(strict x) noexcept {
  return evalpp::detail::keep(std::sqrt(evalpp::detail::keep(x.value())));
}
inline strict logarithm(strict x) noexcept {
  return evalpp::detail::keep(std::log(evalpp::detail::keep(x.value())));
}
inline strict exponential(strict x) noexcept {
  return evalpp::detail::keep(std::exp(evalpp::detail::keep(x.value())));
}

/// The value, or nothing where the arithmetic overflowed.
inline std::optional<double> if_finite(strict x) noexcept {
  if (!evalpp::detail::is_finite(x.value())) return std::nullopt;
  return x.value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
