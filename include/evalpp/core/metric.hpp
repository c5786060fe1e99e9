// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/given.hpp>
#include <evalpp/core/references.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/core/whole_text.hpp>

#include <concepts>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace evalpp::inline EVALPP_ABI {

/// A metric is two functions and a signature:
///
///     measure(example)  -> statistics     one example, a small mergeable value
///     score(statistics) -> a result with .value and its parts
///
/// `measure` sees the example through the metric's *encoder*, which turns raw text or tokens into
/// what the metric counts (ids, characters); metrics with equal encoders share its work. A metric
/// without `encoder()` sees the text itself.
template <class M>
concept metric = std::copy_constructible<M> && std::equality_comparable<M> &&
    mergeable<typename M::statistics> && requires(const M m, const typename M::statistics s) {
  { m.name() } -> std::convertible_to<std::string>;
  { m.signature() } -> std::convertible_to<std::string>;
  m.score(s);
};

/// A metric with one headline number, which is what a report prints first.
template <class M>
concept scalar_metric = metric<M> && requires(const M m, const typename M::statistics s) {
  { m.score(s).value } -> std::convertible_to<double>;
};

/// True for the few metrics to which an example without any reference means something (SQuAD v2: a
/// question that has no answer). For all others such an example is missing, and never scored 0.
template <class M>
inline constexpr bool scores_without_reference = [] {
  if constexpr (requires { M::scores_without_reference; })
    return M::scores_without_reference;
  else
    return false;
}();

/// True for metrics whose value is the share of examples that are right: its interval is that of a
/// proportion, exact where resampling is not.
template <class M>
inline constexpr bool is_proportion = [] {
  if constexpr (requires { M::is_proportion; })
    return M::is_proportion;
  else
    return false;
}();

/// True for metrics whose value is the mean of the examples' own values, each from 0 to the best of the
/// scale.
template <class M>
inline constexpr bool is_mean = [] {
  if constexpr (requires { M::is_mean; })
    return M::is_mean;
  else
    return false;
}();

/// Two sums whose ratio is a metric's value, in its unit: neither may depend on anything but sums over the
/// examples, and the denominator is never negative.
struct ratio_of_sums {
  double numerator;
  double denominator;
};

/// What kind of number a metric's value is, which decides how its interval is made.
enum class value_kind {
  proportion,  ///< the share of examples that are right, see `is_proportion`
  mean,        ///< of the examples' values, see `is_mean`
  ratio,       ///< of two sums: the metric has `as_ratio(statistics) -> ratio_of_sums`
  general,     ///< anything else that is made of sums
};
template <class M>
inline constexpr value_kind value_kind_of = [] {
  if constexpr (is_proportion<M>)
    return value_kind::proportion;
  else if constexpr (is_mean<M>)
    return value_kind::mean;
  else if constexpr (requires(const M m, const typename M::statistics s) {
                       { m.as_ratio(s) } -> std::same_as<ratio_of_sums>;
                     })
    return value_kind::ratio;
  else
    return value_kind::general;
}();

/// The result of a metric's `score`.
template <metric M>
using score_of = decltype(std::declval<const M&>().score(std::declval<const typename M::statistics&>()));

/// The encoder of a metric: its own, or `whole_text`.
template <metric M>
constexpr auto encoder_of(const M& m) {
  if constexpr (requires { m.encoder(); })
    return m.encoder();
  else
    return whole_text{};
}
template <class M>
using encoder_type = decltype(encoder_of(std::declval<const M&>()));

/// What a tool that resamples in single precision (sacreBLEU) keeps of an example: `single_statistics`, an
/// array of float, made of the statistics by `in_single_precision`; `single_value` is the score of sums of
/// these with the rounding of that tool. For parity; a metric that no such tool has does without.
template <class M>
concept single_precision_metric = metric<M> &&
    requires(const M m, const typename M::statistics s, const typename M::single_statistics f) {
  { m.in_single_precision(s) } -> std::same_as<typename M::single_statistics>;
  { m.single_value(f) } -> std::same_as<double>;
};

namespace detail {
struct no_scratch {};
template <class M>
struct scratch_of {
  using type = no_scratch;
};
template <class M>
requires requires { typename M::scratch; }
struct scratch_of<M> {
  using type = typename M::scratch;
};

/// How to prepare and measure with a metric; `bundle` specialises it.
template <class M, class Kind>
struct access {
  using encoder = encoder_type<M>;
  using prepared = typename encoder::template prepared<Kind>;
  struct scratch {
    typename encoder::scratch encoding;
    [[no_unique_address]] typename scratch_of<M>::type counting;
  };

  template <class Items>
  static void prepare(const M& m, Items references, prepared& out) {
    encoder_of(m).prepare(references, out);
  }
  template <class Hypothesis>
  static decltype(auto) measure(const M& m, const Hypothesis& hypothesis, const prepared& references,
                                scratch& s) {
    return count(m, encoder_of(m).encode(hypothesis, references, s.encoding), references, s);
  }
  template <class View>
  static decltype(auto) count(const M& m, const View& view, const prepared& references, scratch& s) {
    if constexpr (requires { m.measure(view, references, s.counting); })
      return m.measure(view, references, s.counting);
    else
      return m.measure(view, references);
  }
};
}  // namespace detail

namespace detail {
// What a metric makes of references alone: text, unless it reads tokens that are given.
template <class References>
struct token_kind;
template <token_range R>
struct token_kind<R> {
  using type = kind_of<R>;
};
template <std::ranges::range R>
requires(!token_range<R>) struct token_kind<R> : token_kind<std::ranges::range_value_t<const R>> {
};

template <class M, class References>
struct kind_for_references {
  using type = text_kind;
};
template <class M, class References>
requires std::derived_from<encoder_type<M>, given_encoder>
struct kind_for_references<M, References> : token_kind<References> {
};

template <class M, class References>
using kind_for = typename kind_for_references<M, References>::type;
}  // namespace detail

/// The references of one example, read once, ready to be measured against many hypotheses (epochs,
/// n-best lists, rollouts). Owns its memory; shared by threads when const.
template <metric M, class Kind>
using prepared = typename detail::access<M, Kind>::prepared;

/// The buffers that measuring reuses, one per thread. After warm-up nothing is allocated.
template <metric M, class Kind>
using scratch = typename detail::access<M, Kind>::scratch;

/// Prepares the references of one example for many hypotheses.
///
///     const auto gold = evalpp::prepare(bleu, references);
///     evalpp::scratch<evalpp::bleu, evalpp::text_kind> buffers;
///     for (const std::string& rollout : rollouts) sum += evalpp::measure(bleu, rollout, gold, buffers);
template <metric M, class References>
auto prepare(const M& m, const References& references) {
  using kind = detail::kind_for<M, References>;
  prepared<M, kind> out;
  reference_list<References, kind> list;
  detail::access<M, kind>::prepare(m, list.assign(references), out);
  return out;
}
/// The same into an object that is used again.
template <class Kind, metric M, class References>
void prepare(const M& m, const References& references, prepared<M, Kind>& out) {
  reference_list<References, Kind> list;
  detail::access<M, Kind>::prepare(m, list.assign(references), out);
}

/// The statistics of one example against prepared references. Does not allocate after warm-up. A
/// sparse metric returns a reference into the scratch, valid until the next call.
template <metric M, class Hypothesis>
decltype(auto) measure(const M& m, const Hypothesis& hypothesis,
                       const prepared<M, kind_of<Hypothesis>>& references,
                       scratch<M, kind_of<Hypothesis>>& buffers) {
  if constexpr (text_like<Hypothesis>)
    return detail::access<M, text_kind>::measure(m, std::string_view(hypothesis), references, buffers);
  else
    return detail::access<M, kind_of<Hypothesis>>::measure(m, hypothesis, references, buffers);
}

/// The same with buffers of its own.
template <metric M, class Hypothesis>
typename M::statistics measure(const M& m, const Hypothesis& hypothesis,
                               const prepared<M, kind_of<Hypothesis>>& references) {
  scratch<M, kind_of<Hypothesis>> buffers;
  return measure(m, hypothesis, references, buffers);
}

/// The statistics of one example, from scratch.
template <metric M, class Hypothesis, references_for<Hypothesis> References>
typename M::statistics measure(const M& m, const Hypothesis& hypothesis, const References& references) {
  using kind = kind_of<Hypothesis>;
  prepared<M, kind> gold;
  prepare<kind>(m, references, gold);
  return measure(m, hypothesis, gold);
}

}  // namespace evalpp::inline EVALPP_ABI
