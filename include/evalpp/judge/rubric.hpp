// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/item.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// A level of a scale, with what earns it.
struct level {
  std::int64_t score = 0;
  std::string description;

  bool operator==(const level&) const = default;
};

/// What an answer is judged by. One of three kinds: a scale (`scale` has two levels or more, lowest first;
/// every integer from the first to the last is a legal score), a checklist item (`points`, which may be
/// negative: met or not met), or a group (`parts`: a node of a tree, the weighted mean of its parts).
struct criterion {
  std::string name;
  std::string description = {};
  std::vector<level> scale = {};
  std::optional<double> points = {};
  std::vector<criterion> parts = {};
  double weight = 1;  ///< within the criteria it stands among; 0 leaves it out of the whole

  bool operator==(const criterion&) const = default;
};

/// A worked example: an item and the verdict that it should get.
struct worked_example {
  item judged;
  std::string reasoning;
  /// One for each leaf criterion in the rubric's order: the level, or 1 for met and 0 for not met.
  std::vector<std::int64_t> scores;

  bool operator==(const worked_example&) const = default;
};

/// What a judge is asked: a value, written in code or read from a file (`read_rubric`).
struct rubric {
  std::string name;
  std::vector<criterion> criteria;
  std::string instructions = {};        ///< what the judge is told of the task; empty for a default
  std::vector<std::string> steps = {};  ///< G-Eval: the steps of the evaluation, numbered in the prompt
  bool with_references = true;          ///< the judge sees an item's references, when it has any
  std::vector<worked_example> examples = {};

  bool operator==(const rubric&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
