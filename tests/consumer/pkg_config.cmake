# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# Compiles the consumer with what pkg-config says, from a prefix that was moved after installation.
set(ENV{PKG_CONFIG_PATH} "${PREFIX}/share/pkgconfig")
set(ENV{PKG_CONFIG_LIBDIR} "${PREFIX}/share/pkgconfig")
execute_process(COMMAND "${PKG_CONFIG}" --cflags --libs "evalpp >= 0.1" OUTPUT_VARIABLE flags
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(flags UNIX_COMMAND "${flags}")
string(REPLACE "," ";" DIALECT "${DIALECT}")
execute_process(
  COMMAND "${COMPILER}" -std=${DIALECT} -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
    -Wold-style-cast -Werror ${flags} "${ROOT}/tests/consumer/app/main.cpp" "${ROOT}/tests/consumer/app/other.cpp"
    -o "${APP}"
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${APP}" COMMAND_ERROR_IS_FATAL ANY)
