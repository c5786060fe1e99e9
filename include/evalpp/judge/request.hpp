// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// One message to a model.
struct message {
  std::string role;  ///< `system`, `user`, `assistant`
  std::string content;

  bool operator==(const message&) const = default;
};

/// How the model is to answer. What a provider does not have is left out of what is sent to it.
struct sampling {
  std::optional<double> temperature = 0.0;  ///< nothing: the model's own; some refuse any that is said
  std::optional<double> top_p = {};
  std::uint32_t max_tokens = 1024;  ///< of the answer, reasoning included
  std::uint32_t n = 1;              ///< completions of one request
  std::optional<std::uint64_t> seed = {};
  std::uint32_t top_logprobs = 0;  ///< alternatives per token, at most 20; 0 asks for none

  bool operator==(const sampling&) const = default;
};

/// One question to a model, a plain value.
struct request {
  std::string model;
  std::vector<message> messages;
  std::string schema = {};  ///< JSON schema of the answer, as text; empty for free text
  judge::sampling sampling = {};
  /// The delimiter within the messages that no text can foresee (`fence.hpp`): not sent apart, and left out
  /// of the request's key, so that another run's delimiter finds the same recorded answer. Empty for none.
  std::string fence = {};
  std::uint32_t sample = 0;  ///< tells apart what is asked several times; part of the key, not sent

  bool operator==(const request&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
