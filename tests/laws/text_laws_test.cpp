// SPDX-License-Identifier: MIT
#include "laws.hpp"

namespace laws {
INSTANTIATE_TYPED_TEST_SUITE_P(text, metric_laws, as_types<all_metrics>::type);
}  // namespace laws
