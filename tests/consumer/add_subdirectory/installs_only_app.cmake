# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${BUILD}/prefix")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${BUILD}/prefix" OUTPUT_QUIET
  COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE installed RELATIVE "${BUILD}/prefix" "${BUILD}/prefix/*")
if(NOT installed STREQUAL "bin/app")
  message(FATAL_ERROR "installing the parent copies more than its program: ${installed}")
endif()
