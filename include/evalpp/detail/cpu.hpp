// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <atomic>
#include <cstdlib>
#include <string_view>

/// 1 where kernels for other instruction sets than the target's can be compiled, function by
/// function, and chosen at run time. Everything that uses them sits between `#if EVALPP_X86_SIMD`
/// and `#endif` and has a portable twin.
#if defined(__GNUC__) && defined(__x86_64__)
#define EVALPP_X86_SIMD 1
/// Attributes of the kernels of a level, e.g. `EVALPP_TARGET_AVX2 void count(...)`. Helpers that
/// such a kernel calls carry the same one, or else they are called instead of inlined; a lambda
/// never inherits it.
#define EVALPP_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
#define EVALPP_TARGET_AVX512 \
  __attribute__((            \
      target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2")))
#else
#define EVALPP_X86_SIMD 0
#endif

namespace evalpp::inline EVALPP_ABI::detail {

/// What the machine can run, in ascending order. Every level includes the ones before it.
enum class simd_level : int {
  baseline,  ///< the compiler's own target
  avx2,      ///< AVX2, BMI1, BMI2, LZCNT, POPCNT (x86-64-v3: Haswell, Zen)
  avx512,    ///< F, BW, DQ, VL, VBMI, VBMI2 on top (Ice Lake, Zen 4)
};

/// What this processor and operating system can run, by asking them. Slow; see `cpu_level`.
inline simd_level detect_simd_level() noexcept {
#if EVALPP_X86_SIMD
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  if (!avx2) return simd_level::baseline;
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
  return avx512 ? simd_level::avx512 : simd_level::avx2;
#else
  return simd_level::baseline;
#endif
}

// The level in use, -1 until someone asks. Constant-initialised: including this header runs nothing.
inline std::atomic<int>& simd_level_in_use() noexcept {
  constinit static std::atomic<int> level{-1};
  return level;
}

/// Makes `cpu_level` answer `wanted`, or the best that the machine has when that is less, and
/// returns what it will answer. For tests that run every kernel; no other thread may be measuring.
inline simd_level force_simd_level(simd_level wanted) noexcept {
  const simd_level best = detect_simd_level();
  const simd_level level = wanted < best ? wanted : best;
  simd_level_in_use().store(static_cast<int>(level), std::memory_order_relaxed);
  return level;
}

/// The level whose kernels are to be used. The environment variable `EVALPP_SIMD` (`baseline`,
/// `avx2` or `avx512`; read once) lowers it, for tests and for comparing machines; scores do not
/// depend on it.
inline simd_level cpu_level() noexcept {
  const int known = simd_level_in_use().load(std::memory_order_relaxed);
  if (known >= 0) return static_cast<simd_level>(known);
  simd_level wanted = simd_level::avx512;
#if EVALPP_X86_SIMD
  if (const char* asked = std::getenv("EVALPP_SIMD")) {
    if (std::string_view(asked) == "baseline") wanted = simd_level::baseline;
    if (std::string_view(asked) == "avx2") wanted = simd_level::avx2;
  }
#endif
  return force_simd_level(wanted);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
