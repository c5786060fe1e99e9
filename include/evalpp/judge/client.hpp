// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>

namespace evalpp::inline EVALPP_ABI::judge {

/// Something that answers: a provider, a server, a model in this process. One function to write:
///
///     class my_model : public evalpp::judge::client {
///      public:
///       completion complete(const request& asked) override {
///         completion answer;
///         if (auto text = generate(asked.messages.back().content, asked.sampling.max_tokens)) {
///           answer.choices.push_back({.text = *text});
///         } else {
///           answer.error = call_error::server;  // decides whether the runner tries again
///           answer.message = "the model is not loaded";
///         }
///         return answer;
///       }
///     };
///
/// `one_by_one` makes an `async_client` of it, which is what the runner wants. To have many requests in
/// flight, write an `async_client`.
class client {
 public:
  client() = default;
  client(const client&) = delete;
  client& operator=(const client&) = delete;
  virtual ~client() = default;

  /// Answers, or says in `completion::error` why not; blocks as long as that takes. What a model cannot do (a
  /// schema, several choices, log probabilities) is left out, and is no error.
  virtual completion complete(const request& asked) = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
