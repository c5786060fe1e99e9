// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge {

/// What a model costs, in USD per million tokens.
struct price {
  double prompt = 0;
  double completion = 0;
  std::optional<double> cached = {};  ///< of the prompt; as `prompt` when not given

  bool operator==(const price&) const = default;
};

/// What a call of this usage costs in USD.
inline double cost_of(const usage& used, const price& per_million) {
  const std::uint64_t cached = (std::min)(used.cached_tokens, used.prompt_tokens);
  return (static_cast<double>(used.prompt_tokens - cached) * per_million.prompt +
          static_cast<double>(cached) * per_million.cached.value_or(per_million.prompt) +
          static_cast<double>(used.completion_tokens) * per_million.completion) /
         1e6;
}

/// About how many tokens a text is, without a tokenizer: one for four ASCII characters, one for each other
/// character. An estimate for forecasts and for servers that do not count, good to some tens of percent.
inline std::uint64_t estimate_tokens(std::string_view text) {
  std::uint64_t ascii = 0, others = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    ascii += byte < 0x80 ? 1U : 0U;
    others += byte >= 0xC0 ? 1U : 0U;  // the first byte of a character
  }
  return (ascii + 3) / 4 + others;
}

/// About how many tokens a request's prompt is: the text, and four for each message around it.
inline std::uint64_t estimate_prompt_tokens(const request& asked) {
  std::uint64_t tokens = estimate_tokens(asked.schema);
  for (const message& m : asked.messages) tokens += 4 + estimate_tokens(m.content);
  return tokens;
}

/// The most that a call can use: the prompt as estimated and all the completions it allows.
inline usage most_usage(const request& asked) {
  usage most;
  most.prompt_tokens = estimate_prompt_tokens(asked);
  most.completion_tokens = std::uint64_t{asked.sampling.max_tokens} * (std::max)(asked.sampling.n, 1U);
  return most;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
