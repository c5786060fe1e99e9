# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# cmake -D NM=... -D OBJECT=... -P emits_nothing.cmake
execute_process(COMMAND "${NM}" --defined-only --demangle "${OBJECT}"
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${symbols}" symbols)
if(symbols)
  message(FATAL_ERROR "including every header emits:\n${symbols}")
endif()
