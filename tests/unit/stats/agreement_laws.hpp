// SPDX-License-Identifier: MIT
#pragma once

// What every agreement of raters from counts per unit and category has to obey:
// `agreement(units, categories, weights = {})`.

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <random>
#include <vector>

namespace agreement_laws {

using counts = std::vector<std::uint32_t>;

template <class Agreement>
void a_weight_is_a_repetition(const Agreement& agreement) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 50; ++trial) {
    counts units, weights;
    for (int unit = 0; unit < 8; ++unit) {
      for (int category = 0; category < 3; ++category)
        units.push_back(static_cast<std::uint32_t>(random() % 3));
      weights.push_back(static_cast<std::uint32_t>(random() % 3));
    }
    const auto weighted = agreement(units, 3, weights);
    const auto repeated = agreement(reference::repeated(units, weights, 3), 3, {});
    ASSERT_EQ(weighted.has_value(), repeated.has_value());
    if (!weighted) continue;
    EXPECT_NEAR(weighted->value, repeated->value, 1e-12);
    ASSERT_EQ(weighted->standard_error.has_value(), repeated->standard_error.has_value());
    if (weighted->standard_error) {
      EXPECT_NEAR(*weighted->standard_error, *repeated->standard_error, 1e-12);
    }
    EXPECT_EQ(weighted->rated_units, repeated->rated_units);
  }
}

template <class Agreement>
void rejects_what_does_not_fit(const Agreement& agreement) {
  EXPECT_REFUSED(agreement(counts{1, 2, 3}, 2, {}));
  EXPECT_REFUSED(agreement(counts{1}, 0, {}));
  EXPECT_REFUSED(agreement(counts{1, 2}, 2, counts{1, 1}));
}

}  // namespace agreement_laws
