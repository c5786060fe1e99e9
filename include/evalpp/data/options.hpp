// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/data/fields.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// The kinds of files that are understood.
enum class input_kind : std::uint8_t { text, jsonl, json, tsv, csv, squad };

/// "text", "JSONL", "JSON", "TSV", "CSV", "SQuAD", for messages.
inline std::string_view to_string(input_kind kind) {
  switch (kind) {
    case input_kind::text:
      return "text";
    case input_kind::jsonl:
      return "JSONL";
    case input_kind::json:
      return "JSON";
    case input_kind::tsv:
      return "TSV";
    case input_kind::csv:
      return "CSV";
    case input_kind::squad:
      return "SQuAD";
  }
  return "";
}

/// The kind that a name says, by its extension in any case; text for everything unknown and for "-".
inline input_kind kind_of(std::string_view path) {
  const auto ends_with = [path](std::string_view extension) {
    if (path.size() < extension.size()) return false;
    const std::string_view end = path.substr(path.size() - extension.size());
    for (std::size_t i = 0; i < end.size(); ++i) {
      const char c = end[i] >= 'A' && end[i] <= 'Z' ? static_cast<char>(end[i] - 'A' + 'a') : end[i];
      if (c != extension[i]) return false;
    }
    return true;
  };
  if (ends_with(".jsonl") || ends_with(".ndjson")) return input_kind::jsonl;
  if (ends_with(".json")) return input_kind::json;
  if (ends_with(".tsv")) return input_kind::tsv;
  if (ends_with(".csv")) return input_kind::csv;
  return input_kind::text;
}

/// The kind for a word of the option `--input`: text, jsonl, json, tsv, csv or squad.
inline std::optional<input_kind> parse_kind(std::string_view word) {
  if (word == "text") return input_kind::text;
  if (word == "jsonl" || word == "ndjson") return input_kind::jsonl;
  if (word == "json") return input_kind::json;
  if (word == "tsv") return input_kind::tsv;
  if (word == "csv") return input_kind::csv;
  if (word == "squad") return input_kind::squad;
  return std::nullopt;
}

/// How files are read.
struct read_options {
  std::optional<input_kind> kind = {};       ///< otherwise by extension
  field_names fields = {};                   ///< what is empty is detected
  field_names preferred = {};                ///< what detection takes where several names would do
  std::vector<std::string> slices = {};      ///< fields to keep for slicing; dots lead into objects
  std::string cluster = {};                  ///< the field whose equal values tie rows together, if any
  std::vector<std::string> references = {};  ///< further reference files, one stream each, of text
  bool allow_missing = false;    ///< keep records without a prediction instead of refusing the file
  bool allow_lists = false;      ///< rows hold labels: predictions may be lists, 1.0 is the label 1
  bool allow_documents = false;  ///< rows hold JSON: a list or an object is a document, in compact JSON
  bool need_references = true;   ///< refuse a file without a references field
  bool allow_identical = false;  ///< accept predictions that equal the references byte for byte
};

}  // namespace evalpp::inline EVALPP_ABI::data
