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
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How a server wants to be told the schema of the answer. Whatever it promises, verdicts are checked here.
enum class schema_form : std::uint8_t {
  json_schema,  ///< OpenAI's `response_format`, which vLLM, Ollama and llama.cpp take too
  json_object,  ///< `{"type":"json_object","schema":...}`: llama.cpp before it knew OpenAI's form
  tgi,          ///< Hugging Face TGI: the schema lies in `value`
  none,         ///< not at all: the prompt alone asks for the form
};

/// What differs between the servers that speak this dialect.
struct openai_chat_options {
  schema_form schema = schema_form::json_schema;
  /// OpenAI's own reasoning models refuse `max_tokens`, many other servers know nothing else.
  bool max_completion_tokens = false;
};

/// OpenAI's chat completions (platform.openai.com/docs/api-reference/chat, as of 2026), which llama.cpp,
/// vLLM, Ollama, TGI and most providers speak too.
class openai_chat final : public detail::openai_dialect {
 public:
  explicit openai_chat(openai_chat_options options = {}) : options_(options) {}

  std::string_view path() const override { return "/chat/completions"; }

  void write_body(const request& asked, std::string& text) const override {
    json::writer out(text);
    out.begin_object().member("model", asked.model).key("messages").begin_array();
    for (const message& m : asked.messages)
      out.begin_object().member("role", m.role).member("content", m.content).end_object();
    out.end_array();
    const sampling& how = asked.sampling;
    if (how.temperature) out.member("temperature", *how.temperature);
    if (how.top_p) out.member("top_p", *how.top_p);
    out.member(options_.max_completion_tokens ? "max_completion_tokens" : "max_tokens", how.max_tokens);
    if (how.n > 1) out.member("n", how.n);
    if (how.seed) out.member("seed", *how.seed);
    if (how.top_logprobs > 0)
      out.member("logprobs", true).member("top_logprobs", (std::min)(how.top_logprobs, std::uint32_t{20}));
    if (!asked.schema.empty()) write_schema(out, asked.schema);
    out.end_object();
  }

  completion read(const http_response& response) const override {
    return detail::read_response(response, [](json::value root, completion& out) -> std::string_view {
      if (!root["choices"].is_array()) return "the response has no \"choices\"";
      for (const json::value c : root["choices"].items()) out.choices.push_back(read_choice(c));
      if (out.choices.empty()) return "the response has no choice";
      const json::value used = root["usage"];
      out.usage.prompt_tokens = detail::count_in(used, "prompt_tokens");
      out.usage.completion_tokens = detail::count_in(used, "completion_tokens");
      out.usage.cached_tokens = detail::count_in(used["prompt_tokens_details"], "cached_tokens");
      out.usage.reasoning_tokens = detail::count_in(used["completion_tokens_details"], "reasoning_tokens");
      return {};
    });
  }

 private:
  void write_schema(json::writer& out, std::string_view schema) const {
    if (options_.schema == schema_form::none) return;
    out.key("response_format").begin_object();
    switch (options_.schema) {
      case schema_form::json_schema:
        out.member("type", "json_schema").key("json_schema").begin_object();
        out.member("name", "verdict").member("strict", true).key("schema").raw(schema).end_object();
        break;
      case schema_form::json_object:
        out.member("type", "json_object").key("schema").raw(schema);
        break;
      case schema_form::tgi:
        out.member("type", "json_schema").key("value").begin_object();
        out.member("name", "verdict").key("schema").raw(schema).end_object();
        break;
      case schema_form::none:
        break;
    }
    out.end_object();
  }

  static choice read_choice(json::value written) {
    choice out;
    const json::value message = written["message"];
    out.text = detail::content_text(message["content"]);
    out.refusal = std::string(message["refusal"].as_string().value_or(""));
    const std::string_view finish = written["finish_reason"].as_string().value_or("");
    out.finish = finish == "stop" || finish == "eos_token" || finish == "stop_sequence" ? finish_reason::stop
                 : finish == "length"         ? finish_reason::length
                 : finish == "content_filter" ? finish_reason::content_filter
                                              : finish_reason::other;
    out.logprobs = detail::read_logprobs(written["logprobs"]["content"]);
    return out;
  }

  openai_chat_options options_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
