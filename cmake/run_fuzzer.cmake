# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# cmake -D PROGRAM=... -D SEEDS=... -D CORPUS=... -P run_fuzzer.cmake
# Runs one fuzzer for EVALPP_FUZZ_SECONDS. New inputs and findings go to CORPUS, in the build tree.
set(seconds 5)
if(NOT "$ENV{EVALPP_FUZZ_SECONDS}" STREQUAL "")
  set(seconds "$ENV{EVALPP_FUZZ_SECONDS}")
endif()
file(MAKE_DIRECTORY "${CORPUS}")
set(folders "${CORPUS}")
if(IS_DIRECTORY "${SEEDS}")
  list(APPEND folders "${SEEDS}")
endif()
execute_process(
  COMMAND "${PROGRAM}" -max_total_time=${seconds} -timeout=10 -rss_limit_mb=4096 -max_len=4096
    -print_final_stats=1 -artifact_prefix=${CORPUS}-finding- ${folders}
  COMMAND_ERROR_IS_FATAL ANY)
