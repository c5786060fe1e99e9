// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/rubric.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

namespace detail {

inline std::string_view trimmed(std::string_view token) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = token.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return token.substr(first, token.find_last_not_of(blank) + 1 - first);
}

/// The level that a token is, blanks around it apart; nothing when it is something else or not on the scale.
inline std::optional<std::int64_t> level_of(std::string_view token, const criterion& of) {
  const std::string_view digits = trimmed(token);
  std::int64_t level = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), level);
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (level < of.scale.front().score || level > of.scale.back().score) return std::nullopt;
  return level;
}

/// Where in an answer the verdict on a criterion begins; nothing when it stands there twice or not at all.
inline std::optional<std::size_t> place_of_level(std::string_view answer, const criterion& of,
                                                 std::int64_t given) {
  std::string name;
  json::writer(name).value(of.name);
  const std::string digits = std::to_string(given);
  std::optional<std::size_t> found;
  for (std::size_t at = 0; (at = answer.find(name, at)) != std::string_view::npos; ++at) {
    constexpr std::string_view blank = " \t\r\n";
    std::size_t next = answer.find_first_not_of(blank, at + name.size());
    if (next == std::string_view::npos || answer[next] != ':') continue;
    next = answer.find_first_not_of(blank, next + 1);
    if (next == std::string_view::npos || answer.substr(next, digits.size()) != digits) continue;
    const std::size_t end = next + digits.size();
    if (end < answer.size() &&
        (std::string_view("0123456789.eE").find(answer[end]) != std::string_view::npos))
      continue;
    if (found) return std::nullopt;
    found = next;
  }
  return found;
}

}  // namespace detail

/// The level that a judge expects rather than the one it drew: the mean of the levels of a scale by the
/// probabilities of the tokens that might have stood in the verdict's place (G-Eval, arXiv 2303.16634,
/// section 3: "weighted by the probabilities"), those that are no level left out. `given` is the verdict in
/// the answer's text.
///
/// Nothing, never the plain verdict, when it cannot be known: no log probabilities came, the tokens are not
/// the text's, the verdict is more than one token or stands twice, or no probability is one. Servers report
/// probabilities before their grammar masks tokens, so that some of the mass may lie on no level. O(text).
inline std::optional<double> expected_level(const choice& answer, const criterion& of, std::int64_t given) {
  const auto place = detail::place_of_level(answer.text, of, given);
  if (!place) return std::nullopt;
  const token_logprob* token = nullptr;
  std::size_t begin = 0;
  for (const token_logprob& t : answer.logprobs) {
    if (std::string_view(answer.text).substr(begin, t.token.size()) != t.token) return std::nullopt;
    if (*place >= begin && *place < begin + t.token.size()) {
      token = &t;
      break;
    }
    begin += t.token.size();
  }
  if (token == nullptr || detail::level_of(token->token, of) != given) return std::nullopt;

  double mass = 0, sum = 0;
  bool drawn = false;
  const auto add = [&](std::string_view text, double logprob) {
    const auto level = detail::level_of(text, of);
    if (!level || !evalpp::detail::is_finite(logprob) || logprob > 1e-6) return;
    const double probability = std::exp(logprob);
    mass += probability;
    sum += probability * static_cast<double>(*level);
  };
  for (const token_alternative& other : token->top) {
    drawn = drawn || other.token == token->token;
    add(other.token, other.logprob);
  }
  if (!drawn) add(token->token, token->logprob);
  if (token->top.empty() || !(mass > 0)) return std::nullopt;
  return sum / mass;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
