# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# cmake -D COMPILER=... -D FLAGS=a;b -D ROOT=<source tree> -D PROGRAM=... -D EXPECTED=... -P same_bits.cmake
# Builds scores.cpp and compares what it prints with EXPECTED, unless that is its own output.
execute_process(
  COMMAND "${COMPILER}" -std=c++20 ${FLAGS} -I "${ROOT}/include" -I "${ROOT}/tests"
    "${ROOT}/tests/flags/scores.cpp" -o "${PROGRAM}"
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${PROGRAM}" OUTPUT_FILE "${PROGRAM}.txt" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${EXPECTED}" "${PROGRAM}.txt" RESULT_VARIABLE differ)
if(differ)
  message(FATAL_ERROR "${COMPILER} ${FLAGS} changes scores: compare ${EXPECTED} and ${PROGRAM}.txt")
endif()
