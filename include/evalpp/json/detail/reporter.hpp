// SPDX-License-Identifier: MIT
#pragma once

// The reporter, whole.
#include <evalpp/json/detail/reporter_class.hpp>
#include <evalpp/json/detail/reporter_containers.hpp>
#include <evalpp/json/detail/reporter_unions.hpp>
#include <evalpp/json/detail/reporter_values.hpp>
#include <evalpp/json/detail/reporter_walk.hpp>
