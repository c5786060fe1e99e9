// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/statistics.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

namespace evalpp::inline EVALPP_ABI {

/// The statistics of several metrics side by side: dense when all of them are.
template <class First, class... Rest>
struct product {
  First first;
  product<Rest...> rest;
};
template <class Last>
struct product<Last> {
  Last first;
};

/// The I-th of a product.
template <std::size_t I, class... S>
constexpr auto& get(product<S...>& p) noexcept {
  if constexpr (I == 0)
    return p.first;
  else
    return get<I - 1>(p.rest);
}
template <std::size_t I, class... S>
constexpr const auto& get(const product<S...>& p) noexcept {
  if constexpr (I == 0)
    return p.first;
  else
    return get<I - 1>(p.rest);
}

template <class... S>
requires(!dense_statistics<product<S...>>) product<S...>
&operator+=(product<S...>& sum, const product<S...>& other) {
  sum.first += other.first;
  if constexpr (sizeof...(S) > 1) sum.rest += other.rest;
  return sum;
}
template <class... S>
requires(!dense_statistics<product<S...>>) bool operator==(const product<S...>& a, const product<S...>& b) {
  if constexpr (sizeof...(S) > 1)
    return a.first == b.first && a.rest == b.rest;
  else
    return a.first == b.first;
}

/// Several metrics measured in one pass: the product of metrics is a metric. Metrics whose encoders
/// are equal share the reading of the example, so ROUGE-1, -2 and -L tokenize once.
///
///     evalpp::accumulator each_epoch{evalpp::bundle{evalpp::bleu{}, evalpp::chrf{}}};
template <metric... Ms>
class bundle {
 public:
  static constexpr std::size_t size = sizeof...(Ms);
  using statistics = product<typename Ms::statistics...>;
  using scores = std::tuple<score_of<Ms>...>;
  static constexpr bool scores_without_reference = (evalpp::scores_without_reference<Ms> && ...);

  constexpr explicit bundle(Ms... metrics) : metrics_(std::move(metrics)...) {
    each([&]<std::size_t I>(index<I>) { readers_[I] = reader_of<I>(); });
  }

  template <std::size_t I>
  constexpr const auto& get() const noexcept {
    return std::get<I>(metrics_);
  }

  /// Calls `visit` with each metric, in order.
  template <class Visitor>
  constexpr void for_each(Visitor&& visit) const {
    std::apply([&](const auto&... m) { (visit(m), ...); }, metrics_);
  }

  std::string name() const {
    return joined([](const auto& m) { return m.name(); });
  }
  std::string signature() const {
    return joined([](const auto& m) { return m.name() + "|" + m.signature(); });
  }

  /// One result per metric: `std::get<0>(b.score(s)).value`.
  scores score(const statistics& s) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return scores{std::get<I>(metrics_).score(evalpp::get<I>(s))...};
    }
    (std::make_index_sequence<size>{});
  }

  bool operator==(const bundle&) const = default;

 private:
  template <class, class>
  friend struct detail::access;
  template <std::size_t I>
  using index = std::integral_constant<std::size_t, I>;
  template <std::size_t I>
  using encoder = encoder_type<std::tuple_element_t<I, std::tuple<Ms...>>>;

  template <class Visitor>
  static constexpr void each(Visitor&& visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) { (visit(index<I>{}), ...); }
    (std::make_index_sequence<size>{});
  }

  // The first metric whose encoder equals that of metric I: it reads for both.
  template <std::size_t I, std::size_t J = 0>
  constexpr std::size_t reader_of() const {
    if constexpr (J == I) {
      return I;
    } else {
      if constexpr (std::same_as<encoder<I>, encoder<J>>)
        if (encoder_of(get<I>()) == encoder_of(get<J>())) return J;
      return reader_of<I, J + 1>();
    }
  }
  // Calls `use` with the index of the reader of metric I, as a type.
  template <std::size_t I, std::size_t J = 0, class Use>
  decltype(auto) with_reader(Use&& use) const {
    if constexpr (J == I) {
      return use(index<I>{});
    } else {
      if constexpr (std::same_as<encoder<I>, encoder<J>>)
        if (readers_[I] == J) return use(index<J>{});
      return with_reader<I, J + 1>(std::forward<Use>(use));
    }
  }

  template <class Text>
  std::string joined(Text text) const {
    std::string all;
    for_each([&](const auto& m) {
      if (!all.empty()) all += ',';
      all += text(m);
    });
    return all;
  }

  std::tuple<Ms...> metrics_;
  std::array<std::size_t, size> readers_{};
};

namespace detail {
template <metric... Ms, class Kind>
struct access<bundle<Ms...>, Kind> {
  using prepared = std::tuple<typename access<Ms, Kind>::prepared...>;
  using scratch = std::tuple<typename access<Ms, Kind>::scratch...>;

  template <class Items>
  static void prepare(const bundle<Ms...>& b, Items references, prepared& out) {
    b.each([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if (b.readers_[I] == I) encoder_of(b.template get<I>()).prepare(references, std::get<I>(out));
    });
  }

  /// Calls `take(index, statistics)` for each metric in turn.
  template <class Hypothesis, class Take>
  static void measure_each(const bundle<Ms...>& b, const Hypothesis& hypothesis, const prepared& references,
                           scratch& s, Take&& take) {
    std::tuple<decltype(encoder_of(std::declval<const Ms&>())
                            .encode(hypothesis, std::declval<const typename access<Ms, Kind>::prepared&>(),
                                    std::declval<typename access<Ms, Kind>::scratch&>().encoding))...>
        views;
    b.each([&]<std::size_t I>(std::integral_constant<std::size_t, I> at) {
      const auto& m = b.template get<I>();
      if (b.readers_[I] == I)
        std::get<I>(views) =
            encoder_of(m).encode(hypothesis, std::get<I>(references), std::get<I>(s).encoding);
      b.template with_reader<I>([&]<std::size_t J>(std::integral_constant<std::size_t, J>) {
        using of_metric = access<std::remove_cvref_t<decltype(m)>, Kind>;
        take(at, of_metric::count(m, std::get<J>(views), std::get<J>(references), std::get<I>(s)));
      });
    });
  }

  template <class Hypothesis>
  static typename bundle<Ms...>::statistics measure(const bundle<Ms...>& b, const Hypothesis& hypothesis,
                                                    const prepared& references, scratch& s) {
    typename bundle<Ms...>::statistics all{};
    measure_each(b, hypothesis, references, s,
                 [&]<std::size_t I>(std::integral_constant<std::size_t, I>, const auto& one) {
                   evalpp::get<I>(all) = one;
                 });
    return all;
  }
};
}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI
