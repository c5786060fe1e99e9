// SPDX-License-Identifier: MIT
#pragma once

// How a base URL says what its server shall do wrong: `http://127.0.0.1:PORT/MODE/v1`, MODE a list of words,
// each `name` or `name=value`. What stands behind `times=K` or `every=K` holds only for the first K requests
// with the same body, or for each K-th request, up to the next such count; of the counts that apply the first
// holds.
//
//     latency=20,times=2,429,retry-after=1,times=3,rst
//
// Every request waits 20 ms; the first two with one body are refused, the third is reset, the fourth is fine.

#include <evalpp/text/ascii.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model_server {

/// `text` as a whole number, or nothing.
inline std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A name of three digits is the status of an answer that refuses: 429, 500, 529.
inline bool is_status(std::string_view name) {
  return name.size() == 3 && (name[0] == '4' || name[0] == '5') &&
         std::all_of(name.begin(), name.end(), evalpp::text::is_ascii_digit);
}

/// Every word but those of three digits. README of the tests' server: misbehaving_server.cpp.
inline constexpr std::array known_words{"ok",
                                        "latency",
                                        "times",
                                        "every",
                                        "retry-after",
                                        "retry-after-date",
                                        "retry-after-ms",
                                        "reset",
                                        "should-retry",
                                        "quota",
                                        "error",
                                        "hang",
                                        "slow",
                                        "cut",
                                        "close",
                                        "rst",
                                        "half-header",
                                        "html",
                                        "no-json",
                                        "bad-utf8",
                                        "lone-surrogate",
                                        "prose",
                                        "fenced",
                                        "two-verdicts",
                                        "empty",
                                        "null-content",
                                        "no-choices",
                                        "truncated-lie",
                                        "length",
                                        "whole-length",
                                        "refusal",
                                        "filter",
                                        "reasoning",
                                        "chunked",
                                        "huge",
                                        "error-200",
                                        "redirect",
                                        "conn-close"};

struct word {
  std::string name;
  std::string value = {};
};

/// The words that hold for one request.
class words {
 public:
  void add(const word& next) { all_.push_back(&next); }

  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// Its value; empty when it has none or is not there.
  std::string_view value(std::string_view name) const {
    const word* const found = find(name);
    return found == nullptr ? std::string_view{} : found->value;
  }
  /// Its value when that is a number, of which a billion is the most; `otherwise` when it is none or the word
  /// is not there.
  std::uint64_t number(std::string_view name, std::uint64_t otherwise) const {
    return (std::min<std::uint64_t>)(whole_number(value(name)).value_or(otherwise), 1'000'000'000);
  }
  /// The first word that is a status.
  const word* status() const {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [](const word* w) { return is_status(w->name); });
    return found == all_.end() ? nullptr : *found;
  }

 private:
  const word* find(std::string_view name) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const word* w) { return w->name == name; });
    return found == all_.end() ? nullptr : *found;
  }

  std::vector<const word*> all_;
};

/// A parsed MODE.
class mode {
 public:
  mode() = default;
  explicit mode(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = (std::min)(text.find(','), text.size());
      read(text.substr(0, end));
      text.remove_prefix((std::min)(end + 1, text.size()));
    }
  }

  /// The words for a request before which the same body came `seen` times, and `nth` (from 1) at this mode.
  words at(std::size_t seen, std::size_t nth) const {
    words held;
    for (const word& next : parts_.front().words) held.add(next);
    const auto counted = std::find_if(parts_.begin() + 1, parts_.end(), [&](const part& each) {
      return each.times ? seen < *each.times : nth % *each.every == 0;
    });
    if (counted != parts_.end())
      for (const word& next : counted->words) held.add(next);
    return held;
  }

  /// What cannot be read: a word that nobody knows, a count that is none. Empty when all is well.
  const std::string& fault() const { return fault_; }

 private:
  struct part {
    std::optional<std::uint64_t> times = {}, every = {};
    std::vector<word> words = {};
  };

  void read(std::string_view text) {
    const std::size_t equals = (std::min)(text.find('='), text.size());
    const std::string_view name = text.substr(0, equals);
    const std::string_view value = text.substr((std::min)(equals + 1, text.size()));
    const bool known =
        is_status(name) || std::find(known_words.begin(), known_words.end(), name) != known_words.end();
    const auto count = whole_number(value);
    if (name == "times" && count) {
      parts_.push_back({.times = count});
    } else if (name == "every" && count && *count != 0) {
      parts_.push_back({.every = count});
    } else if (known && name != "times" && name != "every") {
      parts_.back().words.push_back(name == "quota" ? word{"429", "insufficient_quota"}
                                                    : word{std::string(name), std::string(value)});
    } else if (fault_.empty()) {
      fault_ = text;
    }
  }

  std::vector<part> parts_{1};  // the first has no count
  std::string fault_;
};

}  // namespace model_server
