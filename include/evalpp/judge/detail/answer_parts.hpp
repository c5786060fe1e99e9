// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/judge/completion.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Parts of answers that several dialects write alike.

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// A content: a text, or a list of parts of which those that hold text count. Empty for null.
inline std::string content_text(json::value content) {
  if (const auto plain = content.as_string()) return std::string(*plain);
  std::string out;
  for (const json::value part : content.items()) out += part["text"].as_string().value_or("");
  return out;
}

/// A token's own bytes, where they are given: a token may end inside a character, which its text cannot show.
inline std::string token_bytes(json::value written) {
  std::string out;
  for (const json::value byte : written["bytes"].items()) {
    const auto code = byte.as_int64();
    if (!code || *code < 0 || *code > 255) return std::string(written["token"].as_string().value_or(""));
    out += static_cast<char>(*code);
  }
  return out.empty() ? std::string(written["token"].as_string().value_or("")) : out;
}

/// Log probabilities of tokens as OpenAI writes them; none when there are none.
inline std::vector<token_logprob> read_logprobs(json::value written) {
  std::vector<token_logprob> out;
  for (const json::value t : written.items()) {
    token_logprob& place = out.emplace_back();
    place.token = token_bytes(t);
    place.logprob = t["logprob"].as_double().value_or(0);
    for (const json::value other : t["top_logprobs"].items())
      place.top.push_back({token_bytes(other), other["logprob"].as_double().value_or(0)});
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
