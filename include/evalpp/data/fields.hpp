// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// What a field is for.
enum class role { id, prediction, references, input };

/// The field names that are understood without being told, the usual one first.
inline std::span<const std::string_view> aliases(role r) {
  static constexpr std::string_view id[] = {"id",  "doc_id", "sample_id", "example_id", "question_id", "qid",
                                            "uid", "idx",    "index",     "task_id",    "custom_id"};
  static constexpr std::string_view prediction[] = {
      "prediction", "predictions",  "pred",        "predict",
      "output",     "response",     "completion",  "generated_text",
      "generation", "model_output", "answer_pred", "filtered_resps",
      "resps",      "hyp",          "hypothesis",  "y_pred"};
  static constexpr std::string_view references[] = {
      "references", "reference",    "refs",     "ref",        "target",   "targets",         "label",
      "labels",     "gold",         "golds",    "ideal",      "expected", "expected_output", "answers",
      "answer",     "ground_truth", "solution", "highlights", "summary",  "y_true"};
  static constexpr std::string_view input[] = {"input",         "prompt",   "question", "instruction",
                                               "query",         "source",   "src",      "messages",
                                               "conversations", "document", "article"};
  switch (r) {
    case role::id:
      return id;
    case role::prediction:
      return prediction;
    case role::references:
      return references;
    case role::input:
      return input;
  }
  return {};
}

/// The option that names the field of a role, for messages.
inline std::string_view option_name(role r) {
  switch (r) {
    case role::id:
      return "--id";
    case role::prediction:
      return "--prediction";
    case role::references:
      return "--references";
    case role::input:
      return "--input-field";
  }
  return "";
}

inline std::string_view to_string(role r) {
  switch (r) {
    case role::id:
      return "id";
    case role::prediction:
      return "prediction";
    case role::references:
      return "references";
    case role::input:
      return "input";
  }
  return "";
}

/// Field names: as asked for (empty: detect) or as chosen (empty: the file has none).
struct field_names {
  std::string id = {};
  std::string prediction = {};
  std::string references = {};
  std::string input = {};
  std::string weight = {};  ///< never detected
};

/// The choice for one file.
struct field_choice {
  field_names names;
  bool automatic = false;  ///< at least one name was detected
};

namespace detail {

/// The name of a role among the fields that a file has: the one asked for, else the preferred one or
/// the only alias that is there, else nothing. Two aliases are an error, since guessing would be luck.
inline result<std::string> choose_field(role r, const std::string& asked, const std::string& preferred,
                                        std::span<const std::string> present, bool& automatic) {
  if (!asked.empty()) return asked;
  std::vector<std::string_view> found;
  for (const std::string_view alias : aliases(r)) {
    if (std::find(present.begin(), present.end(), alias) != present.end()) found.push_back(alias);
  }
  if (found.empty()) return std::string();
  automatic = true;
  if (found.size() == 1) return std::string(found[0]);
  if (std::find(found.begin(), found.end(), preferred) != found.end()) return preferred;
  if (r == role::input) return found[0] == "input" ? std::string(found[0]) : std::string();  // only a comfort
  std::string list;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i != 0) list += i + 1 == found.size() ? " and " : ", ";
    list += '"';
    list += found[i];
    list += '"';
  }
  return evalpp::error{.code = error_code::mismatch,
                       .message = "the fields " + list + " could each hold the " + std::string(to_string(r)),
                       .fix = "choose one: " + std::string(option_name(r)) + ' ' + std::string(found[0])};
}

inline std::string list_fields(std::span<const std::string> present) {
  constexpr std::size_t most = 30;  // where keys are data there are thousands
  std::string list;
  for (const std::string& name : present.first((std::min)(most, present.size()))) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  if (present.size() > most) list += ", ...";
  return list.empty() ? "none" : list;
}

}  // namespace detail

/// Chooses the fields of a file from the names that occur in it, in the order of their occurrence.
/// A role without a field is an empty name.
inline result<field_choice> choose_fields(const field_names& asked, std::span<const std::string> present,
                                          const field_names& preferred = {}) {
  field_choice choice;
  choice.names.weight = asked.weight;
  const std::pair<role, std::string field_names::*> roles[] = {{role::prediction, &field_names::prediction},
                                                               {role::references, &field_names::references},
                                                               {role::id, &field_names::id},
                                                               {role::input, &field_names::input}};
  for (const auto& [r, member] : roles) {
    auto name = detail::choose_field(r, asked.*member, preferred.*member, present, choice.automatic);
    if (!name) return std::move(name.error());
    choice.names.*member = std::move(*name);
  }
  // A chat holds the prompt and the answer: its last turn is whichever of the two is not elsewhere.
  const auto chat = std::find_if(present.begin(), present.end(), [](const std::string& n) {
    return n == "messages" || n == "conversations";
  });
  if (chat != present.end()) {
    if (choice.names.prediction.empty()) {
      choice.names.prediction = *chat;
      choice.automatic = true;
    } else if (choice.names.references.empty()) {
      choice.names.references = *chat;
      choice.automatic = true;
    }
  }
  if (!choice.names.prediction.empty() && choice.names.prediction == choice.names.references) {
    return evalpp::error{
        .code = error_code::mismatch,
        .message = "prediction and references are the same field, \"" + choice.names.prediction + '"',
        .fix = "name the other one: --prediction or --references"};
  }
  return choice;
}

}  // namespace evalpp::inline EVALPP_ABI::data
