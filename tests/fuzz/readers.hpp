// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/data/delimited.hpp>
#include <evalpp/data/detail/alignment.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/squad.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Arbitrary bytes as a file of any kind. The first byte chooses the kind and the options. What is read
// is UTF-8 with unique ids; what is refused is refused with a message and a line of the file.
inline int fuzz_readers(const std::uint8_t* bytes, std::size_t size) {
  namespace data = evalpp::data;
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0) return 0;
  std::string text;
  for (std::size_t i = 1; i < size; ++i) text += static_cast<char>(bytes[i]);
  const auto line_count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  const auto sound_error = [&](const evalpp::error& e) {
    require(!e.message.empty() && e.file == "f" && e.line <= line_count);
  };

  const data::read_options options{.allow_missing = (bytes[0] & 8) != 0,
                                   .allow_lists = (bytes[0] & 16) != 0,
                                   .need_references = (bytes[0] & 32) == 0};
  auto source = data::to_text("f", std::move(text));
  if (!source) {
    sound_error(source.error());
    return 0;
  }
  const auto sound = [&](const evalpp::result<data::dataset>& read) {
    if (!read) return sound_error(read.error());
    require(data::require_unique_ids(*read).has_value());
    for (const data::record& r : read->records) {
      require(r.has_prediction() || options.allow_missing);
      require(!r.prediction_list || options.allow_lists);
      require(evalpp::text::is_valid_utf8(r.id));
      require(!r.prediction || evalpp::text::is_valid_utf8(*r.prediction));
      require(r.line <= line_count);
    }
  };
  switch (bytes[0] % 5) {
    case 0:
      sound(data::read_jsonl(*source, options));
      break;
    case 1:
      sound(data::read_delimited(*source, data::input_kind::csv, options));
      break;
    case 2:
      sound(data::read_delimited(*source, data::input_kind::tsv, options));
      break;
    case 3: {
      const auto document = json::parse(source->text);
      if (!document) break;
      sound(data::read_json_rows(*source, document->root(), options));
      const auto questions = data::read_squad_questions(*source, document->root());
      if (!questions) {
        sound_error(questions.error());
      } else {
        sound(data::read_squad_predictions(*source, document->root(), *questions, options));
      }
      break;
    }
    default: {
      std::vector<std::string> notes;
      std::vector<std::string> longer = data::split_lines(*source, notes);
      const std::vector<std::string> shorter(longer.begin(),
                                             longer.begin() + static_cast<std::ptrdiff_t>(longer.size() / 2));
      if (!shorter.empty()) require(data::detail::first_shifted_line(longer, shorter) <= shorter.size());
      break;
    }
  }
  return 0;
}
