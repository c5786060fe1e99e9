// SPDX-License-Identifier: MIT
#pragma once

// The fuser, whole.
#include <evalpp/json/detail/fuser_class.hpp>
#include <evalpp/json/detail/fuser_objects.hpp>
#include <evalpp/json/detail/fuser_rules.hpp>
#include <evalpp/json/detail/fuser_sets.hpp>
