// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/version.hpp>

/// The inline namespace of this version. Every file opens
/// `namespace evalpp::inline EVALPP_ABI { ... }`, so that two versions can meet in one program.
#define EVALPP_ABI v0_1

#if !defined(__cplusplus) || (__cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L))
#error "evalpp needs C++20: compile with -std=c++20"
#endif

/// 1 where the compiler may throw. Without exceptions the few functions that would throw abort
/// with their message on stderr; everything fallible also has a form that returns `result<T>`.
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define EVALPP_HAS_EXCEPTIONS 1
#else
#define EVALPP_HAS_EXCEPTIONS 0
#endif
