// SPDX-License-Identifier: MIT
#pragma once

// EXPECT_REFUSED(expression): a precondition does not hold, so that it throws. Without exceptions it would
// end the program, and is only compiled.

#include <evalpp/config.hpp>

#include <gtest/gtest.h>
#include <stdexcept>

#if EVALPP_HAS_EXCEPTIONS
#define EXPECT_REFUSED(...) EXPECT_THROW(static_cast<void>(__VA_ARGS__), std::invalid_argument)
#else
#define EXPECT_REFUSED(...) static_cast<void>(sizeof((static_cast<void>(__VA_ARGS__), 0)))
#endif
