// SPDX-License-Identifier: MIT
#include "laws.hpp"

namespace laws {
INSTANTIATE_TYPED_TEST_SUITE_P(tokens, metric_laws, as_types<all_token_metrics>::type);
}  // namespace laws
