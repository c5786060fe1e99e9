# SPDX-License-Identifier: MIT
# For our own tests, examples, benches and header checks; a project that embeds evalpp never reads this.

# The warnings that every line of evalpp is free of. CMAKE_COMPILE_WARNING_AS_ERROR makes them errors.
set(evalpp_gnu_warnings -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wcast-align -Wcast-qual -Wdouble-promotion -Wextra-semi -Wformat=2 -Wnon-virtual-dtor -Woverloaded-virtual
  -Wundef -Wvla)
set(evalpp_gcc_warnings -Wduplicated-cond -Wlogical-op -Wredundant-decls)
# g++ 12 warns inside its own std::string where a temporary is appended to (GCC bugs 105329, 105651).
set(evalpp_gcc12_mistakes -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
set(evalpp_clang_warnings -Wdeprecated -Wdocumentation -Wimplicit-fallthrough -Wloop-analysis
  -Wnewline-eof -Wrange-loop-analysis -Wunreachable-code-aggressive)
set(evalpp_msvc_options /W4 /permissive- /utf-8 /Zc:__cplusplus /Zc:preprocessor)

set(evalpp_developer_options
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:${evalpp_gnu_warnings}>
  $<$<CXX_COMPILER_ID:GNU>:${evalpp_gcc_warnings}>
  "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:${evalpp_gcc12_mistakes}>"
  $<$<CXX_COMPILER_ID:Clang,AppleClang>:${evalpp_clang_warnings}>
  $<$<CXX_COMPILER_ID:MSVC>:${evalpp_msvc_options}>)

# The sanitizers and the dialect without exceptions are asked for by a preset: they belong to a whole build.
set(EVALPP_SANITIZE "" CACHE STRING "Sanitizers of our own programs, as in -fsanitize=")
if(EVALPP_SANITIZE)
  list(APPEND evalpp_developer_options -fsanitize=${EVALPP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
endif()
option(EVALPP_NO_EXCEPTIONS "Build our own programs without exceptions and RTTI" OFF)
if(EVALPP_NO_EXCEPTIONS)
  list(APPEND evalpp_developer_options -fno-exceptions -fno-rtti)
endif()

add_library(evalpp_developer INTERFACE)
target_compile_options(evalpp_developer INTERFACE ${evalpp_developer_options})
if(EVALPP_SANITIZE)
  target_link_options(evalpp_developer INTERFACE -fsanitize=${EVALPP_SANITIZE})
endif()

# The headers of all targets, as they are included.
function(evalpp_all_headers out)
  set(all "")
  foreach(component IN ITEMS evalpp evalpp_threads evalpp_curl)
    if(TARGET ${component})
      get_target_property(headers ${component} HEADER_SET)
      foreach(header IN LISTS headers)
        cmake_path(RELATIVE_PATH header BASE_DIRECTORY "${PROJECT_SOURCE_DIR}/include" OUTPUT_VARIABLE path)
        list(APPEND all "${path}")
      endforeach()
    endif()
  endforeach()
  set(${out} ${all} PARENT_SCOPE)
endfunction()

# Writes into `folder` every_header.hpp, which includes every header of evalpp that needs no package, and
# standard_headers.hpp, all that these include of the standard library.
function(evalpp_write_every_header folder)
  set(standard "")
  set(own "")
  evalpp_all_headers(headers)
  list(REMOVE_ITEM headers evalpp/judge/curl.hpp)
  foreach(path IN LISTS headers)
    list(APPEND own "#include <${path}>")
    file(STRINGS "${PROJECT_SOURCE_DIR}/include/${path}" lines REGEX "^#include <[a-z_]+>")
    list(APPEND standard ${lines})
  endforeach()
  list(REMOVE_DUPLICATES standard)
  list(SORT standard)
  list(JOIN standard "\n" standard)
  list(JOIN own "\n" own)
  file(CONFIGURE OUTPUT "${folder}/standard_headers.hpp" CONTENT "#pragma once\n@standard@\n" @ONLY)
  file(CONFIGURE OUTPUT "${folder}/every_header.hpp" CONTENT "#pragma once\n@own@\n" @ONLY)
endfunction()

# Every header compiles on its own: target evalpp_headers. The standard library is compiled once for all of them:
# that each includes what it names of it, check_sources.cmake sees.
if(EVALPP_CHECK_HEADERS)
  evalpp_write_every_header("${PROJECT_BINARY_DIR}/headers")
  evalpp_all_headers(headers)
  list(TRANSFORM headers REPLACE "(.+)" "${PROJECT_BINARY_DIR}/headers/\\1.cpp" OUTPUT_VARIABLE sources)
  foreach(header source IN ZIP_LISTS headers sources)
    file(CONFIGURE OUTPUT "${source}" CONTENT "#include <@header@>\n" @ONLY)
  endforeach()
  add_library(evalpp_headers OBJECT ${sources})
  set_target_properties(evalpp_headers PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(evalpp_headers PRIVATE evalpp::evalpp evalpp_developer)
  foreach(component IN ITEMS evalpp_threads evalpp_curl)
    if(TARGET ${component})
      target_link_libraries(evalpp_headers PRIVATE ${component})
    endif()
  endforeach()
  target_precompile_headers(evalpp_headers PRIVATE "${PROJECT_BINARY_DIR}/headers/standard_headers.hpp")
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_precompile_headers(evalpp_headers PRIVATE <immintrin.h>)
  endif()
endif()

# clang-tidy reads a header once, in one translation unit with all of them: target evalpp_tidy_headers.
if(CMAKE_CXX_CLANG_TIDY)
  evalpp_write_every_header("${PROJECT_BINARY_DIR}/tidy")
  add_library(evalpp_tidy_headers OBJECT "${PROJECT_SOURCE_DIR}/tests/odr/include_only.cpp")
  target_include_directories(evalpp_tidy_headers PRIVATE "${PROJECT_BINARY_DIR}/tidy")
  target_link_libraries(evalpp_tidy_headers PRIVATE evalpp::evalpp evalpp_developer)
endif()

# Brings a development dependency that find_package did not find: a commit of its repository, pinned by
# hash, announced in one line; without a network, one line says what to install. The warnings of what is
# fetched are its own business.
function(evalpp_fetch name package url commit version)
  include(FetchContent)
  string(TOUPPER "FETCHCONTENT_SOURCE_DIR_${name}" given)
  if(NOT ${given} AND NOT EXISTS "${FETCHCONTENT_BASE_DIR}/${name}-src/CMakeLists.txt")
    message(NOTICE "evalpp: ${name} is not installed (Debian: ${package}): fetching ${version} from ${url}")
    find_package(Git QUIET)
    set(status "no git")
    if(Git_FOUND)
      execute_process(COMMAND "${GIT_EXECUTABLE}" ls-remote --exit-code "${url}" HEAD
        TIMEOUT 60 RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    endif()
    if(NOT status EQUAL 0)
      message(FATAL_ERROR "evalpp: ${url} cannot be reached: install ${package} and configure again")
    endif()
  endif()
  # SYSTEM first: CMake 3.25 skips the download when it comes last.
  FetchContent_Declare(${name} SYSTEM GIT_REPOSITORY ${url} GIT_TAG ${commit})
  set(CMAKE_COMPILE_WARNING_AS_ERROR OFF)
  FetchContent_MakeAvailable(${name})
endfunction()

# The model server that misbehaves on demand, for tests and benches alike; nothing when it is there already.
function(evalpp_add_model_server)
  if(NOT TARGET evalpp_misbehaving_server)
    add_executable(evalpp_misbehaving_server EXCLUDE_FROM_ALL
      "${PROJECT_SOURCE_DIR}/tests/servers/misbehaving_server.cpp")
    set_target_properties(evalpp_misbehaving_server PROPERTIES CXX_EXTENSIONS OFF)
    target_link_libraries(evalpp_misbehaving_server PRIVATE evalpp::evalpp evalpp_developer)
  endif()
endfunction()
