// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {

/// One item of `-m`: `bleu:tokenize=zh:lowercase`.
struct metric_spec {
  std::string text;  ///< as typed
  std::string name;
  std::vector<std::pair<std::string, std::optional<std::string>>> options;  ///< a flag has no value
};

/// Splits a list of metrics at commas and each at colons; `\,` and `\:` in a value stand for
/// themselves. Empty items are an error.
evalpp::result<std::vector<metric_spec>> parse_metric_specs(std::string_view list);

/// Reads the options of one metric. Remembers the first thing that is wrong, so a factory reads as
/// a list of its options; `finish` tells, and complains of options that nobody asked for.
class option_reader {
 public:
  explicit option_reader(const metric_spec& spec) : spec_(&spec), used_(spec.options.size()) {}

  /// A flag: `lowercase`, `lowercase=true` or `lowercase=false` (also yes/no, 1/0).
  bool flag(std::string_view name, bool fallback = false);
  /// A whole number in min..max.
  int integer(std::string_view name, int fallback, int min, int max);
  /// A number in min..max.
  double number(std::string_view name, double fallback, double min, double max);
  /// One of a list of words.
  std::string choice(std::string_view name, std::string_view fallback, const std::vector<std::string>& words);

  /// Any text; nothing when it is not given.
  std::optional<std::string> text(std::string_view name);

  /// Something is wrong that the reader cannot know.
  void refuse(evalpp::error what) {
    if (!error_) error_ = std::move(what);
  }
  /// What the user should be told about the metric.
  void add_note(std::string text) { notes_.push_back(std::move(text)); }
  const std::vector<std::string>& notes() const { return notes_; }

  /// The first error, if any.
  std::optional<evalpp::error> finish() const;

 private:
  const std::optional<std::string>* find(std::string_view name);
  void fail(std::string_view name, const std::string& what);

  const metric_spec* spec_;
  std::vector<bool> used_;
  std::vector<std::string> known_;
  std::optional<evalpp::error> error_;
  std::vector<std::string> notes_;
};

}  // namespace cli
