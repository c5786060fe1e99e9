// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>

#include <gtest/gtest.h>
#include <cstdlib>
#include <string>

namespace cpu_test {

using evalpp::detail::cpu_level;
using evalpp::detail::detect_simd_level;
using evalpp::detail::force_simd_level;
using evalpp::detail::simd_level;

// Puts the level back that was in use.
struct cpu : ::testing::Test {
  ~cpu() override { force_simd_level(before); }
  const simd_level before = cpu_level();
};

TEST_F(cpu, a_level_can_be_forced_down_but_not_up) {
  EXPECT_EQ(force_simd_level(simd_level::baseline), simd_level::baseline);
  EXPECT_EQ(cpu_level(), simd_level::baseline);
  EXPECT_EQ(force_simd_level(simd_level::avx512), detect_simd_level());
  EXPECT_EQ(cpu_level(), detect_simd_level());
}

#if EVALPP_X86_SIMD && (defined(__unix__) || defined(__APPLE__))
simd_level asked_by_environment(const char* value) {
  setenv("EVALPP_SIMD", value, 1);
  evalpp::detail::simd_level_in_use().store(-1);  // as at the start of the program
  return cpu_level();
}

TEST_F(cpu, the_environment_lowers_the_level) {
  const char* const set = std::getenv("EVALPP_SIMD");
  const std::string kept = set != nullptr ? set : "";
  EXPECT_EQ(asked_by_environment("baseline"), simd_level::baseline);
  EXPECT_LE(asked_by_environment("avx2"), simd_level::avx2);
  EXPECT_EQ(asked_by_environment("avx512"), detect_simd_level());
  EXPECT_EQ(asked_by_environment("something else"), detect_simd_level());
  if (set != nullptr)
    setenv("EVALPP_SIMD", kept.c_str(), 1);
  else
    unsetenv("EVALPP_SIMD");
}
#endif

}  // namespace cpu_test
