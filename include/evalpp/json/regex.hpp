// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/detail/regex_matcher.hpp>
#include <evalpp/json/detail/regex_parser.hpp>
#include <evalpp/json/fault.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

struct regex_options {
  /// Take a pattern that ECMA-262 refuses with the flag `u` by its Annex B, without the flag but still in
  /// code points: `\-` is '-', a lone '{' is itself, `\101` is 'A'. 1.3 % of the patterns in use need it.
  bool annex_b = true;
  /// How many states counted repeats may add. `[class]{m,n}` is counted beyond that, anything else refused.
  std::size_t max_states = 10'000;
  /// A pattern with backreferences gives up after `max_steps + max_steps_per_byte * text.size()`.
  std::uint64_t max_steps = 1'000'000;
  std::uint64_t max_steps_per_byte = 100;

  bool operator==(const regex_options&) const = default;
};

/// A regular expression of ECMA-262 with the flag `u`, as the keyword `pattern` of JSON Schema wants it:
/// searched anywhere, code points as units, properties of Unicode 15.0, no flags i, m, s.
///
///     auto date = evalpp::json::regex::compile("^\\d{4}-\\d{2}-\\d{2}$");
///     if (!date) return report(date.error());          // what is wrong, offset and column in the pattern
///     evalpp::json::regex::scratch scratch;            // one for each thread
///     if (date->search(text, scratch) == evalpp::json::regex_verdict::yes) ...
///
/// A search takes time linear in the text and no stack that grows with it, whatever the pattern, as
/// patterns become automata (look-around too). Only a pattern with backreferences is tried way by way, up
/// to a number of steps; when that is exhausted the verdict is `budget`. So it is where a table that grows
/// with the text would exceed 8 MiB (many look-arounds over a text of megabytes).
///
/// Immutable once compiled: any number of threads may search with it, each with its own scratch.
class regex {
 public:
  /// The longest pattern, in bytes.
  static constexpr std::size_t max_pattern_size = std::size_t{64} << 10;

  /// What a thread writes to while it searches. Any scratch serves any regex; it is fast when the same one
  /// is searched with again, and needed only where `needs_scratch` says so.
  class scratch {
   public:
    scratch() = default;

   private:
    friend class regex;
    std::string pattern_;  // whose automata these are
    std::size_t max_states_ = 0;
    detail::regex_memory memory_;
  };

  /// Errors: `syntax` with the offset and column of the fault in the pattern; `limit` for a pattern that is
  /// too long, too deep (250 groups inside one another) or repeats too much. Memory and time are linear in
  /// the pattern and `max_states`, up to sorting.
  static result<regex> compile(std::string_view pattern, regex_options options = {});

  /// Whether the pattern matches anywhere in `text`, which is UTF-8; a surrogate that stands alone, encoded
  /// in three bytes, is a code point of its own, and a byte that is not UTF-8 is in no class, not even in
  /// `[^a]`.
  regex_verdict search(std::string_view text, scratch& memory) const {
    if (needs_scratch_ && (memory.pattern_ != pattern_ || memory.max_states_ != options_.max_states)) {
      memory.memory_.lazies.clear();
      memory.pattern_ = pattern_;
      memory.max_states_ = options_.max_states;
    }
    return matcher_.search(text, options_.max_steps + options_.max_steps_per_byte * text.size(),
                           memory.memory_);
  }

  /// False: a search writes to no scratch and allocates nothing.
  bool needs_scratch() const { return needs_scratch_; }

  /// True for a pattern that only Annex B accepts; then `strict_fault` says what was wrong before, and where.
  bool used_annex_b() const { return !strict_fault_.message.empty(); }
  const error& strict_fault() const { return strict_fault_; }

  std::string_view pattern() const { return pattern_; }
  const regex_options& options() const { return options_; }

 private:
  regex() = default;

  static error describe(std::string_view pattern, const detail::regex_fault& fault) {
    const auto place = detail::locate(pattern, fault.offset);
    return {.code = fault.limit ? error_code::limit : error_code::syntax,
            .message = fault.message,
            .offset = fault.offset,
            .line = place.line,
            .column = place.column};
  }

  std::string pattern_;
  regex_options options_;
  error strict_fault_;
  detail::regex_matcher matcher_;
  bool needs_scratch_ = false;
};

inline result<regex> regex::compile(std::string_view pattern, regex_options options) {
  if (pattern.size() > max_pattern_size) {
    return describe(
        pattern, {.message = "the pattern is longer than 64 KiB", .offset = max_pattern_size, .limit = true});
  }
  regex compiled;
  detail::regex_parser parser(pattern, true);
  if (!parser.parse()) {
    compiled.strict_fault_ = describe(pattern, parser.fault());
    if (!options.annex_b || parser.fault().limit) return std::move(compiled.strict_fault_);
    parser = detail::regex_parser(pattern, false);
    if (!parser.parse()) return describe(pattern, parser.fault());
  }
  if (const auto fault = compiled.matcher_.build(parser.tree(), pattern.size(), options.max_states)) {
    return describe(pattern, fault);
  }
  compiled.pattern_ = pattern;
  compiled.options_ = options;
  compiled.needs_scratch_ = compiled.matcher_.needs_memory();
  return compiled;
}

}  // namespace evalpp::inline EVALPP_ABI::json
