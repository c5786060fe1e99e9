// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/clients/http_response.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the dialects share: bodies that are JSON, usage, and the classes of errors.

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// A body as JSON; bytes that are not UTF-8 and halves of characters are replaced by U+FFFD, because an
/// answer has been paid for and may hold its verdict all the same. Nothing when it is no JSON object.
inline std::optional<json::document> parse_body(const std::string& body) {
  const json::parse_options options{.max_depth = 128, .surrogates = json::lone_surrogates::replace};
  auto parsed = text::is_valid_utf8(body) ? json::parse(body, options)
                                          : json::parse(text::to_valid_utf8(body), options);
  if (!parsed || !parsed->root().is_object()) return std::nullopt;
  return std::move(*parsed);
}

/// A beginning of a text that is fit to be shown: one line, at most 500 bytes, whole characters.
inline std::string excerpt(std::string_view said) {
  constexpr std::size_t most = 500;
  std::string out;
  for (const char c : text::to_valid_utf8(said.substr(0, most))) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (said.size() > most) out += "...";
  return out;
}

/// A count of a usage object; 0 for what is no count.
inline std::uint64_t count_in(json::value usage, std::string_view name) {
  const auto count = usage[name].as_int64();
  return count && *count > 0 ? static_cast<std::uint64_t>(*count) : 0;
}

/// What a provider says of an error.
struct provider_error {
  std::string message = {}, code = {}, type = {};
};

/// Reads the forms that servers give: an object with `message`, `type` and `code` (OpenAI, Anthropic, vLLM,
/// llama.cpp), a text (Ollama, TGI), `message` or `detail` alone (FastAPI), or no JSON.
inline provider_error read_error(const json::document* body, std::string_view bytes) {
  provider_error out;
  if (body == nullptr) return {.message = excerpt(bytes)};
  const json::value root = body->root(), error = root["error"];
  const auto scalar = [](json::value v) {
    return v.is_string()   ? std::string(*v.as_string())
           : v.is_number() ? std::string(v.number_text())
                           : std::string();
  };
  if (error.is_object()) {
    out = {scalar(error["message"]), scalar(error["code"]), scalar(error["type"])};
  } else if (error.is_string()) {
    out = {scalar(error), scalar(root["code"]), scalar(root["error_type"])};
  } else {
    out = {scalar(root["message"]), scalar(root["code"]), scalar(root["type"])};
    if (out.message.empty() && root["detail"].exists())
      out.message = root["detail"].is_string() ? scalar(root["detail"]) : json::write(root["detail"]);
  }
  out.message = excerpt(out.message.empty() ? bytes : std::string_view(out.message));
  return out;
}

/// The class of an error by its status, and by the provider's code where the status does not tell: a used-up
/// quota comes as 429 like a limit of rate.
inline call_error classify(int status, const provider_error& said) {
  const auto says = [&](std::string_view word) {
    return said.code.find(word) != std::string::npos || said.type.find(word) != std::string::npos;
  };
  if (says("insufficient_quota") || says("billing") || says("quota_exceeded") || status == 402)
    return call_error::quota;
  if (status >= 200 && status < 300) {  // servers that put an error into a response that went well
    if (says("rate_limit")) return call_error::rate_limited;
    if (says("overloaded")) return call_error::overloaded;
    if (says("authentication") || says("permission") || says("invalid_api_key"))
      return call_error::unauthorized;
    if (says("not_found") || says("NotFound")) return call_error::not_found;
    if (says("invalid_request") || says("BadRequest") || says("context_length"))
      return call_error::invalid_request;
    if (const auto code = decimal(said.code); code && *code >= 400 && *code < 600)
      return classify(static_cast<int>(*code), {});
    return call_error::server;
  }
  switch (status) {
    case 401:
    case 403:
      return call_error::unauthorized;
    case 404:
      return call_error::not_found;
    case 408:
    case 504:
      return call_error::timeout;
    case 409:
    case 424:  // TGI: generation failed
    case 425:
      return call_error::server;
    case 429:
      return call_error::rate_limited;
    case 503:
    case 529:
      return call_error::overloaded;
    default:
      break;
  }
  if (status >= 500) return call_error::server;
  if (status >= 300 && status < 400)
    return call_error::not_found;  // another address: keys are not sent there
  if (status >= 400) return call_error::invalid_request;
  return call_error::bad_response;
}

/// The completion of a response that brings no answer. `x-should-retry` overrules the status.
inline completion failed_completion(const http_response& response, const json::document* body) {
  const provider_error said = read_error(body, response.body);
  completion out;
  out.status = response.status;
  out.error = classify(response.status, said);
  const std::string_view retry = response.header("x-should-retry");
  const bool transient = out.error == call_error::server || out.error == call_error::timeout ||
                         out.error == call_error::overloaded || out.error == call_error::rate_limited;
  if (transient && retry == "false") out.error = call_error::invalid_request;
  if (out.error == call_error::invalid_request && retry == "true") out.error = call_error::server;
  out.message = "HTTP " + std::to_string(response.status);
  if (response.status >= 300 && response.status < 400)
    out.message += ", moved to " + excerpt(response.header("location"));
  else if (!said.message.empty())
    out.message += ": " + said.message;
  out.retry_after = retry_after_of(response);
  return out;
}

/// The completion of a response that is not of the protocol.
inline completion bad_response(const http_response& response, std::string_view why) {
  completion out;
  out.status = response.status;
  out.error = call_error::bad_response;
  out.message = std::string(why);
  if (const std::string_view type = response.header("content-type"); !type.empty())
    out.message += " (" + excerpt(type) + ")";
  out.message += ": " + excerpt(response.body);
  return out;
}

/// Reads a response whose answer, if it has one, `answer(root, completion)` takes: returns why it is none, or
/// nothing.
template <class Answer>
completion read_response(const http_response& response, Answer answer) {
  const std::optional<json::document> body = parse_body(response.body);
  const bool good = response.status >= 200 && response.status < 300;
  if (!good || (body && body->root()["error"].exists() && !body->root()["error"].is_null()))
    return failed_completion(response, body ? &*body : nullptr);
  if (!body) return bad_response(response, "the response is no JSON object");
  completion out;
  out.status = response.status;
  out.model = std::string(body->root()["model"].as_string().value_or(""));
  const std::string_view fault = answer(body->root(), out);
  return fault.empty() ? out : bad_response(response, fault);
}

/// The system messages of a request in one text, for protocols that keep them apart from the conversation.
inline std::string system_text(const std::vector<message>& messages) {
  std::string out;
  for (const message& m : messages) {
    if (m.role != "system") continue;
    if (!out.empty()) out += "\n\n";
    out += m.content;
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
