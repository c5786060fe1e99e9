// SPDX-License-Identifier: MIT
#pragma once

// The compiler, whole.
#include <evalpp/json/detail/compiler_class.hpp>
#include <evalpp/json/detail/compiler_graph.hpp>
#include <evalpp/json/detail/compiler_objects.hpp>
#include <evalpp/json/detail/compiler_values.hpp>
