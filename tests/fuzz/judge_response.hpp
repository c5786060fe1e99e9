// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/judge/clients/anthropic_messages.hpp>
#include <evalpp/judge/clients/openai_chat.hpp>
#include <evalpp/judge/clients/openai_responses.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// Arbitrary bytes as what a server sends: answers, or one error that says what it is. The first byte chooses
// the status, the first line after it is a header's value.
inline int fuzz_judge_response(const std::uint8_t* bytes, std::size_t size) {
  namespace judge = evalpp::judge;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0) return 0;
  constexpr std::array<int, 8> statuses = {200, 200, 200, 200, 302, 400, 429, 500};
  std::string text;
  for (std::size_t i = 1; i < size; ++i) text += static_cast<char>(bytes[i]);
  const std::string line = text.substr(0, text.find('\n'));
  judge::http_response response{.status = statuses[bytes[0] % statuses.size()]};
  for (const char* name : {"retry-after", "date", "x-ratelimit-reset-tokens", "location", "content-type"})
    response.headers.emplace_back(name, line);
  response.body = line.size() < text.size() ? text.substr(line.size() + 1) : text;

  const judge::openai_chat chat;
  const judge::openai_responses responses;
  const judge::anthropic_messages messages;
  for (const judge::dialect* by : std::vector<const judge::dialect*>{&chat, &responses, &messages}) {
    const judge::completion got = by->read(response);
    require(got.ok() == !got.choices.empty());
    require(got.ok() || !got.message.empty());
    require(!got.ok() || response.status == 200);
    require(!got.retry_after || *got.retry_after > 0);
    require(got == by->read(response));
  }
  return 0;
}
