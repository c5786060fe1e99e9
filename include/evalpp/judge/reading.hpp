// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/unscored.hpp>

#include <optional>
#include <string>
#include <utility>

// How an answer of a judge is read, whatever it was asked for: one rule, and it fails closed.

namespace evalpp::inline EVALPP_ABI::judge {

/// A verdict of that kind, or why there is none.
template <class Verdict>
struct basic_reading {
  std::optional<Verdict> value;
  unscored reason = unscored::malformed;  ///< when there is none
  std::string detail = {};                ///< what was found instead, for people

  explicit operator bool() const { return value.has_value(); }
  bool operator==(const basic_reading&) const = default;
};

namespace detail {

/// Finds the one object in an answer and has its members read: by `read_object`, which gives a verdict or a
/// reason; the reasoning beside it is looked at here.
class answer_reader {
 public:
  answer_reader() : extractor_(options()) {}

  template <class ReadObject>
  auto read(const choice& answer, const ReadObject& read_object) -> decltype(read_object(json::value{})) {
    using found = decltype(read_object(json::value{}));
    if (auto lacks = look_for_object(answer))
      return found{std::nullopt, lacks->reason, std::move(lacks->detail)};
    found read = read_object(extractor_.value());
    if (!read) return read;
    const json::value reasoning = extractor_.value()["reasoning"];
    if (!reasoning.exists()) return {std::nullopt, unscored::missing_field, "\"reasoning\" is missing"};
    if (!reasoning.is_string()) return {std::nullopt, unscored::malformed, "\"reasoning\" is no text"};
    return read;
  }

 private:
  struct lack {
    unscored reason;
    std::string detail;
  };

  static json::extract_options options() {
    json::extract_options out;
    out.roots = json::candidate_roots::object;
    out.parse.surrogates = json::lone_surrogates::replace;
    return out;
  }
  std::optional<lack> look_for_object(const choice& answer);

  json::extractor extractor_;
};

/// Why the answer holds no whole object; nothing when the extractor has it.
inline std::optional<answer_reader::lack> answer_reader::look_for_object(const choice& answer) {
  using failure = json::extraction_failure;
  if (answer.finish == finish_reason::content_filter)
    return lack{unscored::content_filter, "the provider withheld the verdict"};
  if (!answer.refusal.empty()) return lack{unscored::refusal, answer.refusal};
  if (answer.finish == finish_reason::refusal) return lack{unscored::refusal, answer.text};
  const json::extraction& found = extractor_.extract(answer.text);
  if (found) {
    if (found.truncated) return lack{unscored::truncated, "the answer ends within another verdict"};
    return std::nullopt;
  }
  const bool cut = answer.finish == finish_reason::length || found.truncated;
  switch (found.failure) {
    case failure::multiple:
      return lack{unscored::conflict, "the answer holds several verdicts that differ"};
    case failure::duplicate_key:
      return lack{unscored::conflict, "the verdict names something twice"};
    case failure::empty:
      if (answer.finish == finish_reason::length)
        return lack{unscored::truncated, "the limit of tokens was reached before the verdict"};
      return lack{unscored::empty, "the answer is empty"};
    case failure::reasoning_unclosed:
      return lack{unscored::truncated, "the answer ends while the model is reasoning"};
    default:
      if (cut) return lack{unscored::truncated, "the answer ends within the verdict"};
      return lack{unscored::malformed, "the answer holds no verdict"};
  }
}

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::judge
