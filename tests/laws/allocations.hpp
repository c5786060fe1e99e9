// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace laws {

/// The number of times this program has asked for memory, on all threads.
std::size_t allocations() noexcept;

}  // namespace laws
