// SPDX-License-Identifier: MIT
#pragma once

// Any bytes, as hypothesis and two references, under options the first bytes choose: the statistics
// are those of the literal twin, by every kernel that the machine has, and the score is a number.

#include <evalpp/core/metric.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/chrf.hpp>

#include "reference/chrf.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

inline void fuzz_chrf_check(bool holds) {
  if (!holds) std::abort();
}

inline int fuzz_chrf(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || size > 4000) return 0;  // the twin is slow
  const reference::chrf twin{.char_order = 1 + data[0] % 8u,
                             .word_order = data[0] / 8u % 5,
                             .beta = data[1] / 4 % 4,
                             .whitespace = data[1] % 2 != 0,
                             .eps_smoothing = data[1] / 2 % 2 != 0};
  evalpp::chrf metric{.char_order = static_cast<int>(twin.char_order),
                      .word_order = static_cast<int>(twin.word_order),
                      .beta = twin.beta,
                      .whitespace = twin.whitespace,
                      .eps_smoothing = twin.eps_smoothing};

  // Three texts, cut where the next two bytes say.
  const std::size_t rest = size - 4;
  const std::size_t first = rest * data[2] / 256, second = first + (rest - first) * data[3] / 256;
  const std::string bytes(reinterpret_cast<const char*>(data) + 4, rest);
  std::string hypothesis = bytes.substr(0, first);
  std::vector<std::string> references{bytes.substr(first, second - first), bytes.substr(second)};
  if (data[1] / 16 == 0 && size < 64)  // long and alike, for the way that sorts
    while (hypothesis.size() < 550 && rest > 0) {
      hypothesis += references[0] + references[1];
      references[0] += hypothesis;
    }

  const auto expected = twin.measure(hypothesis, references);
  static evalpp::scratch<evalpp::chrf, evalpp::text_kind> buffers;  // nothing may leak from run to run
  static evalpp::prepared<evalpp::chrf, evalpp::text_kind> gold;
  for (const auto level : {evalpp::detail::simd_level::baseline, evalpp::detail::simd_level::avx2,
                           evalpp::detail::simd_level::avx512}) {
    if (evalpp::detail::force_simd_level(level) != level) continue;
    evalpp::prepare<evalpp::text_kind>(metric, references, gold);
    const evalpp::chrf::statistics counted = evalpp::measure(metric, hypothesis, gold, buffers);
    for (std::size_t n = 0; n < expected.size(); ++n) {
      const auto& order = n < twin.char_order ? counted.characters[n] : counted.words[n - twin.char_order];
      fuzz_chrf_check(order.hypothesis == expected[n].hypothesis &&
                      order.reference == expected[n].reference && order.matches == expected[n].matches);
    }
    const double value = metric.score(counted).value;
    fuzz_chrf_check(evalpp::detail::is_finite(value) && value >= 0 && value < 100.001);

    metric.lowercase = true;
    evalpp::prepare<evalpp::text_kind>(metric, references, gold);
    const auto lowered = evalpp::measure(metric, hypothesis, gold, buffers);
    fuzz_chrf_check(evalpp::detail::is_finite(metric.score(lowered).value));
    metric.lowercase = false;
  }
  return 0;
}
