// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/repair_pass.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair_rules.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

/// Repairs one text after another and reuses its memory.
///
/// A text that parses comes out as it is. Else what `repair_flag` names is mended and listed, and
/// nothing else: what would need a guess (a word without quotes, a missing value or colon, 007, a key
/// that comes twice) makes the text unrepairable. The outcome parses strictly, and repairing it again
/// changes nothing. Linear in the text; what nests uses memory and no stack.
class repairer {
 public:
  repairer() : repairer(repair_options{}) {}
  explicit repairer(repair_options options) : parser_(options.parse), pass_(options) {}

  /// Valid until the next call. `text` must not lie in an earlier result.
  const repair_result& repair(std::string_view text);

  /// The same in less time for a text that does not parse, such as the `repairable` part of an
  /// extraction: it is not parsed first.
  const repair_result& repair_broken(std::string_view text);

  /// The repaired text, parsed; absent when it could not be repaired. Valid until the next call.
  json::value value() const noexcept { return value_; }

  /// Hands over the last result.
  repair_result take() {
    value_ = {};
    return std::exchange(result_, {});
  }

 private:
  const repair_result& finish(std::string_view text);
  const repair_result& refuse(repair_fault fault, std::size_t offset) {
    value_ = {};
    result_.text.clear();
    result_.changes.clear();
    result_.fault = fault;
    result_.offset = offset;
    return result_;
  }
  void unwrap(std::size_t offset);

  repair_result result_;
  json::value value_;
  parser parser_;
  detail::repair_pass pass_;
};

/// Repairs a text that should have been JSON, such as the `repairable` part of an extraction. See
/// `repairer`.
///
///     auto repaired = json::repair("{'a': True,}");
///     // repaired.text == R"({"a": true})", changes: single_quotes 1, python_literal 6, trailing_comma 10
inline repair_result repair(std::string_view text, const repair_options& options = {}) {
  repairer once(options);
  once.repair(text);
  return once.take();
}

inline const repair_result& repairer::repair(std::string_view text) {
  if (!parser_.parse(text, value_)) return repair_broken(text);
  result_.text = text;
  result_.changes.clear();
  return finish(text);
}

inline const repair_result& repairer::repair_broken(std::string_view text) {
  if (!pass_.run(text, result_)) return refuse(result_.fault, result_.offset);
  std::size_t end = 0;
  if (parser_.parse_prefix(result_.text, value_, end)) return finish(text);
  // A repeated key: the pass leaves nothing else.
  return refuse(repair_fault::duplicate_key, pass_.input_offset_of_key(text, end, result_));
}

inline const repair_result& repairer::finish(std::string_view text) {
  result_.fault = repair_fault::none;
  result_.offset = 0;
  if (pass_.options().stringified && value_.is_string()) unwrap(text.find_first_not_of(" \t\r\n"));
  return result_;
}

/// A string that holds an object gives way to the object.
inline void repairer::unwrap(std::size_t offset) {
  std::string inner(*value_.as_string());
  if (parser_.parse(inner, value_) && value_.is_object()) {
    result_.text.swap(inner);
    result_.changes.push_back({repair_flag::stringified, offset});
  } else {
    parser_.parse(result_.text, value_);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json
