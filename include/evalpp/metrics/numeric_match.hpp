// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/answer_match.hpp>
#include <evalpp/metrics/detail/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// A tolerance: not negative, checked when it is given.
using tolerance = bounded_real<0, 1'000'000'000>;

/// Numeric equality: the share of answers, 0-1, whose number equals that of one of the references.
///
/// The number of a text is its last one, because a model that explains ends with the result; `.which`
/// chooses the first, or demands that the text is a number and nothing else. Commas between thousands,
/// currency signs and trailing zeros do not count: "$1,234.50", "1234.5" and "1.2345e3" are equal.
/// A percent sign is a unit and does not count either, unless `percent_is_hundredth` ("50%" is "0.5").
/// Values are compared exactly, as decimals of any length; with a tolerance as doubles by Python's
/// `math.isclose`: |a - b| <= max(rel_tol * max(|a|, |b|), abs_tol). A text without a number equals
/// none. O(answer + references).
struct numeric_match {
  number_choice which = number_choice::last;
  bool percent_is_hundredth = false;
  tolerance abs_tol = 0;
  tolerance rel_tol = 0;

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;

  using statistics = detail::match_counts;
  struct scratch {
    std::string buffer;
  };

  /// Reads the number of each text.
  struct reader {
    number_choice which{};
    bool hundredths = false;

    struct scratch {
      detail::decimal number;
    };
    template <class Kind>
    struct prepared {
      static_assert(std::same_as<Kind, text_kind>, "this metric reads text, not tokens");
      std::vector<detail::decimal> numbers;
      std::size_t size = 0;
    };

    void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
      if (out.numbers.size() < references.size()) out.numbers.resize(references.size());
      out.size = references.size();
      for (std::size_t r = 0; r < references.size(); ++r) read(references[r], out.numbers[r]);
    }
    const detail::decimal* encode(std::string_view hypothesis, const prepared<text_kind>&, scratch& s) const {
      read(hypothesis, s.number);
      return &s.number;
    }
    bool operator==(const reader&) const = default;

   private:
    void read(std::string_view text, detail::decimal& number) const {
      detail::read_decimal(text, detail::find_decimal(text, which), hundredths, number);
    }
  };

  std::string name() const { return "numeric_match"; }
  std::string signature() const {
    static constexpr std::string_view choices[] = {"last", "first", "only"};
    return signature_builder{}
        .add("number", choices[static_cast<std::size_t>(which)])
        .add("percent", percent_is_hundredth ? "0.01" : "unit")
        .add("abs", abs_tol)
        .add("rel", rel_tol)
        .str();
  }

  reader encoder() const { return {which, percent_is_hundredth}; }

  statistics measure(const detail::decimal* answer, const reader::prepared<text_kind>& gold,
                     scratch& s) const {
    const auto first = gold.numbers.begin();
    return {std::any_of(first, first + static_cast<std::ptrdiff_t>(gold.size),
                        [&](const detail::decimal& g) { return equal(*answer, g, s.buffer); }),
            1};
  }
  match_score score(const statistics& s) const { return s.score(); }

  bool operator==(const numeric_match& o) const { return signature() == o.signature(); }

 private:
  bool equal(const detail::decimal& a, const detail::decimal& b, std::string& buffer) const {
    if (!a.found || !b.found) return false;
    if (a == b) return true;
    if (abs_tol == 0 && rel_tol == 0) return false;
    const double x = a.value(buffer), y = b.value(buffer);
    if (!detail::is_finite(x) || !detail::is_finite(y)) return false;
    const double relative = detail::keep(rel_tol * (std::max)(std::abs(x), std::abs(y)));
    return std::abs(detail::keep(x - y)) <= std::max<double>(relative, abs_tol);
  }
};
static_assert(scalar_metric<numeric_match> && dense_statistics<numeric_match::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
