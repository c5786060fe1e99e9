// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace cli {

/// What was asked for cannot be done; `fix` says what can.
inline evalpp::error refusal(std::string message, std::string fix) {
  return {evalpp::error_code::invalid_argument, std::move(message), std::move(fix)};
}

/// Reads a text that is one number and nothing else; no locale. False when it is not, or out of range.
template <class Number>
bool parse_number(std::string_view text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [at, code] = std::from_chars(text.data(), end, number);
  return code == std::errc{} && at == end;
}

/// An option of a command: `--format FORMAT`, or a switch when it takes no value.
struct option {
  std::string name;       ///< `--format`
  std::string shorthand;  ///< `-f`, or empty
  bool takes_value = true;
};

/// A command line, taken apart. Options may stand anywhere; `--name=value` and `--name value` are
/// the same, and so are `-nvalue` and `-n value`; `--` ends them; `-` alone is a file.
class arguments {
 public:
  static evalpp::result<arguments> parse(const std::vector<std::string>& words,
                                         const std::vector<option>& options);

  const std::vector<std::string>& files() const noexcept { return files_; }
  bool given(std::string_view name) const;
  /// The last value given, or `fallback`.
  std::string value(std::string_view name, std::string_view fallback = {}) const;
  /// All values given, in order.
  std::vector<std::string> values(std::string_view name) const;

 private:
  std::vector<std::string> files_;
  std::vector<std::pair<std::string, std::string>> options_;
};

/// The number that an option was given, strictly between two others; nothing when it was not given.
evalpp::result<std::optional<double>> number_between(const arguments& args, const std::string& name,
                                                     double above, double below, std::string fix);
/// The whole number that an option was given, from `least` to 10^12; nothing when it was not given.
evalpp::result<std::optional<std::int64_t>> count_of(const arguments& args, const std::string& name,
                                                     std::int64_t least);

}  // namespace cli
