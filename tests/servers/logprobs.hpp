// SPDX-License-Identifier: MIT
#pragma once

#include "words.hpp"

#include <evalpp/json/write.hpp>
#include <evalpp/text/ascii.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model_server {

namespace json = evalpp::json;

/// Tokens as a model might have: a run of letters, a run of digits, or one other byte.
inline std::vector<std::string_view> tokens_of(std::string_view text) {
  const auto letter = [](char c) {
    return evalpp::text::lower_ascii(c) >= 'a' && evalpp::text::lower_ascii(c) <= 'z';
  };
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t size = 1;
    for (const auto same : {+letter, +[](char c) { return evalpp::text::is_ascii_digit(c); }})
      if (same(text[0]))
        size = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), same) - text.begin());
    out.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

/// The likeliest tokens in the place of one: for a number itself with probability 1/2, the next higher with
/// 1/4, the next lower with 1/8, and so on, none below 0; for a truth 3/4 and 1/4; for all else itself, 0.99.
inline std::vector<std::pair<std::string, double>> likeliest(std::string_view token) {
  if (token == "true") return {{"true", 0.75}, {"false", 0.25}};
  if (token == "false") return {{"false", 0.75}, {"true", 0.25}};
  const auto number = whole_number(token);
  if (!number) return {{std::string(token), 0.99}};
  std::vector<std::pair<std::string, double>> out{{std::string(token), 0.5}};
  double p = 0.25;
  for (std::uint64_t away = 1; out.size() < 20; ++away) {
    out.emplace_back(std::to_string(*number + away), p);
    p /= 2;
    if (away > *number) continue;
    out.emplace_back(std::to_string(*number - away), p);
    p /= 2;
  }
  return out;
}

inline void write_token(json::writer& out, std::string_view token, double p) {
  out.member("token", token).member("logprob", std::log(p)).key("bytes").begin_array();
  for (const char c : token) out.value(static_cast<int>(static_cast<unsigned char>(c)));
  out.end_array();
}

inline void write_logprobs(json::writer& out, std::string_view text, std::int64_t top) {
  out.key("logprobs").begin_object().key("content").begin_array();
  for (const std::string_view token : tokens_of(text)) {
    const auto all = likeliest(token);
    out.begin_object();
    write_token(out, token, all[0].second);
    out.key("top_logprobs").begin_array();
    for (std::size_t i = 0; i < all.size() && static_cast<std::int64_t>(i) < top; ++i) {
      out.begin_object();
      write_token(out, all[i].first, all[i].second);
      out.end_object();
    }
    out.end_array().end_object();
  }
  out.end_array().member("refusal", nullptr).end_object();
}

}  // namespace model_server
