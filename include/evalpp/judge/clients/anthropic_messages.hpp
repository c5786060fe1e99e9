// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/clients/dialect.hpp>
#include <evalpp/judge/clients/http_response.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/detail/http_error.hpp>
#include <evalpp/judge/request.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// Anthropic's Messages (docs.anthropic.com/en/api/messages, version 2023-06-01, as of 2026). It has neither
/// several choices nor a seed nor log probabilities, and is not deterministic at temperature 0 either.
class anthropic_messages final : public dialect {
 public:
  std::string_view path() const override { return "/messages"; }

  void write_body(const request& asked, std::string& text) const override {
    json::writer out(text);
    out.begin_object().member("model", asked.model).member("max_tokens", asked.sampling.max_tokens);
    if (const std::string system = detail::system_text(asked.messages); !system.empty())
      out.member("system", system);
    if (asked.sampling.temperature) out.member("temperature", *asked.sampling.temperature);
    if (asked.sampling.top_p) out.member("top_p", *asked.sampling.top_p);
    out.key("messages").begin_array();
    for (const message& m : asked.messages)
      if (m.role != "system")
        out.begin_object().member("role", m.role).member("content", m.content).end_object();
    out.end_array();
    if (!asked.schema.empty()) {
      out.key("output_config").begin_object().key("format").begin_object().member("type", "json_schema");
      out.key("schema").raw(asked.schema).end_object().end_object();
    }
    out.end_object();
  }

  std::vector<std::string> headers(std::string_view key) const override {
    std::vector<std::string> out = {"anthropic-version: 2023-06-01"};
    if (!key.empty()) out.push_back("x-api-key: " + std::string(key));
    return out;
  }

  std::span<const std::string_view> key_variables() const override {
    static constexpr std::array<std::string_view, 2> names = {"EVALPP_API_KEY", "ANTHROPIC_API_KEY"};
    return names;
  }

  completion read(const http_response& response) const override {
    return detail::read_response(response, [](json::value root, completion& out) -> std::string_view {
      if (!root["content"].is_array()) return "the response has no \"content\"";
      choice& answer = out.choices.emplace_back();
      for (const json::value block : root["content"].items()) {  // thinking blocks say nothing here
        const std::string_view type = block["type"].as_string().value_or("");
        if (type == "text") answer.text += block["text"].as_string().value_or("");
        if (type == "tool_use") answer.text += json::write(block["input"]);
      }
      const std::string_view stop = root["stop_reason"].as_string().value_or("");
      answer.finish =
          stop == "end_turn" || stop == "stop_sequence" || stop == "tool_use" ? finish_reason::stop
          : stop == "max_tokens" || stop == "model_context_window_exceeded"   ? finish_reason::length
          : stop == "refusal"                                                 ? finish_reason::refusal
                                                                              : finish_reason::other;
      const json::value used = root["usage"];
      const std::uint64_t read = detail::count_in(used, "cache_read_input_tokens");
      // Three counters that exclude one another.
      for (const std::uint64_t part : {detail::count_in(used, "input_tokens"),
                                       detail::count_in(used, "cache_creation_input_tokens"), read})
        add_usage(out.usage, {.prompt_tokens = part});
      out.usage.cached_tokens = read;
      out.usage.completion_tokens = detail::count_in(used, "output_tokens");
      return {};
    });
  }
};

}  // namespace evalpp::inline EVALPP_ABI::judge
