// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/clients/http_response.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/detail/answer_parts.hpp>
#include <evalpp/judge/detail/http_error.hpp>
#include <evalpp/judge/detail/openai_dialect.hpp>
#include <evalpp/judge/request.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// OpenAI's Responses (platform.openai.com/docs/api-reference/responses, as of 2026). It has neither several
/// choices nor a seed; nothing is stored at the provider.
class openai_responses final : public detail::openai_dialect {
 public:
  std::string_view path() const override { return "/responses"; }

  void write_body(const request& asked, std::string& text) const override {
    json::writer out(text);
    out.begin_object().member("model", asked.model);
    if (const std::string system = detail::system_text(asked.messages); !system.empty())
      out.member("instructions", system);
    out.key("input").begin_array();
    for (const message& m : asked.messages) {
      if (m.role == "system") continue;
      out.begin_object().member("role", m.role).key("content").begin_array().begin_object();
      out.member("type", m.role == "assistant" ? "output_text" : "input_text").member("text", m.content);
      out.end_object().end_array().end_object();
    }
    out.end_array();
    const sampling& how = asked.sampling;
    if (how.temperature) out.member("temperature", *how.temperature);
    if (how.top_p) out.member("top_p", *how.top_p);
    out.member("max_output_tokens", how.max_tokens).member("store", false);
    if (how.top_logprobs > 0) {
      out.key("include").begin_array().value("message.output_text.logprobs").end_array();
      out.member("top_logprobs", (std::min)(how.top_logprobs, std::uint32_t{20}));
    }
    if (!asked.schema.empty()) {
      out.key("text").begin_object().key("format").begin_object().member("type", "json_schema");
      out.member("name", "verdict").member("strict", true).key("schema").raw(asked.schema);
      out.end_object().end_object();
    }
    out.end_object();
  }

  completion read(const http_response& response) const override {
    return detail::read_response(response, [](json::value root, completion& out) -> std::string_view {
      if (!root["output"].is_array()) return "the response has no \"output\"";
      const std::string_view status = root["status"].as_string().value_or("completed");
      if (status != "completed" && status != "incomplete") return "the response is not complete";
      choice& answer = out.choices.emplace_back();
      for (const json::value part : root["output"].items())
        if (part["type"].as_string() == "message") read_message(part["content"], answer);
      if (status == "incomplete") {
        const std::string_view why =
            root["incomplete_details"]["reason"].as_string().value_or("max_output_tokens");
        answer.finish = why == "content_filter"      ? finish_reason::content_filter
                        : why == "max_output_tokens" ? finish_reason::length
                                                     : finish_reason::other;
      }
      const json::value used = root["usage"];
      out.usage.prompt_tokens = detail::count_in(used, "input_tokens");
      out.usage.completion_tokens = detail::count_in(used, "output_tokens");
      out.usage.cached_tokens = detail::count_in(used["input_tokens_details"], "cached_tokens");
      out.usage.reasoning_tokens = detail::count_in(used["output_tokens_details"], "reasoning_tokens");
      return {};
    });
  }

 private:
  static void read_message(json::value content, choice& answer) {
    for (const json::value part : content.items()) {
      answer.refusal += part["refusal"].as_string().value_or("");
      if (part["type"].as_string() != "output_text") continue;
      answer.text += part["text"].as_string().value_or("");
      std::vector<token_logprob> more = detail::read_logprobs(part["logprobs"]);
      answer.logprobs.insert(answer.logprobs.end(), std::make_move_iterator(more.begin()),
                             std::make_move_iterator(more.end()));
    }
  }
};

}  // namespace evalpp::inline EVALPP_ABI::judge
