// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/rouge_lsum.hpp>
#include <evalpp/metrics/rouge_n.hpp>
#include <evalpp/metrics/rouge_s.hpp>
#include <evalpp/metrics/rouge_w.hpp>
#include <evalpp/text/tokenizer_rouge_unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// ROUGE for text in any language: the same metrics over `text::tokenizer_rouge_unicode`.
namespace unicode {
using rouge_n = basic_rouge_n<text::tokenizer_rouge_unicode>;
using rouge_1 = basic_rouge_n<text::tokenizer_rouge_unicode, 1>;
using rouge_2 = basic_rouge_n<text::tokenizer_rouge_unicode, 2>;
using rouge_l = basic_rouge_l<text::tokenizer_rouge_unicode>;
using rouge_lsum = basic_rouge_lsum<text::tokenizer_rouge_unicode>;
using rouge_w = basic_rouge_w<text::tokenizer_rouge_unicode>;
using rouge_s = basic_rouge_s<text::tokenizer_rouge_unicode>;
using rouge_su = basic_rouge_s<text::tokenizer_rouge_unicode, true>;
}  // namespace unicode

namespace presets {

/// What ROUGE-1.5.5.pl computes for each summary, printed digits included: several references
/// pooled (`-f A`, its default), or the one with the best recall (`-f B`, `rouge_references::best_recall`).
///
///     auto run = evalpp::evaluate(summaries, references, evalpp::presets::rouge_1_5_5{}.l());
///
/// Its averages are means over its own random resamples; here they are plain means. Not offered:
/// its stemmer, which needs the exception lists of WordNet, and its stop words. It lower-cases
/// ASCII only, so text with U+0130 or U+212A (the two other characters whose lower case is ASCII)
/// may differ.
struct rouge_1_5_5 {
  rouge_references references = rouge_references::pooled;
  bounded_real<0, 1> alpha = 0.5;

  constexpr rouge_n n(bounded<1, 9> order) const {
    return {.n = order, .references = references, .alpha = alpha, .five_decimals = true};
  }
  /// Its ROUGE-L takes sentences, one a line.
  constexpr rouge_lsum l() const { return {.references = references, .alpha = alpha, .five_decimals = true}; }
  constexpr rouge_w w(bounded_real<1, 16> weight = 1.2) const {
    return {.weight = weight, .references = references, .alpha = alpha, .five_decimals = true};
  }
  constexpr rouge_s s(int skip = 4) const {
    return {.skip = skip, .references = references, .alpha = alpha, .five_decimals = true};
  }
  constexpr rouge_su su(int skip = 4) const {
    return {.skip = skip, .references = references, .alpha = alpha, .five_decimals = true};
  }
};

}  // namespace presets

/// The median over examples of precision, of recall and of F; `examples` are rows of one example
/// each, as `measure` and the table keep them. A median is no function of sums, so it cannot be
/// what a metric scores; it is taken from the rows. Rows without references are left out; the mean
/// of the middle two for an even number of rows, 0 for none.
inline rouge_score rouge_median(std::span<const rouge_statistics> examples) {
  std::vector<double> values;
  const auto median = [&](unit_sum rouge_statistics::*field) {
    values.clear();
    for (const rouge_statistics& row : examples)
      if (row.references.examples > 0) values.push_back((row.*field).mean(row.references.examples));
    if (values.empty()) return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return detail::keep(detail::keep(*std::max_element(values.begin(), middle) + *middle) / 2.0);
  };
  const double f = median(&rouge_statistics::fmeasure);
  rouge_score score{f, median(&rouge_statistics::precision), median(&rouge_statistics::recall), f, 0};
  score.examples = static_cast<std::int64_t>(values.size());
  return score;
}

}  // namespace evalpp::inline EVALPP_ABI
