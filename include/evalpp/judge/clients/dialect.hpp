// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/clients/http_response.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How a provider's protocol says things: from a request to bytes, from bytes to a completion. Pure: no
/// network, no clock, no state; a transport carries the bytes. Objects are immutable and may be shared.
class dialect {
 public:
  dialect() = default;
  dialect(const dialect&) = default;
  dialect& operator=(const dialect&) = delete;
  virtual ~dialect() = default;

  /// What follows the base URL, with its slash: `/chat/completions`.
  virtual std::string_view path() const = 0;

  /// Appends the body of a request to `out`; what the protocol does not have is left out. Bytes that are not
  /// UTF-8 become U+FFFD.
  virtual void write_body(const request& asked, std::string& out) const = 0;

  /// The headers that carry a key, and what else the protocol wants; `key` is empty when there is none.
  virtual std::vector<std::string> headers(std::string_view key) const = 0;

  /// Reads a response, whatever bytes it is made of: answers, or an error with its class. Says nothing of
  /// `completion::seconds`.
  virtual completion read(const http_response& response) const = 0;

  /// The environment variables that hold a key, the first that is set counts.
  virtual std::span<const std::string_view> key_variables() const = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
