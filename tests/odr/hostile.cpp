// SPDX-License-Identifier: MIT
#include "standard_headers.hpp"

// As <windows.h> defines them.
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define small char
#define interface struct
#define near
#define far

#include "every_header.hpp"
