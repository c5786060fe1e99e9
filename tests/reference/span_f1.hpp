// SPDX-License-Identifier: MIT
#pragma once

// Spans of tag sequences rule by rule as in seqeval's default mode (get_entities, start_of_chunk,
// end_of_chunk), and counted as sets: the oracle of metrics/span_f1.hpp.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace reference {

using entity = std::tuple<std::string, std::int64_t, std::int64_t>;  // type, begin, end (exclusive)

inline bool end_of_chunk(char before, char tag, const std::string& before_type, const std::string& type) {
  bool end = false;
  if (before == 'E') end = true;
  if (before == 'S') end = true;
  if (before == 'B' && tag == 'B') end = true;
  if (before == 'B' && tag == 'S') end = true;
  if (before == 'B' && tag == 'O') end = true;
  if (before == 'I' && tag == 'B') end = true;
  if (before == 'I' && tag == 'S') end = true;
  if (before == 'I' && tag == 'O') end = true;
  if (before != 'O' && before != '.' && before_type != type) end = true;
  return end;
}

inline bool start_of_chunk(char before, char tag, const std::string& before_type, const std::string& type) {
  bool start = false;
  if (tag == 'B') start = true;
  if (tag == 'S') start = true;
  if (before == 'E' && tag == 'E') start = true;
  if (before == 'E' && tag == 'I') start = true;
  if (before == 'S' && tag == 'E') start = true;
  if (before == 'S' && tag == 'I') start = true;
  if (before == 'O' && tag == 'E') start = true;
  if (before == 'O' && tag == 'I') start = true;
  if (tag != 'O' && tag != '.' && before_type != type) start = true;
  return start;
}

/// Tags are ASCII here.
inline std::set<entity> get_entities(std::vector<std::string> tags) {
  tags.push_back("O");
  std::set<entity> entities;
  char before = 'O';
  std::string before_type;
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const char tag = tags[i][0];
    std::string type = tags[i].substr(1);  // chunk[1:].split('-', maxsplit=1)[-1] or '_'
    if (const auto hyphen = type.find('-'); hyphen != std::string::npos) type = type.substr(hyphen + 1);
    if (type.empty()) type = "_";
    const auto at = static_cast<std::int64_t>(i);
    if (end_of_chunk(before, tag, before_type, type)) entities.insert({before_type, begin, at});
    if (start_of_chunk(before, tag, before_type, type)) begin = at;
    before = tag;
    before_type = type;
  }
  return entities;
}

struct span_counts {
  std::int64_t both = 0, predicted = 0, actual = 0;
  bool operator==(const span_counts&) const = default;
};

inline std::map<std::string, span_counts> count_exact(const std::set<entity>& actual,
                                                      const std::set<entity>& predicted) {
  std::map<std::string, span_counts> counts;
  for (const entity& e : actual) ++counts[std::get<0>(e)].actual;
  for (const entity& e : predicted) {
    ++counts[std::get<0>(e)].predicted;
    if (actual.count(e) != 0) ++counts[std::get<0>(e)].both;
  }
  return counts;
}

/// Every position of every type is an element of a set.
inline std::map<std::string, span_counts> count_positions(const std::set<entity>& actual,
                                                          const std::set<entity>& predicted) {
  using position = std::pair<std::string, std::int64_t>;
  const auto covered = [](const std::set<entity>& entities) {
    std::set<position> positions;
    for (const auto& [type, begin, end] : entities)
      for (std::int64_t at = begin; at < end; ++at) positions.insert({type, at});
    return positions;
  };
  const auto in_actual = covered(actual), in_predicted = covered(predicted);
  std::map<std::string, span_counts> counts;
  for (const position& p : in_actual) ++counts[p.first].actual;
  for (const position& p : in_predicted) {
    ++counts[p.first].predicted;
    if (in_actual.count(p) != 0) ++counts[p.first].both;
  }
  return counts;
}

}  // namespace reference
