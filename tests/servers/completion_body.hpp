// SPDX-License-Identifier: MIT
#pragma once

// The body of an answer with status 200: what the model says, in the dialect of the path.

#include "logprobs.hpp"
#include "verdict_text.hpp"
#include "words.hpp"

#include <evalpp/json/parse.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model_server {

enum class dialect : std::uint8_t { chat, responses, messages };

/// What is asked for, out of a request in any of the dialects.
struct question {
  dialect form = dialect::chat;
  std::string_view model = "m";
  json::value schema = {};
  std::string_view tool = {};  ///< the tool that the messages dialect is told to call
  std::uint64_t hash = 0;      ///< of the last message
  std::int64_t n = 1, most_tokens = 16, top_logprobs = 0, prompt_tokens = 0;
  bool logprobs = false;
};

inline question read_question(dialect form, json::value body, std::size_t bytes) {
  question out{.form = form};
  out.model = body["model"].as_string().value_or("m");
  out.prompt_tokens = static_cast<std::int64_t>(bytes / 4 + 1);
  const json::value messages = body[form == dialect::responses ? "input" : "messages"];
  const json::value last = messages.is_array() ? messages[messages.size() - 1]["content"] : messages;
  out.hash = last.is_string() ? hash_of(*last.as_string()) : hash_of(json::write(last));
  for (const std::string_view name : {"max_tokens", "max_completion_tokens", "max_output_tokens"})
    if (const auto most = body[name].as_int64()) out.most_tokens = *most;
  if (form == dialect::chat) {
    out.schema = body["response_format"]["json_schema"]["schema"];
    out.n = std::clamp<std::int64_t>(body["n"].as_int64().value_or(1), 1, 128);
    out.logprobs = body["logprobs"].as_bool().value_or(false);
    out.top_logprobs = std::clamp<std::int64_t>(body["top_logprobs"].as_int64().value_or(0), 0, 20);
  } else if (form == dialect::responses) {
    out.schema = body["text"]["format"]["schema"];
  } else if (body["tool_choice"]["name"].is_string()) {
    out.tool = *body["tool_choice"]["name"].as_string();
    out.schema = body["tools"][0]["input_schema"];
  } else {
    out.schema = body["output_config"]["format"]["schema"];
  }
  return out;
}

enum class finish : std::uint8_t { stop, length, filter };

/// One choice of a model.
struct said {
  std::optional<std::string> text;  ///< nothing: a null
  finish why = finish::stop;
  bool refused = false;  ///< then the text is the refusal
};

inline said say(const question& asked, const words& how, std::uint64_t hash) {
  const std::string whole = verdict_text(asked.schema, hash);
  const std::string half = whole.substr(0, whole.size() / 2);
  said out{.text = whole};
  if (how.has("prose")) {
    out.text = "The answer is fair, so its score is " + std::to_string(1 + hash % 5) + " out of 5.";
  } else if (how.has("fenced")) {
    out.text = "Here is my verdict:\n\n```json\n" + whole + "\n```\n\nLet me know if I can help further.";
  } else if (how.has("two-verdicts")) {
    std::string other = whole;
    for (std::uint64_t next = 1; next < 100 && other == whole; ++next)
      other = verdict_text(asked.schema, hash + next);
    out.text = whole + "\n\nOn reflection:\n\n" + other;
  } else if (how.has("empty")) {
    out.text = "";
  } else if (how.has("null-content")) {
    out.text.reset();
  } else if (how.has("truncated-lie")) {
    out.text = half;
  } else if (how.has("length")) {
    out = {half, finish::length};
  } else if (how.has("whole-length")) {
    out.why = finish::length;
  } else if (how.has("refusal")) {
    out = {"I cannot help with that.", finish::stop, true};
  } else if (how.has("filter")) {
    out = {"", finish::filter};
  } else if (how.has("reasoning")) {
    out = {"", finish::length};
  }
  const auto padded = static_cast<std::size_t>(how.number("huge", 0));
  if (out.text && out.text->size() < padded) out.text->resize(padded, ' ');
  return out;
}

/// The JSON string of a text, with bytes in it that are no UTF-8 or with half a surrogate pair, if so asked.
inline std::string quoted(std::string_view text, const words& how) {
  std::string out;
  json::writer(out).value(text);
  std::string_view bad;
  if (how.has("bad-utf8")) {
    bad = "\xFF\xFE";
  } else if (how.value("lone-surrogate") == "inner") {
    bad = R"(\\ud800)";  // escaped once more: in the verdict, not in the body
  } else if (how.has("lone-surrogate")) {
    bad = R"(\ud800)";
  }
  const std::size_t reason = out.find("because");
  return bad.empty() ? out : out.insert(reason == std::string::npos ? out.size() - 1 : reason, bad);
}

struct token_usage {
  std::int64_t in = 0, out = 0, reasoning = 0;
};

inline void write_usage(json::writer& out, const question& asked, token_usage used) {
  out.key("usage").begin_object();
  if (asked.form == dialect::chat) {
    out.member("prompt_tokens", used.in).member("completion_tokens", used.out);
    out.member("total_tokens", used.in + used.out);
    out.key("prompt_tokens_details").begin_object().member("cached_tokens", 0).end_object();
    out.key("completion_tokens_details")
        .begin_object()
        .member("reasoning_tokens", used.reasoning)
        .end_object();
  } else if (asked.form == dialect::responses) {
    out.member("input_tokens", used.in);
    out.key("input_tokens_details").begin_object().member("cached_tokens", 0).end_object();
    out.member("output_tokens", used.out);
    out.key("output_tokens_details").begin_object().member("reasoning_tokens", used.reasoning).end_object();
    out.member("total_tokens", used.in + used.out);
  } else {
    out.member("input_tokens", used.in).member("cache_creation_input_tokens", 0);
    out.member("cache_read_input_tokens", 0).member("output_tokens", used.out);
  }
  out.end_object();
}

inline void write_choice(json::writer& out, const question& asked, const said& each, const words& how,
                         std::int64_t index) {
  constexpr std::string_view reasons[] = {"stop", "length", "content_filter"};
  out.begin_object()
      .member("index", index)
      .member("finish_reason", reasons[static_cast<std::size_t>(each.why)]);
  out.key("message").begin_object().member("role", "assistant");
  const std::string text = each.text ? quoted(*each.text, how) : "null";
  out.key("content")
      .raw(each.refused ? "null" : text)
      .key("refusal")
      .raw(each.refused ? text : "null")
      .end_object();
  if (asked.logprobs && each.text) {
    write_logprobs(out, *each.text, asked.top_logprobs);
  } else {
    out.member("logprobs", nullptr);
  }
  out.end_object();
}

inline void write_chat(json::writer& out, const question& asked, const std::vector<said>& all,
                       const words& how) {
  out.member("id", "chatcmpl-1")
      .member("object", "chat.completion")
      .member("created", 1)
      .member("model", asked.model);
  out.member("system_fingerprint", "fp").key("choices").begin_array();
  if (!how.has("no-choices"))
    for (std::size_t i = 0; i < all.size(); ++i)
      write_choice(out, asked, all[i], how, static_cast<std::int64_t>(i));
  out.end_array();
}

inline void write_responses(json::writer& out, const question& asked, const said& only, const words& how) {
  const bool done = only.why == finish::stop;
  out.member("id", "resp_1").member("object", "response").member("status", done ? "completed" : "incomplete");
  out.member("error", nullptr).key("incomplete_details");
  if (done) {
    out.value(nullptr);
  } else {
    out.begin_object()
        .member("reason", only.why == finish::length ? "max_output_tokens" : "content_filter")
        .end_object();
  }
  out.member("model", asked.model).key("output").begin_array();
  out.begin_object()
      .member("type", "reasoning")
      .member("id", "rs_1")
      .key("summary")
      .begin_array()
      .end_array()
      .end_object();
  if (only.text && !how.has("no-choices")) {
    out.begin_object().member("type", "message").member("id", "msg_1").member("role", "assistant");
    out.member("status", done ? "completed" : "incomplete").key("content").begin_array().begin_object();
    out.member("type", only.refused ? "refusal" : "output_text");
    out.key(only.refused ? "refusal" : "text").raw(quoted(*only.text, how));
    if (!only.refused) out.key("annotations").begin_array().end_array();
    out.end_object().end_array().end_object();
  }
  out.end_array();
}

inline void write_messages(json::writer& out, const question& asked, const said& only, const words& how) {
  out.member("id", "msg_1")
      .member("type", "message")
      .member("role", "assistant")
      .member("model", asked.model);
  out.key("content").begin_array();
  const bool calls = !asked.tool.empty() && only.why == finish::stop && !only.refused;
  if (only.text && !how.has("no-choices")) {
    out.begin_object();
    if (calls && json::parse(*only.text)) {  // the input of a tool is an object, not a text
      out.member("type", "tool_use")
          .member("id", "toolu_1")
          .member("name", asked.tool)
          .key("input")
          .raw(*only.text);
    } else {
      out.member("type", "text").key("text").raw(quoted(*only.text, how));
    }
    out.end_object();
  }
  out.end_array();
  std::string_view reason = calls ? "tool_use" : "end_turn";
  if (only.refused || only.why == finish::filter) reason = "refusal";
  if (only.why == finish::length) reason = "max_tokens";
  out.member("stop_reason", reason).member("stop_sequence", nullptr);
}

/// The JSON text of a completion.
inline std::string completion_body(dialect form, std::string_view request, const words& how) {
  const auto parsed = json::parse(request);
  const question asked = read_question(form, parsed ? parsed->root() : json::value{}, request.size());
  std::vector<said> all;
  token_usage used{.in = asked.prompt_tokens};
  for (std::int64_t i = 0; i < asked.n; ++i) {
    // The first choice is by the hash of the question alone; further ones differ from it now and then.
    all.push_back(say(asked, how, i == 0 ? asked.hash : hash_of(std::to_string(i), asked.hash)));
    used.out += static_cast<std::int64_t>(all.back().text.value_or("").size() / 4 + 1);
  }
  if (how.has("reasoning")) used.out = used.reasoning = asked.most_tokens;

  std::string text;
  json::writer out(text);
  out.begin_object();
  if (form == dialect::chat) {
    write_chat(out, asked, all, how);
  } else if (form == dialect::responses) {
    write_responses(out, asked, all[0], how);
  } else {
    write_messages(out, asked, all[0], how);
  }
  write_usage(out, asked, used);
  out.end_object();
  return text;
}

}  // namespace model_server
