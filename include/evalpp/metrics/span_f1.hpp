// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/metrics/detail/class_report.hpp>
#include <evalpp/metrics/detail/iob2.hpp>
#include <evalpp/metrics/detail/span_set.hpp>
#include <evalpp/text/whitespace.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// A typed span over positions of any kind (tokens, characters, bytes): [start, end).
struct labelled_span {
  std::string type;
  std::int64_t start = 0;
  std::int64_t end = 0;

  bool operator==(const labelled_span&) const = default;
};

/// Reads an example as a set of typed spans. An example is a text of IOB2 tags between whitespace
/// ("B-PER I-PER O"), a range of such tags, or a range of `labelled_span`; the first reference counts.
struct span_encoder {
  using scratch = detail::span_set;
  template <class Kind>
  struct prepared : detail::span_set {};

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.clear();
    if (!references.empty()) read(references[0], out);
  }
  template <class Key, class Range>
  void prepare(std::span<const Range* const> references, prepared<tokens_kind<Key>>& out) const {
    out.clear();
    if (!references.empty()) read(*references[0], out);
  }
  template <class Hypothesis, class Kind>
  const detail::span_set* encode(const Hypothesis& hypothesis, const prepared<Kind>&, scratch& s) const {
    read(hypothesis, s);
    return &s;
  }

  bool operator==(const span_encoder&) const = default;

 private:
  static void read(std::string_view text, detail::span_set& out) {
    out.clear();
    detail::iob2_reader tags(out);
    text::for_each_word(
        text, [&](std::size_t begin, std::size_t end) { tags.read(text.substr(begin, end - begin)); });
    tags.finish();
    out.finish();
  }
  template <class Range>
  requires(!text_like<Range>) static void read(const Range& items, detail::span_set& out) {
    out.clear();
    if constexpr (text_like<std::ranges::range_value_t<const Range>>) {
      using element = std::ranges::range_reference_t<const Range>;
      static_assert(!std::same_as<element, std::string>, "a range of tags must hold them, not make them");
      detail::iob2_reader tags(out);
      for (const auto& tag : items) tags.read(std::string_view(tag));
      tags.finish();
    } else {
      for (const auto& span : items) out.add(span.type, span.start, span.end);
    }
    out.finish();
  }
};

/// Precision, recall and F1 of spans, 0-1, per type and averaged.
struct span_f1_score {
  double value = 0;    ///< micro-averaged F1; without any span what `zero_division` is
  class_report types;  ///< support: gold spans

  std::vector<part> parts() const {
    std::vector<part> all;
    types.append_averages(all);
    types.append_classes(all);
    return all;
  }
};

namespace detail {
/// What the two span metrics share: everything but how two sets of spans of one type are counted.
template <class Count>
struct span_metric {
  bounded<0, 1> zero_division = 0;  ///< what precision or recall without a denominator is

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;

  using statistics = sparse_counts;
  struct scratch {
    sparse_counts counts;
    std::string key;
  };

  std::string name() const { return Count::name; }
  std::string signature() const {
    return signature_builder{}.add("spans", Count::signature).add("zero", zero_division).str();
  }
  span_encoder encoder() const { return {}; }

  const statistics& measure(const span_set* predicted, const span_set& actual, scratch& s) const {
    s.counts.clear();
    for_each_label(actual, *predicted, [&](std::string_view type, auto in_actual, auto in_predicted) {
      label_counts::add(s.counts, s.key, type, Count::of(actual, in_actual, *predicted, in_predicted));
    });
    return s.counts;
  }

  span_f1_score score(const statistics& s) const {
    const label_counts counts(s, label_order::text);
    span_f1_score result;
    result.types = class_report(counts.index, counts.each, {static_cast<double>(zero_division)});
    result.value = result.types.micro.f1;
    return result;
  }

  /// F1 as 2 true positives per predicted or actual span.
  ratio_of_sums as_ratio(const statistics& s) const {
    ratio_of_sums out{0, 0};
    for (const class_counts& c : label_counts(s, label_order::text).each) {
      out.numerator += 2 * static_cast<double>(c.both);
      out.denominator += static_cast<double>(c.predicted + c.actual);
    }
    return out;
  }

  bool operator==(const span_metric& other) const { return zero_division == other.zero_division; }
};

using index_range = std::pair<std::size_t, std::size_t>;

struct count_exact_spans {
  static constexpr const char* name = "span_f1";
  static constexpr const char* signature = "exact";

  static class_counts of(const span_set& actual, index_range a, const span_set& predicted, index_range p) {
    return {count_common(actual, a, predicted, p), static_cast<std::int64_t>(p.second - p.first),
            static_cast<std::int64_t>(a.second - a.first)};
  }
};

struct count_covered_positions {
  static constexpr const char* name = "span_overlap";
  static constexpr const char* signature = "positions";

  // Positions beyond 2^61 are moved there: lengths and their sums stay within 64 bits.
  static constexpr std::int64_t limit = std::int64_t{1} << 61;

  /// Walks along the positions that the spans of a range cover, as disjoint intervals.
  struct walker {
    const span_set& set;
    std::size_t at, last;
    std::int64_t begin = 0, end = -1;  // the current interval; none when end < begin

    walker(const span_set& s, index_range in) : set(s), at(in.first), last(in.second) { advance(); }
    explicit operator bool() const noexcept { return begin <= end; }
    std::int64_t length() const noexcept { return end - begin; }
    void advance() noexcept {
      begin = 0;
      end = -1;
      for (; at < last; ++at) {
        const std::int64_t b = std::clamp(set[at].begin, -limit, limit),
                           e = std::clamp(set[at].end, -limit, limit);
        if (e <= b) continue;
        if (begin > end) {
          begin = b;
          end = e;
        } else if (b <= end) {
          end = (std::max)(end, e);
        } else {
          return;
        }
      }
    }
  };

  static std::int64_t covered(const span_set& set, index_range in) {
    std::int64_t sum = 0;
    for (walker w(set, in); w; w.advance()) sum += w.length();
    return sum;
  }
  static class_counts of(const span_set& actual, index_range a, const span_set& predicted, index_range p) {
    std::int64_t both = 0;
    for (walker x(actual, a), y(predicted, p); x && y;) {
      both += std::max<std::int64_t>(0, (std::min)(x.end, y.end) - (std::max)(x.begin, y.begin));
      if (x.end < y.end)
        x.advance();
      else
        y.advance();
    }
    return {both, covered(predicted, p), covered(actual, a)};
  }
};
}  // namespace detail

/// Entity F1: a predicted span counts when a gold span has the same type, start and end.
///
/// The value is the micro-averaged F1 over all spans of the corpus; macro and weighted averages and
/// every type are in the parts. Equal to seqeval's default mode (the CoNLL evaluation), also for
/// sequences that are no valid IOB2: an `I-` after `O` or after another type begins a span.
/// O(s log s) for s spans.
using span_f1 = detail::span_metric<detail::count_exact_spans>;

/// F1 of the positions that spans cover: a predicted span earns the part that a gold span of the same
/// type covers. Spans of one type that overlap cover a position once. O(s log s) for s spans.
using span_overlap = detail::span_metric<detail::count_covered_positions>;

static_assert(scalar_metric<span_f1> && scalar_metric<span_overlap>);

}  // namespace evalpp::inline EVALPP_ABI

/// So that a range of spans is a range of tokens.
template <>
struct std::hash<evalpp::labelled_span> {
  std::size_t operator()(const evalpp::labelled_span& s) const noexcept {
    return std::hash<std::string_view>{}(s.type) ^ static_cast<std::size_t>(s.start * 31 + s.end);
  }
};
