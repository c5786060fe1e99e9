// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/request.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// Requests and completions as JSON, in recordings and journals alike. All of a value comes back, whatever
// bytes a model said: text that is not UTF-8 is written as {"hex":"..."}, infinities as texts, numbers beyond
// 2^53 in quotes. What has its default is left out, members that a reader does not know are passed over.

namespace evalpp::inline EVALPP_ABI::judge {

/// The names of the reasons to stop, in the order of the enumeration.
inline constexpr std::array<std::string_view, 5> finish_reason_names = {"stop", "length", "content_filter",
                                                                        "refusal", "other"};
/// The names of the errors of a call, in the order of the enumeration.
inline constexpr std::array<std::string_view, 12> call_error_names = {
    "none",         "timeout", "connection",   "rate_limited", "overloaded",      "server",
    "bad_response", "quota",   "unauthorized", "not_found",    "invalid_request", "canceled"};

inline constexpr std::string_view name_of(finish_reason reason) {
  return finish_reason_names[static_cast<std::size_t>(reason)];
}
inline constexpr std::string_view name_of(call_error error) {
  return call_error_names[static_cast<std::size_t>(error)];
}

/// Appends how a model is to answer as one JSON object.
inline void write_sampling(json::writer& out, const sampling& how) {
  out.begin_object();
  if (how.temperature)
    detail::write_number(out, "temperature", *how.temperature);
  else
    out.member("temperature", nullptr);
  if (how.top_p) detail::write_number(out, "top_p", *how.top_p);
  out.member("max_tokens", how.max_tokens).member("n", how.n);
  if (how.seed) detail::write_count(out, "seed", *how.seed);
  out.member("top_logprobs", how.top_logprobs).end_object();
}

/// Appends a request as one JSON object.
inline void write_request(json::writer& out, const request& asked) {
  out.begin_object();
  detail::write_text(out, "model", asked.model);
  out.key("messages").begin_array();
  for (const message& m : asked.messages) {
    out.begin_object();
    detail::write_text(out, "role", m.role);
    detail::write_text(out, "content", m.content);
    out.end_object();
  }
  out.end_array();
  if (!asked.schema.empty()) detail::write_text(out, "schema", asked.schema);
  write_sampling(out.key("sampling"), asked.sampling);
  if (!asked.fence.empty()) detail::write_text(out, "fence", asked.fence);
  if (asked.sample != 0) out.member("sample", asked.sample);
  out.end_object();
}

/// Appends a completion as one JSON object.
inline void write_completion(json::writer& out, const completion& answer) {
  out.begin_object();
  if (!answer.choices.empty()) {
    out.key("choices").begin_array();
    for (const choice& c : answer.choices) {
      out.begin_object();
      detail::write_text(out, "text", c.text);
      if (!c.refusal.empty()) detail::write_text(out, "refusal", c.refusal);
      out.member("finish", name_of(c.finish));
      if (!c.logprobs.empty()) {
        out.key("logprobs").begin_array();
        for (const token_logprob& t : c.logprobs) {
          out.begin_object();
          detail::write_text(out, "token", t.token);
          detail::write_number(out, "logprob", t.logprob);
          if (!t.top.empty()) {
            out.key("top").begin_array();
            for (const token_alternative& a : t.top) {
              out.begin_object();
              detail::write_text(out, "token", a.token);
              detail::write_number(out, "logprob", a.logprob);
              out.end_object();
            }
            out.end_array();
          }
          out.end_object();
        }
        out.end_array();
      }
      out.end_object();
    }
    out.end_array();
  }
  if (answer.usage != judge::usage{}) {
    out.key("usage").begin_object();
    detail::write_count(out, "prompt_tokens", answer.usage.prompt_tokens);
    detail::write_count(out, "completion_tokens", answer.usage.completion_tokens);
    if (answer.usage.cached_tokens != 0)
      detail::write_count(out, "cached_tokens", answer.usage.cached_tokens);
    if (answer.usage.reasoning_tokens != 0)
      detail::write_count(out, "reasoning_tokens", answer.usage.reasoning_tokens);
    out.end_object();
  }
  if (!answer.model.empty()) detail::write_text(out, "model", answer.model);
  detail::write_number(out, "seconds", answer.seconds);
  if (!answer.ok()) out.member("error", name_of(answer.error));
  if (answer.status != 0) out.member("status", answer.status);
  if (!answer.message.empty()) detail::write_text(out, "message", answer.message);
  if (answer.retry_after) detail::write_number(out, "retry_after", *answer.retry_after);
  out.end_object();
}

namespace detail {

inline evalpp::error wrong_field(std::string_view of, const std::string& field) {
  return {.code = error_code::wrong_type,
          .message = "\"" + field + "\" of a " + std::string(of) + " is of another kind than evalpp writes"};
}

}  // namespace detail

/// Reads what `write_request` wrote. Fails when a member is of another kind.
inline result<request> read_request(json::value written) {
  request asked;
  detail::field_reader fields(written);
  if (!written.is_object()) return detail::wrong_field("line", "request");
  fields.text("model", asked.model);
  for (const json::value m : fields.list("messages").items()) {
    detail::field_reader part(m);
    message& next = asked.messages.emplace_back();
    part.text("role", next.role);
    part.text("content", next.content);
    if (!part.wrong().empty()) fields.refuse(part.wrong());
  }
  fields.text("schema", asked.schema);
  detail::field_reader how(fields.object("sampling"));
  how.number("temperature", asked.sampling.temperature);
  how.number("top_p", asked.sampling.top_p);
  how.count("max_tokens", asked.sampling.max_tokens);
  how.count("n", asked.sampling.n);
  how.count("seed", asked.sampling.seed);
  how.count("top_logprobs", asked.sampling.top_logprobs);
  if (!how.wrong().empty()) fields.refuse(how.wrong());
  fields.text("fence", asked.fence);
  fields.count("sample", asked.sample);
  if (!fields.wrong().empty()) return detail::wrong_field("request", fields.wrong());
  return asked;
}

/// Reads what `write_completion` wrote. Fails when a member is of another kind.
inline result<completion> read_completion(json::value written) {
  completion answer;
  detail::field_reader fields(written);
  if (!written.is_object()) return detail::wrong_field("line", "completion");
  for (const json::value c : fields.list("choices").items()) {
    detail::field_reader part(c);
    choice& next = answer.choices.emplace_back();
    part.text("text", next.text);
    part.text("refusal", next.refusal);
    part.name("finish", finish_reason_names, next.finish);
    for (const json::value t : part.list("logprobs").items()) {
      detail::field_reader token(t);
      token_logprob& place = next.logprobs.emplace_back();
      token.text("token", place.token);
      token.number("logprob", place.logprob);
      for (const json::value a : token.list("top").items()) {
        detail::field_reader other(a);
        token_alternative& alternative = place.top.emplace_back();
        other.text("token", alternative.token);
        other.number("logprob", alternative.logprob);
        if (!other.wrong().empty()) token.refuse(other.wrong());
      }
      if (!token.wrong().empty()) part.refuse(token.wrong());
    }
    if (!part.wrong().empty()) fields.refuse(part.wrong());
  }
  detail::field_reader cost(fields.object("usage"));
  cost.count("prompt_tokens", answer.usage.prompt_tokens);
  cost.count("completion_tokens", answer.usage.completion_tokens);
  cost.count("cached_tokens", answer.usage.cached_tokens);
  cost.count("reasoning_tokens", answer.usage.reasoning_tokens);
  if (!cost.wrong().empty()) fields.refuse(cost.wrong());
  fields.text("model", answer.model);
  fields.number("seconds", answer.seconds);
  fields.name("error", call_error_names, answer.error);
  fields.count("status", answer.status);
  fields.text("message", answer.message);
  fields.number("retry_after", answer.retry_after);
  if (!fields.wrong().empty()) return detail::wrong_field("completion", fields.wrong());
  return answer;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
