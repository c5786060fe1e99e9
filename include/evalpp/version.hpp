// SPDX-License-Identifier: MIT
#pragma once

/// The version of the library, the one place that states it: CMake, the package files and the
/// command line read it from here.
#define EVALPP_VERSION_MAJOR 0
#define EVALPP_VERSION_MINOR 1
#define EVALPP_VERSION_PATCH 0
#define EVALPP_VERSION_STRING "0.1.0"
