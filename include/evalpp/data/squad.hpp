// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/detail/rows.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// True for `{"data": [{"paragraphs": ...}]}`.
inline bool is_squad_dataset(json::value document) {
  const json::value articles = document["data"];
  return articles.is_array() && (articles.empty() || articles[0]["paragraphs"].is_array());
}

namespace detail {

inline evalpp::error squad_error(const source_text& source, std::string where, const char* what) {
  return {.code = error_code::wrong_type,
          .message = std::move(where) + ' ' + what,
          .fix =
              "the form is {\"data\": [{\"paragraphs\": [{\"qas\": [{\"id\": ..., \"answers\": [{\"text\": "
              "...}]}]}]}]}",
          .file = source.file};
}

}  // namespace detail

/// The questions of a SQuAD dataset, 1.1 or 2.0: records with id, question and answers but without
/// predictions. A question without an answer has no references.
inline result<std::vector<record>> read_squad_questions(const source_text& source, json::value document) {
  if (!is_squad_dataset(document)) return detail::squad_error(source, "the document", "is no SQuAD dataset");
  dataset all;
  all.file = source.file;
  std::size_t a = 0;
  for (const json::value article : document["data"].items()) {
    if (!article["paragraphs"].is_array())
      return detail::squad_error(source, "/data/" + std::to_string(a), "has no list of paragraphs");
    std::size_t p = 0;
    for (const json::value paragraph : article["paragraphs"].items()) {
      const std::string place = "/data/" + std::to_string(a) + "/paragraphs/" + std::to_string(p);
      if (!paragraph["qas"].is_array())
        return detail::squad_error(source, place, "has no list of questions, qas");
      std::size_t q = 0;
      for (const json::value question : paragraph["qas"].items()) {
        const auto where = [&] { return place + "/qas/" + std::to_string(q); };
        record r;
        const json::value id = question["id"];
        if (!id.is_string() && !id.is_integer()) return detail::squad_error(source, where(), "has no id");
        r.id = detail::as_text(id);
        if (const auto text = question["question"].as_string()) r.input = std::string(*text);
        if (!question["answers"].is_array())
          return detail::squad_error(source, where(), "has no list of answers");
        for (const json::value answer : question["answers"].items()) {
          const auto text = answer["text"].as_string();
          if (!text) return detail::squad_error(source, where(), "has an answer without a text");
          r.references.emplace_back(*text);
        }
        all.records.push_back(std::move(r));
        ++q;
      }
      ++p;
    }
    ++a;
  }
  if (auto unique = require_unique_ids(all); !unique) {
    unique.error().fix = "give every question an id of its own";
    return std::move(unique.error());
  }
  return std::move(all.records);
}

/// One system's answers, `{"id": "answer", ...}`, to the questions of a dataset, in its order. A
/// question without an answer is a missing prediction; answers to unknown questions are noted.
inline result<dataset> read_squad_predictions(const source_text& source, json::value document,
                                              const std::vector<record>& questions,
                                              const read_options& options = {}) {
  if (!document.is_object()) {
    return evalpp::error{.code = error_code::wrong_type,
                         .message = "SQuAD predictions are one object, this is " +
                                    std::string(json::to_string(document.kind())),
                         .fix = "write {\"id\": \"answer\", ...}",
                         .file = source.file};
  }
  dataset data;
  data.file = source.file;
  data.system = system_name(source.file);
  data.slice_names = options.slices;
  data.records = questions;
  data.has_ids = true;
  data.has_references = true;
  detail::note_text(data.notes, source, 0);

  std::vector<json::member> answers;
  answers.reserve(document.size());
  for (const json::member m : document.members()) answers.push_back(m);
  std::sort(answers.begin(), answers.end(),
            [](const json::member& x, const json::member& y) { return x.key < y.key; });
  std::size_t used = 0;
  const record* first_missing = nullptr;
  for (record& r : data.records) {
    r.slices.assign(options.slices.size(), std::string(no_slice));
    const auto at = std::lower_bound(answers.begin(), answers.end(), std::string_view(r.id),
                                     [](const json::member& m, std::string_view id) { return m.key < id; });
    const bool found = at != answers.end() && at->key == r.id;
    used += found ? 1U : 0U;
    if (found && !at->value.is_null()) {
      if (!at->value.is_string()) {
        return evalpp::error{.code = error_code::wrong_type,
                             .message = "the answer to \"" + r.id + "\" is " +
                                        std::string(json::to_string(at->value.kind())) +
                                        " where a text is needed",
                             .fix = "write {\"id\": \"answer\", ...}",
                             .file = source.file};
      }
      r.prediction = std::string(*at->value.as_string());
    } else if (first_missing == nullptr) {
      first_missing = &r;
    }
  }
  if (first_missing != nullptr && !options.allow_missing) {
    return evalpp::error{
        .code = error_code::missing_field,
        .message = detail::counted(count_missing_predictions(data), "question has", "questions have") +
                   " no prediction, the first is \"" + first_missing->id + '"',
        .fix = "complete the file, or decide with --missing skip or --missing worst",
        .file = source.file};
  }
  const field_choice choice{.names = {.id = "id", .prediction = "answer", .references = "answers"}};
  if (auto good = detail::finish(data, input_kind::squad, choice); !good) return std::move(good.error());
  if (used < answers.size()) {
    data.notes.push_back(source.file + ": " + detail::counted(answers.size() - used, "answer", "answers") +
                         " to no question of the dataset passed over");
  }
  return data;
}

}  // namespace evalpp::inline EVALPP_ABI::data
