// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/detail/chat.hpp>
#include <evalpp/data/fields.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// From a JSON object to a record. What is shared by JSONL and arrays of objects.

namespace evalpp::inline EVALPP_ABI::data::detail {

/// The member of that name, else the one that its dotted path leads to.
inline json::value look_up(json::value row, std::string_view path) {
  if (const json::value direct = row.find(path); direct.exists()) return direct;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1)) {
    const json::value inner = row.find(path.substr(0, dot));
    if (inner.is_object()) return look_up(inner, path.substr(dot + 1));
  }
  return {};
}

/// A scalar as text: strings as they are, numbers as they were written, true and false as words,
/// objects and arrays as compact JSON.
inline std::string as_text(json::value item) {
  if (const auto text = item.as_string()) return std::string(*text);
  return json::write(item);
}

/// A label as text: 1.0 is 1, as it is to the languages that write it so.
inline std::string as_label(json::value item) {
  if (const auto whole = item.as_int64()) return std::to_string(*whole);
  return as_text(item);
}

/// The names of all fields seen so far, in the order of their first occurrence.
class field_collector {
 public:
  void add(json::value row) {
    std::size_t i = 0;
    for (const json::member m : row.members()) {
      // Rows mostly have the same fields in the same order.
      if (i < names_.size() && names_[i] == m.key) {
        ++i;
        continue;
      }
      if (std::find(names_.begin(), names_.end(), m.key) == names_.end()) {
        if (names_.size() < most) names_.emplace_back(m.key);
      }
      ++i;
    }
  }
  std::span<const std::string> names() const { return names_; }

 private:
  static constexpr std::size_t most = 4096;  // rows whose keys are data would make this quadratic
  std::vector<std::string> names_;
};

/// Turns rows into the records of one dataset.
class record_builder {
 public:
  record_builder(dataset& out, const read_options& options, field_choice choice,
                 std::span<const std::string> present)
      : out_(&out), options_(&options), choice_(std::move(choice)), present_(present) {
    out_->slice_names = options.slices;
    out_->has_ids = !choice_.names.id.empty();
    out_->has_references = !choice_.names.references.empty();
  }

  const field_choice& choice() const { return choice_; }

  /// Refuses files that lack the fields that are needed.
  status check_fields() const {
    if (present_.empty()) {
      return evalpp::error{
          .code = error_code::missing_field,
          .message = "the file has no rows with fields",
          .fix = "write rows such as {\"id\": ..., \"prediction\": ..., \"references\": [...]}"};
    }
    if (choice_.names.prediction.empty() && !options_->allow_missing) return no_field(role::prediction);
    if (choice_.names.references.empty() && options_->need_references) return no_field(role::references);
    return std::monostate{};
  }

  /// Appends the record of one row. An error has no file or line yet; `key` of a wrong field is left in
  /// `faulty_field()`.
  status add(json::value row, std::size_t line) {
    faulty_field_.clear();
    record r;
    r.line = line;
    for (const auto& step :
         {&record_builder::read_prediction, &record_builder::read_references, &record_builder::read_rest}) {
      if (auto done = (this->*step)(row, r); !done) return done;
    }
    out_->records.push_back(std::move(r));
    return std::monostate{};
  }

  std::string_view faulty_field() const { return faulty_field_; }

 private:
  evalpp::error no_field(role r) const {
    return {.code = error_code::missing_field,
            .message = "no field holds the " + std::string(to_string(r)) + "; the fields are " +
                       list_fields(present_),
            .fix = "name it with " + std::string(option_name(r))};
  }

  evalpp::error fault(error_code code, const std::string& field, std::string message, std::string fix) {
    faulty_field_ = field;
    return {.code = code, .message = std::move(message), .fix = std::move(fix)};
  }

  std::string plain_text(json::value item) const {
    return options_->allow_lists ? as_label(item) : as_text(item);
  }

  status read_prediction(json::value row, record& r) {
    const std::string& name = choice_.names.prediction;
    json::value item = name.empty() ? json::value{} : look_up(row, name);
    while (!options_->allow_documents && item.is_array() && item.size() == 1 &&
           (item[0].is_array() || item[0].is_null()))
      item = item[0];  // lm-eval's resps; a list of nothing but null is null
    if (!item.exists() || item.is_null()) {
      if (options_->allow_missing) return std::monostate{};
      return fault(error_code::missing_field, name,
                   '"' + name + "\" is " + (item.exists() ? "null" : "missing") + ": there is no prediction",
                   "complete the file, or decide with --missing skip or --missing worst");
    }
    if (looks_like_chat(item)) {
      r.prediction = chat_answer(item);
      if (r.prediction || options_->allow_missing) return std::monostate{};
      return fault(error_code::missing_field, name,
                   '"' + name + "\" does not end with a turn of the assistant: there is no answer",
                   "give the answer as the last turn, or name another field with --prediction");
    }
    if (!item.is_array() || options_->allow_documents) {
      r.prediction = plain_text(item);
      return std::monostate{};
    }
    if (item.size() == 1) r.prediction = plain_text(item[0]);
    if (options_->allow_lists) {
      r.prediction_list.emplace();
      for (const json::value one : item.items()) {
        if (one.is_null())
          return fault(error_code::wrong_type, name, '"' + name + "\" has a null among its labels",
                       "leave it out of the list");
        r.prediction_list->push_back(as_label(one));
      }
    } else if (!r.prediction) {
      return fault(
          error_code::wrong_type, name,
          '"' + name + "\" is a list of " + std::to_string(item.size()) + " items where one text is needed",
          "choose the one to score; lists of labels are for -m classification alone");
    }
    return std::monostate{};
  }

  status read_references(json::value row, record& r) {
    const std::string& name = choice_.names.references;
    if (name.empty()) return std::monostate{};
    json::value item = look_up(row, name);
    if (!item.exists()) {
      if (options_->allow_missing || !options_->need_references) return std::monostate{};
      return fault(error_code::missing_field, name, '"' + name + "\" is missing: there is no reference",
                   "complete the file; null or [] says that a row has none");
    }
    if (item.is_null()) {
      r.missing_references = 1;
      return std::monostate{};
    }
    if (looks_like_chat(item)) {
      if (auto turn = chat_answer(item)) r.references.push_back(std::move(*turn));
      return std::monostate{};
    }
    if (item.is_object() && item["text"].is_array() && !options_->allow_documents)
      item = item["text"];  // {"text": [...], "answer_start": [...]}
    if (!item.is_array()) {
      r.references.push_back(plain_text(item));
      return std::monostate{};
    }
    r.reference_list = true;
    for (const json::value one : item.items()) {
      if (one.is_null()) {
        ++r.missing_references;
      } else if (one.is_object() && one.contains("answer_start") && one["text"].is_string() &&
                 !options_->allow_documents) {
        r.references.push_back(as_text(one["text"]));
      } else if (one.is_array() && !options_->allow_lists && !options_->allow_documents) {
        return fault(error_code::wrong_type, name, '"' + name + "\" is a list of lists",
                     "give each example the list of its own references: [\"first\", \"second\"]");
      } else {
        r.references.push_back(plain_text(one));
      }
    }
    return std::monostate{};
  }

  status read_rest(json::value row, record& r) {
    if (choice_.names.id.empty()) {
      r.id = std::to_string(out_->records.size());
    } else {
      const json::value id = look_up(row, choice_.names.id);
      if (const auto text = id.as_string()) {
        r.id = *text;
      } else if (const auto number = id.as_int64()) {
        r.id = std::to_string(*number);
      } else if (id.is_integer() && id.number_text().find_first_of(".eE") == std::string_view::npos) {
        r.id = id.number_text();  // more than 64 bits
      } else {
        const bool missing = !id.exists() || id.is_null();
        return fault(
            missing ? error_code::missing_field : error_code::wrong_type, choice_.names.id,
            '"' + choice_.names.id + "\", the id, is " +
                (missing ? id.exists() ? "null" : "missing" : std::string(json::to_string(id.kind()))),
            "an id is a string or an integer; choose another field with --id");
      }
    }
    if (!choice_.names.input.empty()) {
      const json::value input = look_up(row, choice_.names.input);
      if (input.exists() && !input.is_null()) r.input = as_text(input);
      if (looks_like_chat(input)) r.turns = turns_before_answer(input);
    }
    for (const std::string& name : options_->slices) {
      const json::value item = look_up(row, name);
      r.slices.push_back(item.exists() && !item.is_null() ? as_text(item) : std::string(no_slice));
    }
    if (!options_->cluster.empty()) {
      const json::value item = look_up(row, options_->cluster);
      if (!item.exists() || item.is_null())
        return fault(error_code::missing_field, options_->cluster,
                     '"' + options_->cluster + "\", the cluster, is " + (item.exists() ? "null" : "missing"),
                     "give every row its cluster, or leave out --cluster");
      r.cluster = as_text(item);
    }
    if (!choice_.names.weight.empty()) {
      const auto weight = look_up(row, choice_.names.weight).as_int64();
      if (!weight || *weight < 0) {
        return fault(error_code::wrong_type, choice_.names.weight,
                     '"' + choice_.names.weight + "\", the weight, is no integer from 0",
                     "a weight says how often a row counts");
      }
      r.weight = *weight;
    }
    return std::monostate{};
  }

  dataset* out_;
  const read_options* options_;
  field_choice choice_;
  std::span<const std::string> present_;
  std::string faulty_field_;
};

/// The field names that were asked for, each with the option that did.
inline std::vector<std::pair<std::string, std::string_view>> asked_fields(const read_options& options) {
  std::vector<std::pair<std::string, std::string_view>> asked;
  const auto add = [&](const std::string& name, std::string_view option) {
    if (!name.empty()) asked.emplace_back(name, option);
  };
  const field_names& names = options.fields;
  add(names.prediction, option_name(role::prediction));
  add(names.references, option_name(role::references));
  add(names.id, option_name(role::id));
  add(names.input, option_name(role::input));
  add(names.weight, "the weight option");
  for (const std::string& slice : options.slices) add(slice, "--slice");
  add(options.cluster, "--cluster");
  return asked;
}

/// Files that have no fields take no option that names one: ignoring it would be a surprise. `what` is
/// "text files have" or its like.
inline status refuse_fields(const read_options& options, std::string_view what, std::string_view fix) {
  const auto asked = asked_fields(options);
  if (asked.empty()) return std::monostate{};
  return evalpp::error{.code = error_code::unknown_name,
                       .message = std::string(what) + " no field \"" + asked[0].first + "\" that " +
                                  std::string(asked[0].second) + " names",
                       .fix = std::string(fix)};
}

/// A name that was asked for must be there at least once.
inline status require_fields(const read_options& options, std::span<const std::string> present) {
  const auto known = [present](const std::string& name) {
    const std::string head = name.substr(0, name.find('.'));
    const auto is = [&](const std::string& p) { return p == name || p == head; };
    return std::any_of(present.begin(), present.end(), is);
  };
  for (const auto& [name, option] : asked_fields(options)) {
    if (known(name)) continue;
    return evalpp::error{.code = error_code::unknown_name,
                         .message = "no row has the field \"" + name + "\" that " + std::string(option) +
                                    " names; the fields are " + list_fields(present)};
  }
  return std::monostate{};
}

/// Everything between knowing the fields and reading the first row. `present` must outlive the builder.
inline result<record_builder> make_builder(dataset& out, const read_options& options,
                                           std::span<const std::string> present) {
  if (auto known = require_fields(options, present); !known) return std::move(known.error());
  auto choice = choose_fields(options.fields, present, options.preferred);
  if (!choice) return std::move(choice.error());
  record_builder builder(out, options, std::move(*choice), present);
  if (auto complete = builder.check_fields(); !complete) return std::move(complete.error());
  return builder;
}

/// `read preds.jsonl: 1319 rows, JSONL, prediction=response, references=target, id=doc_id (auto)`
inline std::string announcement(const dataset& data, input_kind kind, const field_choice& choice) {
  std::string text = "read " + data.file + ": " + counted(data.size(), "row", "rows") + ", ";
  text += to_string(kind);
  const auto name = [&](const char* what, const std::string& field) {
    if (field.empty()) return;
    text += ", ";
    text += what;
    text += '=';
    text += field;
  };
  name("prediction", choice.names.prediction);
  name("references", choice.names.references);
  name("id", choice.names.id);
  if (choice.automatic) text += " (auto)";
  if (choice.names.id.empty()) text += ", joined by position";
  return text;
}

/// What every reader does at its end.
inline status finish(dataset& data, input_kind kind, const field_choice& choice) {
  data.notes.insert(data.notes.begin(), announcement(data, kind, choice));
  note_oddities(data);
  return require_unique_ids(data);
}

}  // namespace evalpp::inline EVALPP_ABI::data::detail
