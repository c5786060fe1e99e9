// SPDX-License-Identifier: MIT
#pragma once

// The engine, whole.
#include <evalpp/json/detail/engine_class.hpp>
#include <evalpp/json/detail/engine_run.hpp>
#include <evalpp/json/detail/engine_values.hpp>
