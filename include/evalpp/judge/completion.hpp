// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// Why a model stopped.
enum class finish_reason : std::uint8_t {
  stop,            ///< it was done
  length,          ///< it ran out of tokens: the text is cut
  content_filter,  ///< the provider withheld it
  refusal,         ///< the provider says that the model refused
  other,
};

/// A token that might have stood in a place of the answer.
struct token_alternative {
  std::string token;
  double logprob = 0;

  bool operator==(const token_alternative&) const = default;
};

/// A token of the answer with those that might have stood there.
struct token_logprob {
  std::string token;
  double logprob = 0;
  std::vector<token_alternative> top = {};

  bool operator==(const token_logprob&) const = default;
};

/// One answer of a model.
struct choice {
  std::string text = {};
  std::string refusal = {};  ///< what a model says in place of an answer, when it is told apart
  judge::finish_reason finish = judge::finish_reason::stop;
  std::vector<token_logprob> logprobs = {};  ///< empty when none were given

  bool operator==(const choice&) const = default;
};

/// What a call cost, as the provider counts.
struct usage {
  std::uint64_t prompt_tokens = 0;
  std::uint64_t completion_tokens = 0;  ///< reasoning included
  std::uint64_t cached_tokens = 0;      ///< of the prompt
  std::uint64_t reasoning_tokens = 0;   ///< of the completion

  bool operator==(const usage&) const = default;
};

/// Adds up what calls cost. Servers may say any number: a sum that is too large stays at the largest.
inline void add_usage(usage& sum, const usage& more) {
  const auto grow = [](std::uint64_t& to, std::uint64_t by) {
    to = to + by < to ? ~std::uint64_t{0} : to + by;
  };
  grow(sum.prompt_tokens, more.prompt_tokens);
  grow(sum.completion_tokens, more.completion_tokens);
  grow(sum.cached_tokens, more.cached_tokens);
  grow(sum.reasoning_tokens, more.reasoning_tokens);
}

/// What became of a call that has no answer.
enum class call_error : std::uint8_t {
  none,             ///< there is an answer
  timeout,          ///< no answer in time
  connection,       ///< no connection, or it broke
  rate_limited,     ///< 429: slower
  overloaded,       ///< 503, 529: later
  server,           ///< another 5xx
  bad_response,     ///< what came is not the protocol: cut, another content type, no JSON
  quota,            ///< no money or quota left: no later call can succeed
  unauthorized,     ///< 401, 403: the key is refused
  not_found,        ///< 404: no such model or path
  invalid_request,  ///< another 4xx: the same request fails again
  canceled,         ///< stopped by the caller
};

/// The result of one call: answers, or an error.
struct completion {
  std::vector<choice> choices = {};  ///< `sampling::n` of them where the provider can; empty on error
  judge::usage usage = {};
  std::string model = {};  ///< as the provider names it
  double seconds = 0;      ///< from sending to the last byte
  call_error error = call_error::none;
  int status = 0;                          ///< HTTP's, 0 when there was none
  std::string message = {};                ///< what the provider or the transport said of the error
  std::optional<double> retry_after = {};  ///< seconds the provider asks to wait

  bool ok() const { return error == call_error::none; }

  bool operator==(const completion&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
