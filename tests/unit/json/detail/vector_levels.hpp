// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/detail/cpu.hpp>

#include <gtest/gtest.h>
#include <string>

// Tests of what needs AVX2 and takes more where there is more.

/// With AVX2, then with AVX-512; without that the best there is runs twice.
class vector_levels : public testing::TestWithParam<evalpp::detail::simd_level> {
 public:
  static auto values() {
    return testing::Values(evalpp::detail::simd_level::avx2, evalpp::detail::simd_level::avx512);
  }
  static std::string name(const testing::TestParamInfo<evalpp::detail::simd_level>& level) {
    return level.param == evalpp::detail::simd_level::avx2 ? "avx2" : "avx512";
  }

 protected:
  void SetUp() override {
    before_ = evalpp::detail::cpu_level();
    if (evalpp::detail::force_simd_level(GetParam()) < evalpp::detail::simd_level::avx2)
      GTEST_SKIP() << "needs AVX2";
  }
  void TearDown() override { evalpp::detail::force_simd_level(before_); }

 private:
  evalpp::detail::simd_level before_ = evalpp::detail::simd_level::baseline;
};
