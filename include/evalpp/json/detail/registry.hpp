// SPDX-License-Identifier: MIT
#pragma once

// The registry, whole.
#include <evalpp/json/detail/registry_class.hpp>
#include <evalpp/json/detail/registry_resolve.hpp>
#include <evalpp/json/detail/registry_scan.hpp>
