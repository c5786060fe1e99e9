// SPDX-License-Identifier: MIT
// An option outside its range is caught where it is given: in a constant expression, by the compiler.
// expect: raise_invalid
#include <evalpp/metrics/bleu.hpp>

#ifdef EVALPP_MUST_FAIL
constexpr evalpp::bleu metric{.max_order = 9};
#else
constexpr evalpp::bleu metric{.max_order = 8};
#endif
static_assert(metric.max_order > 0);
