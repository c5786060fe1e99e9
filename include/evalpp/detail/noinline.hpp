// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

/// Keeps a rare path out of the loops that call it: inlined, it takes their registers.
#if defined(__GNUC__)
#define EVALPP_NOINLINE __attribute__((noinline))
#elif defined(_MSC_VER)
#define EVALPP_NOINLINE __declspec(noinline)
#else
#define EVALPP_NOINLINE
#endif
