# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# cmake -D ROOT=<source tree> -D COMPILER=g++ -P check_budget.cmake
# What including a header costs, as lines of code after preprocessing: the same on every machine with
# the same standard library, and the compile time follows it. bench/compile/budget.txt holds the limits.
file(STRINGS "${ROOT}/bench/compile/budget.txt" limits REGEX "^[^#]")
file(GLOB_RECURSE headers RELATIVE "${ROOT}/include/evalpp" "${ROOT}/include/evalpp/*.hpp")
list(FILTER headers EXCLUDE REGEX "detail/")

set(over "")
foreach(header IN LISTS headers)
  set(limit "")
  foreach(line IN LISTS limits)
    if(line MATCHES "^([^ ]+) +([0-9]+)$")
      set(lines_allowed "${CMAKE_MATCH_2}")
      if(header MATCHES "^${CMAKE_MATCH_1}$")
        set(limit "${lines_allowed}")
        break()
      endif()
    else()
      message(FATAL_ERROR "bench/compile/budget.txt: PATTERN LINES expected: ${line}")
    endif()
  endforeach()
  if(NOT limit)
    message(FATAL_ERROR "bench/compile/budget.txt has no limit for ${header}")
  endif()
  execute_process(
    COMMAND "${COMPILER}" -std=c++20 -D_IMMINTRIN_H_INCLUDED -E -P -x c++ -I "${ROOT}/include" "${ROOT}/include/evalpp/${header}"
    COMMAND grep -c "[^[:space:]]"
    OUTPUT_VARIABLE lines ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(lines GREATER limit)
    list(APPEND over "${header}: ${lines} lines, ${limit} allowed")
  endif()
  if(header MATCHES "^(evalpp|metrics/bleu|json/parse)\\.hpp$")
    message(STATUS "<evalpp/${header}>: ${lines} lines of ${limit}")
  endif()
endforeach()
if(over)
  list(JOIN over "\n  " over)
  message(FATAL_ERROR "over the compile budget:\n  ${over}")
endif()
