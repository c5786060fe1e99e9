// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdio>
#include <cstdlib>
#if EVALPP_HAS_EXCEPTIONS
#include <stdexcept>
#endif

// The only file with the token `throw`: clang rejects it under -fno-exceptions even where it is
// never instantiated.
namespace evalpp::inline EVALPP_ABI::detail {

#if EVALPP_HAS_EXCEPTIONS
template <class Exception>
[[noreturn]] inline void raise(Exception exception) {
  throw exception;
}
[[noreturn]] inline void raise_invalid(const char* message) { throw std::invalid_argument(message); }
#else
[[noreturn]] inline void raise_invalid(const char* message) {
  std::fprintf(stderr, "evalpp: %s\n", message);
  std::abort();
}
#endif

}  // namespace evalpp::inline EVALPP_ABI::detail
