// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

/// For small functions that loops call for every character, where the compiler's own judgement
/// depends on how many loops there are.
#if defined(__GNUC__)
#define EVALPP_ALWAYS_INLINE __attribute__((always_inline)) inline
#elif defined(_MSC_VER)
#define EVALPP_ALWAYS_INLINE __forceinline
#else
#define EVALPP_ALWAYS_INLINE inline
#endif
