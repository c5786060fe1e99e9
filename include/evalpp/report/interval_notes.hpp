// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/detail/fp.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What stands below a table of scores with intervals.
namespace evalpp::inline EVALPP_ABI::report {

/// A score under the name that it has in the table.
struct named_score {
  std::string name;
  const reported_score* score;
};

/// `95%`, `99.9%`.
inline std::string format_level(double level) {
  char buffer[32];
  const double percent = evalpp::detail::keep(level * 100);
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, percent, std::chars_format::general, 6).ptr;
  return std::string(buffer, end) + '%';
}

namespace detail {
// Names under what they have in common, both in order of first appearance, each once.
class grouped_names {
 public:
  void add(std::string what, const std::string& name) {
    auto at = std::find_if(groups_.begin(), groups_.end(), [&](const auto& g) { return g.first == what; });
    if (at == groups_.end()) {
      groups_.emplace_back(std::move(what), std::vector<std::string>());
      at = groups_.end() - 1;
    }
    std::vector<std::string>& names = at->second;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  std::size_t size() const noexcept { return groups_.size(); }
  std::string what(std::size_t k) const { return groups_[k].first; }
  std::string names(std::size_t k) const {
    std::string all;
    for (const std::string& name : groups_[k].second) all += (all.empty() ? "" : ", ") + name;
    return all;
  }

 private:
  std::vector<std::pair<std::string, std::vector<std::string>>> groups_;
};
}  // namespace detail

/// How the intervals were made, in one line; empty when there are none.
/// `[95% intervals] bca+ (10240 replicates, seed 12345) for bleu; wilson for em`
inline std::string interval_methods_line(std::span<const named_score> scores) {
  detail::grouped_names methods;
  std::string line;
  for (const auto& [name, score] : scores) {
    if (!score->ci || !score->ci->usable()) continue;
    if (line.empty()) line = '[' + format_level(score->ci->level) + " intervals] ";
    std::string method(score->ci_method);
    if (score->ci_replicates != 0)
      method += " (" + std::to_string(score->ci_replicates) + " replicates, seed " +
                std::to_string(score->ci_seed) + ')';
    methods.add(std::move(method), name);
  }
  for (std::size_t k = 0; k < methods.size(); ++k) {
    if (k != 0) line += "; ";
    line += methods.what(k);
    if (methods.size() > 1) line += " for " + methods.names(k);
  }
  return line;
}

/// What is doubtful about the intervals, and why some scores have none: a line for each reason.
/// `[caution] fewer than 30 items: bleu, rougeL`
inline std::vector<std::string> interval_doubts(std::span<const named_score> scores) {
  detail::grouped_names reasons;
  for (const auto& [name, score] : scores) {
    if (!score->ci || score->ci->status == interval_status::ok) continue;
    const std::string mark = score->ci->usable() ? "[caution] " : "[no interval] ";
    for (const std::string_view note : score->ci_notes) reasons.add(mark + std::string(note), name);
    if (score->ci_notes.empty()) reasons.add(mark + std::string(to_string(score->ci->status)), name);
  }
  std::vector<std::string> lines;
  for (std::size_t k = 0; k < reasons.size(); ++k) lines.push_back(reasons.what(k) + ": " + reasons.names(k));
  return lines;
}

}  // namespace evalpp::inline EVALPP_ABI::report
