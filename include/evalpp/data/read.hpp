// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/delimited.hpp>
#include <evalpp/data/detail/alignment.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/data/squad.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/parse.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

namespace detail {

struct stream {
  source_text source;
  std::vector<std::string> lines;
  std::vector<std::string> notes;
};

inline result<stream> read_stream(const std::string& path) {
  auto source = read_text(path);
  if (!source) return std::move(source.error());
  stream out{std::move(*source), {}, {}};
  out.lines = split_lines(out.source, out.notes);
  std::string().swap(out.source.text);  // the lines are copies: a large file is in memory once
  return out;
}

/// The error for a stream that does not have as many lines as the first reference stream.
inline evalpp::error count_error(const stream& expected, const stream& found) {
  const bool surplus = found.lines.size() > expected.lines.size();
  const stream& longer = surplus ? found : expected;
  const stream& shorter = surplus ? expected : found;
  evalpp::error e{.code = error_code::mismatch,
                  .message = expected.source.file + " has " +
                             counted(expected.lines.size(), "line", "lines") + ", " + found.source.file +
                             " has " + std::to_string(found.lines.size()),
                  .fix = "line k of every file must belong to example k",
                  .file = longer.source.file};
  if (shorter.lines.empty()) {
    e.file = shorter.source.file;
    e.line = 1;
    return e;
  }
  const std::size_t line = first_shifted_line(longer.lines, shorter.lines) + 1;
  e.line = line;
  if (line > shorter.lines.size()) {
    e.message += "; the surplus seems to be at the end, from line " + std::to_string(line);
  } else {
    e.message += "; from line " + std::to_string(line) + " on the lines of " + longer.source.file +
                 " look shifted by +" + std::to_string(longer.lines.size() - shorter.lines.size());
    if (surplus && line > 1) {
      e.fix = "line " + std::to_string(line - 1) + " probably contained a line break that was not escaped";
    }
  }
  return e;
}

inline status check_streams(std::span<const stream> references, const stream& system, bool allow_identical) {
  const stream& first = references[0];
  // N files of R lines for N hypotheses: one file per example in place of one per reference.
  if (references.size() > 1 && references.size() == system.lines.size() &&
      first.lines.size() != system.lines.size() &&
      std::all_of(references.begin(), references.end(),
                  [&](const stream& r) { return r.lines.size() == first.lines.size(); })) {
    return evalpp::error{.code = error_code::mismatch,
                         .message = std::to_string(references.size()) + " reference files of " +
                                    counted(first.lines.size(), "line", "lines") +
                                    " look transposed: " + system.source.file + " has " +
                                    counted(system.lines.size(), "line", "lines"),
                         .fix = "give one file per reference, with one line per example",
                         .file = first.source.file,
                         .line = first.lines.size() + 1};
  }
  for (const stream& other : references.subspan(1)) {
    if (other.lines.size() != first.lines.size()) return count_error(first, other);
  }
  if (system.lines.size() != first.lines.size()) return count_error(first, system);
  if (system.lines.empty()) {
    return evalpp::error{.code = error_code::mismatch,
                         .message = first.source.file + " and " + system.source.file + " are empty",
                         .fix = "write one example a line",
                         .file = system.source.file,
                         .line = 1};
  }
  for (const stream& reference : references) {
    if (allow_identical || reference.lines != system.lines) continue;
    return evalpp::error{
        .code = error_code::mismatch,
        .message = "prediction and reference files are identical: " + system.source.file + " and " +
                   reference.source.file,
        .fix = "the references come first, then the system's output; --allow-identical if that is meant",
        .file = system.source.file,
        .line = 1};
  }
  return std::monostate{};
}

/// Reference streams first, then one stream per system.
inline result<std::vector<dataset>> read_text_files(std::span<const std::string> files,
                                                    const read_options& options) {
  if (files.size() < 2) {
    return evalpp::error{
        .code = error_code::invalid_argument,
        .message = "text files come at least in twos: the references first, then a system's output",
        .fix = "add the file of a system, or say --input jsonl if the file carries its references",
        .file = files.empty() ? std::string() : files[0]};
  }
  if (auto none = refuse_fields(options, "text files have",
                                "fields are for JSONL, JSON, TSV and CSV; --refs adds a file of references");
      !none)
    return std::move(none.error());
  std::vector<std::string> reference_paths{files[0]};
  reference_paths.insert(reference_paths.end(), options.references.begin(), options.references.end());
  for (std::size_t i = 0; i < reference_paths.size(); ++i) {
    const auto begin = reference_paths.begin();
    const auto here = begin + static_cast<std::ptrdiff_t>(i);
    if (std::find(begin, here, *here) == here) continue;
    return evalpp::error{.code = error_code::duplicate,
                         .message = "the reference file is given twice",
                         .fix = "each --refs adds another reference for the same examples",
                         .file = *here};
  }
  std::vector<stream> references;
  for (const std::string& path : reference_paths) {
    auto read = read_stream(path);
    if (!read) return std::move(read.error());
    references.push_back(std::move(*read));
  }
  std::vector<dataset> systems;
  for (const std::string& path : files.subspan(1)) {
    auto system = read_stream(path);
    if (!system) return std::move(system.error());
    if (auto fits = check_streams(references, *system, options.allow_identical); !fits)
      return std::move(fits.error());
    dataset data;
    data.file = system->source.file;
    data.system = system_name(path);
    data.has_references = true;
    data.notes.push_back("read " + data.file + ": " + counted(system->lines.size(), "line", "lines") +
                         ", text, joined by position");
    if (systems.empty()) {
      for (const stream& r : references) data.notes.insert(data.notes.end(), r.notes.begin(), r.notes.end());
    }
    data.notes.insert(data.notes.end(), system->notes.begin(), system->notes.end());
    data.records.resize(system->lines.size());
    const bool is_last = systems.size() + 2 == files.size();  // nobody needs the lines after it
    for (std::size_t i = 0; i < data.records.size(); ++i) {
      record& r = data.records[i];
      r.id = std::to_string(i);
      r.prediction = std::move(system->lines[i]);
      r.references.reserve(references.size());
      for (stream& reference : references)
        r.references.push_back(is_last ? std::move(reference.lines[i]) : reference.lines[i]);
      r.line = i + 1;
    }
    note_oddities(data);
    systems.push_back(std::move(data));
  }
  return systems;
}

inline result<json::document> parse_document(const source_text& source) {
  json::parser parser(strict_parsing);
  auto parsed = parser.parse(source.text);
  if (!parsed)
    return in_file(with_fix(std::move(parsed.error()), "the file must be one JSON document"), source.file);
  return parser.take();
}

/// A SQuAD dataset and one predictions file per system.
inline result<std::vector<dataset>> read_squad_files(std::span<const std::string> files,
                                                     const source_text& first, json::value dataset_document,
                                                     const read_options& options) {
  if (files.size() < 2) {
    return evalpp::error{.code = error_code::invalid_argument,
                         .message = "a SQuAD dataset needs a file of predictions beside it",
                         .fix = "add it: evalpp score dev.json predictions.json",
                         .file = first.file};
  }
  if (auto none =
          refuse_fields(options, "a SQuAD dataset has", "fields are for rows of JSONL, JSON, TSV and CSV");
      !none)
    return std::move(none.error());
  auto questions = read_squad_questions(first, dataset_document);
  if (!questions) return std::move(questions.error());
  std::vector<dataset> systems;
  for (const std::string& path : files.subspan(1)) {
    auto source = read_text(path);
    if (!source) return std::move(source.error());
    auto document = parse_document(*source);
    if (!document) return std::move(document.error());
    auto data = read_squad_predictions(*source, document->root(), *questions, options);
    if (!data) return std::move(data.error());
    systems.push_back(std::move(*data));
  }
  return systems;
}

}  // namespace detail

/// Reads the files of one evaluation, one dataset per system in the order of the files:
///
///   - text: the references first, then one or more systems, joined line by line;
///     `options.references` adds reference files;
///   - JSONL, JSON, TSV, CSV: each file is a system that carries its own references;
///   - SQuAD: the dataset first, then one predictions file per system.
///
/// The kind is `options.kind`, else what the extension says; text does not mix with the other kinds.
/// Errors name the file, the line and the fix. What a user should be told is in `dataset::notes`.
inline result<std::vector<dataset>> read(std::span<const std::string> files,
                                         const read_options& options = {}) {
  if (files.empty()) {
    return evalpp::error{.code = error_code::invalid_argument, .message = "no file to read"};
  }
  if (std::count(files.begin(), files.end(), "-") +
          std::count(options.references.begin(), options.references.end(), "-") >
      1) {
    return evalpp::error{.code = error_code::invalid_argument,
                         .message = "standard input can be read only once"};
  }
  const auto kind = [&](const std::string& path) { return options.kind.value_or(kind_of(path)); };
  const auto is_text = [&](const std::string& path) { return kind(path) == input_kind::text; };
  const auto texts = static_cast<std::size_t>(std::count_if(files.begin(), files.end(), is_text));
  if (texts != 0 && texts != files.size()) {
    const std::string& text = *std::find_if(files.begin(), files.end(), is_text);
    const std::string& other = *std::find_if_not(files.begin(), files.end(), is_text);
    return evalpp::error{.code = error_code::invalid_argument,
                         .message = text + " is text and " + other + " is " +
                                    std::string(to_string(kind(other))) + ": the kinds do not mix",
                         .fix =
                             "text has its references in a file of its own, the other kinds carry them; "
                             "--input says the kind"};
  }
  result<std::vector<dataset>> systems = std::vector<dataset>{};
  if (texts != 0) {
    systems = detail::read_text_files(files, options);
  } else if (!options.references.empty()) {
    return evalpp::error{.code = error_code::invalid_argument,
                         .message = "--refs is for text files: " + files[0] + " carries its own references",
                         .fix = "put the references into the rows"};
  } else {
    for (std::size_t i = 0; i < files.size(); ++i) {
      auto source = read_text(files[i]);
      if (!source) return std::move(source.error());
      if (files[i] == "-") source->file = "<stdin>";
      result<dataset> data = dataset{};
      const input_kind k = kind(files[i]);
      if (k == input_kind::jsonl) {
        data = read_jsonl(*source, options);
      } else if (k == input_kind::tsv || k == input_kind::csv) {
        data = read_delimited(*source, k, options);
      } else {
        auto document = detail::parse_document(*source);
        if (!document) return std::move(document.error());
        if (i == 0 && (k == input_kind::squad || is_squad_dataset(document->root()))) {
          systems = detail::read_squad_files(files, *source, document->root(), options);
          break;
        }
        data = read_json_rows(*source, document->root(), options);
      }
      if (!data) return std::move(data.error());
      systems->push_back(std::move(*data));
    }
  }
  if (systems) make_names_unique(*systems);
  return systems;
}

}  // namespace evalpp::inline EVALPP_ABI::data
