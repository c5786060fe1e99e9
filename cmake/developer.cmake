# SPDX-License-Identifier: MIT
# For our own tests, examples, benches and header checks; a project that embeds evalpp never reads this.

# The warnings that every line of evalpp is free of. CMAKE_COMPILE_WARNING_AS_ERROR makes them errors.
set(evalpp_gnu_warnings -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast
  -Wcast-align -Wcast-qual -Wdouble-promotion -Wextra-semi -Wformat=2 -Wnon-virtual-dtor -Woverloaded-virtual
  -Wundef -Wvla)
set(evalpp_gcc_warnings -Wduplicated-cond -Wlogical-op -Wredundant-decls)
set(evalpp_clang_warnings -Wcomma -Wdeprecated -Wdocumentation -Wimplicit-fallthrough -Wloop-analysis
  -Wnewline-eof -Wrange-loop-analysis -Wunreachable-code-aggressive)
set(evalpp_msvc_options /W4 /permissive- /utf-8 /Zc:__cplusplus /Zc:preprocessor)

set(evalpp_developer_options
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:${evalpp_gnu_warnings}>
  $<$<CXX_COMPILER_ID:GNU>:${evalpp_gcc_warnings}>
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

# Every header compiles on its own: target all_verify_interface_header_sets. These verifications are
# the only things that this directory itself compiles, so its options reach nothing else.
if(PROJECT_IS_TOP_LEVEL)
  set_target_properties(evalpp PROPERTIES
    VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
  if(TARGET evalpp_threads)
    set_target_properties(evalpp_threads PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  set_directory_properties(PROPERTIES COMPILE_OPTIONS "${evalpp_developer_options}")
endif()

# Brings a development dependency that find_package did not find: a commit of its repository, pinned
# by hash, announced in one line. Its own warnings are its own business.
function(evalpp_fetch name package url commit version)
  message(NOTICE "evalpp: ${name} is not installed (Debian: ${package}); fetching ${version} from ${url}")
  include(FetchContent)
  FetchContent_Declare(${name} GIT_REPOSITORY ${url} GIT_TAG ${commit} SYSTEM)
  set(CMAKE_COMPILE_WARNING_AS_ERROR OFF)
  FetchContent_MakeAvailable(${name})
endfunction()
