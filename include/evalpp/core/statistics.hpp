// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/wrap.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

namespace evalpp::inline EVALPP_ABI {

/// Statistics of fixed width: a plain struct of named `int64_t` fields (arrays of them, or structs
/// of them), whose zero is `S{}`. Sums, equality and the view as lanes all come from here, so a
/// metric writes none of them. Floating-point fields do not qualify: sums of them depend on order.
template <class S>
concept dense_statistics = std::is_trivially_copyable_v<S> && std::is_standard_layout_v<S> &&
                               std::default_initializable<S> && std::has_unique_object_representations_v<S> &&
                               alignof(S) == alignof(std::int64_t) &&
                           sizeof(S) % sizeof(std::int64_t) == 0;

/// The number of lanes of a dense statistics type.
template <dense_statistics S>
inline constexpr std::size_t lane_count = sizeof(S) / sizeof(std::int64_t);

/// The statistics as an array of lanes: all that an all-reduce, a resampler or a file needs.
template <dense_statistics S>
constexpr std::array<std::int64_t, lane_count<S>> lanes(const S& statistics) noexcept {
  return std::bit_cast<std::array<std::int64_t, lane_count<S>>>(statistics);
}

/// The inverse of `lanes`. The span must hold exactly `lane_count<S>` values.
template <dense_statistics S>
S from_lanes(std::span<const std::int64_t> values) noexcept {
  S statistics;
  std::memcpy(&statistics, values.data(), sizeof statistics);
  return statistics;
}

/// Adds lane by lane. Exact, associative and commutative; wraps around instead of overflowing.
template <dense_statistics S>
constexpr S& operator+=(S& sum, const S& other) noexcept {
  auto into = lanes(sum);
  const auto from = lanes(other);
  for (std::size_t k = 0; k < into.size(); ++k) into[k] = detail::wrapping_sum(into[k], from[k]);
  sum = std::bit_cast<S>(into);
  return sum;
}

template <dense_statistics S>
constexpr bool operator==(const S& a, const S& b) noexcept {
  return lanes(a) == lanes(b);
}

/// `sum += other`, by name: for statistics of a metric outside this namespace, where the operator is
/// not found by argument-dependent lookup.
template <dense_statistics S>
constexpr S& merge(S& sum, const S& other) noexcept {
  return sum += other;
}

/// Statistics that merge: dense ones, and those whose width depends on the data (`sparse_counts`).
template <class S>
concept mergeable = std::copyable<S> && std::default_initializable<S> && requires(S a, const S b) {
  { a += b } -> std::same_as<S&>;
  { b == b } -> std::convertible_to<bool>;
};

namespace detail {
using evalpp::operator+=;  // for statistics defined in here: argument-dependent lookup goes no further
using evalpp::operator==;
}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI
