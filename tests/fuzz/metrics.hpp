// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/accumulator.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/detail/fp.hpp>

#include <laws/all_metrics.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

// Every metric on arbitrary bytes. A byte 1 ends a text, a byte 2 an example; the first text of an
// example is the hypothesis. What reused buffers measure is what fresh ones measure: nothing of one
// example may leak into the next. Scores are numbers, and merging commutes.
namespace fuzz_metrics_detail {

struct example {
  std::string hypothesis;
  std::vector<std::string> references;
};

inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class M>
void try_metric(const std::vector<example>& examples) {
  const M metric{};
  evalpp::prepared<M, evalpp::text_kind> gold;
  evalpp::scratch<M, evalpp::text_kind> buffers;
  typename M::statistics forwards{}, backwards{};
  for (const example& e : examples) {
    if (e.references.empty() && !evalpp::scores_without_reference<M>) continue;
    evalpp::prepare<evalpp::text_kind>(metric, e.references, gold);
    const typename M::statistics reused = evalpp::measure(metric, e.hypothesis, gold, buffers);
    require(reused == evalpp::measure(metric, e.hypothesis, e.references));
    require(evalpp::detail::is_finite(metric.score(reused).value));
    forwards += reused;
    typename M::statistics sum = reused;
    sum += backwards;
    backwards = sum;
  }
  require(forwards == backwards);
  require(evalpp::detail::is_finite(metric.score(forwards).value));
}

template <class... Metrics>
void try_all(laws::metric_list<Metrics...>, const std::vector<example>& examples) {
  (try_metric<Metrics>(examples), ...);
}

}  // namespace fuzz_metrics_detail

inline int fuzz_metrics(const std::uint8_t* data, std::size_t size) {
  std::vector<fuzz_metrics_detail::example> examples(1);
  std::string* text = &examples.back().hypothesis;
  for (std::size_t i = 0; i < std::min<std::size_t>(size, 4096); ++i) {
    if (data[i] == 1) {
      text = &examples.back().references.emplace_back();
    } else if (data[i] == 2) {
      text = &examples.emplace_back().hypothesis;
    } else {
      *text += static_cast<char>(data[i]);
    }
  }
  fuzz_metrics_detail::try_all(laws::all_metrics{}, examples);
  return 0;
}
