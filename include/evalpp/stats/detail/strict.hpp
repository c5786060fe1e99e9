// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <cmath>

namespace evalpp::inline EVALPP_ABI::stats::detail {

using evalpp::detail::is_finite;
using evalpp::detail::is_nan;
using evalpp::detail::is_zero;
using evalpp::detail::keep;

/// A double that rounds after every operation, in the order that is written: what `keep` is for one
/// expression, for formulas of some length. No contraction to FMA, no reassociation, no reciprocal.
class strict {
 public:
  constexpr strict(double value = 0) noexcept : value_(value) {}
  constexpr explicit operator double() const noexcept { return value_; }
  constexpr double value() const noexcept { return value_; }

  friend strict operator-(strict a) noexcept { return -a.value_; }
  friend strict operator+(strict a, strict b) noexcept { return keep(a.value_ + b.value_); }
  friend strict operator-(strict a, strict b) noexcept { return keep(a.value_ - b.value_); }
  friend strict operator*(strict a, strict b) noexcept { return keep(a.value_ * b.value_); }
  friend strict operator/(strict a, strict b) noexcept { return keep(a.value_ / keep(b.value_)); }
  strict& operator+=(strict b) noexcept { return *this = *this + b; }
  strict& operator-=(strict b) noexcept { return *this = *this - b; }
  strict& operator*=(strict b) noexcept { return *this = *this * b; }
  strict& operator/=(strict b) noexcept { return *this = *this / b; }

  friend constexpr bool operator<(strict a, strict b) noexcept { return a.value_ < b.value_; }
  friend constexpr bool operator>(strict a, strict b) noexcept { return a.value_ > b.value_; }
  friend constexpr bool operator<=(strict a, strict b) noexcept { return a.value_ <= b.value_; }
  friend constexpr bool operator>=(strict a, strict b) noexcept { return a.value_ >= b.value_; }
  friend constexpr bool operator==(strict a, strict b) noexcept { return a.value_ == b.value_; }

  friend strict abs(strict a) noexcept { return std::fabs(a.value_); }
  friend strict sqrt(strict a) noexcept { return keep(std::sqrt(keep(a.value_))); }
  friend strict exp(strict a) noexcept { return keep(std::exp(keep(a.value_))); }
  friend strict expm1(strict a) noexcept { return keep(std::expm1(keep(a.value_))); }
  friend strict log(strict a) noexcept { return keep(std::log(keep(a.value_))); }
  friend strict log1p(strict a) noexcept { return keep(std::log1p(keep(a.value_))); }
  friend strict erf(strict a) noexcept { return keep(std::erf(keep(a.value_))); }
  friend strict erfc(strict a) noexcept { return keep(std::erfc(keep(a.value_))); }
  /// `a * b + c`, rounded once, with or without the instruction.
  friend strict fma(strict a, strict b, strict c) noexcept {
    return keep(std::fma(keep(a.value_), keep(b.value_), keep(c.value_)));
  }

 private:
  double value_;
};

/// A count as a double; exact below 2^53.
template <class Integer>
strict real(Integer n) noexcept {
  return static_cast<double>(n);
}

/// `a * b - c * d` without the cancellation of the rounded products (Kahan).
inline strict difference_of_products(strict a, strict b, strict c, strict d) noexcept {
  const strict cd = c * d;
  return fma(a, b, -cd) + fma(-c, d, cd);
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
