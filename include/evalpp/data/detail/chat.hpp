// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/data/turn.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Conversations as data files write them: OpenAI's form (role, content) and ShareGPT's (from, value).

namespace evalpp::inline EVALPP_ABI::data::detail {

inline bool looks_like_chat(json::value item) {
  const json::value turn = item[0];
  return (turn.contains("role") && turn.contains("content")) ||
         (turn.contains("from") && turn.contains("value"));
}

inline std::string_view role_of(json::value turn) {
  const auto who = (turn.contains("role") ? turn["role"] : turn["from"]).as_string().value_or("");
  return who == "gpt" ? "assistant" : who == "human" ? "user" : who;
}

inline json::value content_of(json::value turn) {
  return turn.contains("content") ? turn["content"] : turn["value"];
}

/// Where the answer of a chat stands, its last assistant turn; the chat's size when it has none, as when the
/// user has the last word.
inline std::size_t answer_turn(json::value chat) {
  for (std::size_t i = chat.size(); chat.is_array() && i-- > 0;) {
    const std::string_view who = role_of(chat[i]);
    if (who == "user") break;
    if (who == "assistant" && content_of(chat[i]).is_string()) return i;
  }
  return chat.size();
}

/// The text of that turn; nothing when the value is no chat or has no such turn.
inline std::optional<std::string> chat_answer(json::value chat) {
  if (!chat.is_array() || chat.size() == 0) return std::nullopt;
  const std::size_t at = answer_turn(chat);
  if (at == chat.size()) return std::nullopt;
  return std::string(*content_of(chat[at]).as_string());
}

/// The turns before the answer. What is not plain text, such as a list of parts or the call of a tool, is its
/// JSON.
inline std::vector<turn> turns_before_answer(json::value chat) {
  std::vector<turn> turns;
  const std::size_t end = answer_turn(chat);
  for (std::size_t i = 0; i < end; ++i) {
    const json::value content = content_of(chat[i]);
    const auto text = content.as_string();
    const bool empty = !content.exists() || content.is_null();
    turns.push_back(
        {std::string(role_of(chat[i])), text ? std::string(*text) : json::write(empty ? chat[i] : content)});
  }
  return turns;
}

}  // namespace evalpp::inline EVALPP_ABI::data::detail
