// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/turn.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// One example as a file states it.
struct record {
  std::string id;  ///< a string, or the digits of an integer; the row number from 0 when the file has no ids
  std::optional<std::string>
      prediction;  ///< what the system said; nothing when it is missing, "" when it is empty
  /// The items when the prediction was a list: labels, tags, token ids. A list of one item also is
  /// a `prediction`.
  std::optional<std::vector<std::string>> prediction_list;
  std::vector<std::string> references;  ///< without the missing ones, which are nulls; "" is a reference
  std::size_t missing_references = 0;   ///< how many nulls there were
  bool reference_list = false;          ///< the references were written as a list, perhaps an empty one
  std::optional<std::string> input;     ///< the prompt or question, when the file has it; a chat as its JSON
  std::vector<turn> turns;              ///< a chat turn by turn, up to its answer
  std::vector<std::string>
      slices;           ///< one value per `dataset::slice_names`, `no_slice` where the row has none
  std::string cluster;  ///< the value of `read_options::cluster`; empty when none was asked for
  std::int64_t weight = 1;
  std::size_t line = 0;  ///< where it begins in its file, from 1; 0 when the file has no lines

  bool has_prediction() const noexcept { return prediction.has_value() || prediction_list.has_value(); }
};

/// The slice of a row that does not have the slice field.
inline constexpr std::string_view no_slice = "(none)";

/// The examples of one system, in the order of its file.
struct dataset {
  std::string file;
  std::string system;  ///< the name of the file without folder and extension
  std::vector<std::string> slice_names;
  std::vector<record> records;
  bool has_ids = false;            ///< otherwise examples are joined by position
  bool has_references = false;     ///< otherwise no record has any
  std::vector<std::string> notes;  ///< what a user should be told: what was detected, dropped, looks odd

  std::size_t size() const noexcept { return records.size(); }
};

/// The name of a system: its file without folder and extension, "stdin" for "-".
inline std::string system_name(std::string_view path) {
  if (path == "-" || path == "<stdin>") return "stdin";
  const std::size_t slash = path.find_last_of("/\\");
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos && dot != 0) path = path.substr(0, dot);
  return std::string(path);
}

/// Gives systems of equal names the suffixes `#2`, `#3`, ... in order.
inline void make_names_unique(std::vector<dataset>& systems) {
  for (std::size_t i = 0; i < systems.size(); ++i) {
    const auto taken = [&](const std::string& name) {
      return std::any_of(systems.begin(), systems.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const dataset& other) { return other.system == name; });
    };
    const std::string base = systems[i].system;
    for (int n = 2; taken(systems[i].system); ++n) systems[i].system = base + '#' + std::to_string(n);
  }
}

/// An error when two records have the same id, at the line of the second.
inline status require_unique_ids(const dataset& data) {
  const auto id = [&](std::size_t i) -> const std::string& { return data.records[i].id; };
  const auto twice = find_repeated_name(data.records.size(), id);
  if (!twice) return std::monostate{};
  const auto place = [&](std::size_t row) {
    return data.records[row].line != 0 ? "line " + std::to_string(data.records[row].line)
                                       : "row " + std::to_string(row);
  };
  return evalpp::error{.code = error_code::duplicate,
                       .message = "the id \"" + id(twice->again) + "\" appears twice, first in " +
                                  place(twice->first) + " and again in " + place(twice->again),
                       .fix = "make ids unique, or choose another field with --id",
                       .file = data.file,
                       .line = data.records[twice->again].line};
}

/// How many predictions are empty; an empty prediction counts, a missing one is none.
inline std::size_t count_empty_predictions(const dataset& data) {
  return static_cast<std::size_t>(
      std::count_if(data.records.begin(), data.records.end(),
                    [](const record& r) { return r.prediction.has_value() && r.prediction->empty(); }));
}

inline std::size_t count_missing_predictions(const dataset& data) {
  return static_cast<std::size_t>(std::count_if(data.records.begin(), data.records.end(),
                                                [](const record& r) { return !r.has_prediction(); }));
}

namespace detail {

inline std::string counted(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + ' ' + (n == 1 ? one : many);
}

/// Notes what is allowed but rarely meant: empty predictions, and the words that programs print for
/// a missing value when they make up more than 0.5 % of the predictions.
inline void note_oddities(dataset& data) {
  const std::string of = " of " + std::to_string(data.records.size()) + ' ';
  if (const std::size_t empty = count_empty_predictions(data); empty != 0) {
    data.notes.push_back(data.file + ": empty predictions: " + std::to_string(empty) + of + "(they count)");
  }
  const auto printed =
      static_cast<std::size_t>(std::count_if(data.records.begin(), data.records.end(), [](const record& r) {
        return r.prediction == "None" || r.prediction == "nan" || r.prediction == "NaN" ||
               r.prediction == "null";
      }));
  if (printed * 200 > data.records.size()) {
    data.notes.push_back(data.file + ": warning: " + std::to_string(printed) + of +
                         "predictions are exactly None, nan or null: were missing values printed as words?");
  }
}

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::data
