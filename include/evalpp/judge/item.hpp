// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/data/turn.hpp>

#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

using data::turn;

/// What is judged: one example of the data. All of it is untrusted text.
struct item {
  std::string id;
  std::vector<turn> input;  ///< the conversation up to the answer; one turn for a plain question
  std::string prediction;   ///< the answer
  std::vector<std::string> references = {};

  bool operator==(const item&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
