// SPDX-License-Identifier: MIT
// Statistics with a floating-point field are refused: their sums would depend on the order.
// expect: (constraint|dense_statistics|no match)
#include <evalpp/core/statistics.hpp>

#include <cstdint>

struct sums {
  std::int64_t count = 0;
#ifdef EVALPP_MUST_FAIL
  double total = 0;
#else
  std::int64_t total = 0;
#endif
};
static_assert(evalpp::lane_count<sums> == 2);
