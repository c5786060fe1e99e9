// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/detail/reader.hpp>
#include <evalpp/json/detail/reading.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/options.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

/// Parses one text after another and reuses its memory: a loop over the lines of a file allocates
/// only while lines get longer. The value it returns is valid until the next call.
class parser {
 public:
  parser() = default;
  explicit parser(parse_options options) : options_(options) {}

  /// The one JSON value that `text` consists of, by RFC 8259 and nothing else: no comments, no
  /// NaN, no byte order mark, no trailing comma; strings must be well-formed UTF-8. Linear in the
  /// text; only where keys repeat, or were chosen to collide, an object of m members costs m log m
  /// comparisons. `text` need not outlive the call.
  result<value> parse(std::string_view text);

  /// The same without a message: when there is no value the report has the fault.
  bool parse(std::string_view text, value& found);

  /// The JSON value that `text` begins with, whatever follows it: for values in other text. `end` is the
  /// offset behind it; when there is none it is the offset of the fault, which the report has, and no message
  /// is made: a search meets many. Linear in the value, not in what follows it.
  bool parse_prefix(std::string_view text, value& found, std::size_t& end);

  /// About the last call.
  const parse_report& report() const noexcept { return report_; }

  /// Hands over the document of the last successful call.
  document take() { return std::exchange(document_, {}); }

 private:
  bool read(std::string_view text, bool prefix);

  parse_options options_;
  parse_report report_;
  document document_;
  detail::reading reading_;
};

/// Parses one whole JSON text into a document that owns all it needs. See `parser::parse`.
///
///     auto document = evalpp::json::parse(R"({"bleu": [41.2, 38.0]})");
///     if (!document) return report(document.error());       // offset, line, column, what was expected
///     double bleu = document->root()["bleu"][0].as_double().value_or(0.0);
inline result<document> parse(std::string_view text, parse_options options = {}) {
  parser p(options);
  auto parsed = p.parse(text);
  if (!parsed) return std::move(parsed.error());
  return p.take();
}

inline bool parser::read(std::string_view text, bool prefix) {
  reading_.prefix = prefix;
  const bool good = detail::read(reading_, text, options_, document_.bytes_, document_.nodes_, report_);
  report_.fault = reading_.refused.fault;
  std::sort(report_.repeated_keys.begin(), report_.repeated_keys.end());
  return good;
}

inline result<value> parser::parse(std::string_view text) {
  if (!read(text, false)) return detail::describe(reading_.refused, text);
  return std::as_const(document_).root();
}

inline bool parser::parse(std::string_view text, value& found) {
  if (!read(text, false)) return false;
  found = std::as_const(document_).root();
  return true;
}

inline bool parser::parse_prefix(std::string_view text, value& found, std::size_t& end) {
  // What is read is copied first, so a short value at the beginning of a long text is looked for in a part of
  // it. What happens in the last bytes of a part may be the doing of the cut.
  constexpr std::size_t first_part = 4096, undecided = 16;
  for (std::size_t part = (std::min)(text.size(), first_part);; part = (std::min)(text.size(), 4 * part)) {
    const bool good = read(text.substr(0, part), true);
    end = good ? reading_.offset(reading_.value_end) : reading_.refused.offset;
    if (part != text.size() && end + undecided >= part) continue;
    if (good) {
      end = text.find_last_not_of(" \n\t\r", end - 1) + 1;
      found = std::as_const(document_).root();
    }
    return good;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json
