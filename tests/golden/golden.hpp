// SPDX-License-Identifier: MIT
#pragma once

// The golden files: what the reference implementations gave. Names are relative to the golden
// directory, for instance "text/edge.json".
//
// The directory is the environment variable EVALPP_GOLDEN_DIR, else the compile definition of that
// name, else the committed subset in tests/data/golden (compile definition EVALPP_TEST_DATA_DIR).
// A missing file fails the test when the full set was asked for and skips it otherwise; both are
// reported here, so that a test only has to leave:
//
//     const golden::json_file expected("text/edge.json");
//     if (!expected) return;
//     for (json::value options : expected["bleu"].items()) ...

#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden {

namespace json = evalpp::json;

/// The folder of the full golden set, empty when only the committed subset is there.
inline std::string full_directory() {
  if (const char* set = std::getenv("EVALPP_GOLDEN_DIR"); set != nullptr && *set != '\0') return set;
#ifdef EVALPP_GOLDEN_DIR
  return EVALPP_GOLDEN_DIR;
#else
  return "";
#endif
}

/// True when tests run over the full set, with every row and option set.
inline bool full() { return !full_directory().empty(); }

/// The bytes of a file, or nothing when it cannot be read.
inline std::optional<std::string> read_bytes(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string bytes;
  char block[1 << 16];
  for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, n);
  std::fclose(file);
  return bytes;
}

/// The path of a golden file in the directory that is in use.
inline std::string path(std::string_view name) {
  std::string where = full() ? full_directory() : std::string(EVALPP_TEST_DATA_DIR) + "/golden";
  where += '/';
  where += name;
  return where;
}

/// The bytes of the first of these files that exists; else the test is marked as failed (full set)
/// or skipped (subset) and there is nothing.
inline std::optional<std::string> read_any(std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (auto bytes = read_bytes(path(name))) return bytes;
  }
  const std::string missing = names.size() == 0 ? std::string() : path(*names.begin());
  [&] {
    if (full()) FAIL() << "golden file missing: " << missing;
    GTEST_SKIP() << missing << " is only in the full golden set: set EVALPP_GOLDEN_DIR";
  }();
  return std::nullopt;
}

/// One JSON document of the golden set. Alternatives are for data that has another name in the
/// subset: `{"text/fuzz2000.tok.json", "text/fuzz300.tok.json"}`.
class json_file {
 public:
  explicit json_file(std::string_view name) : json_file({name}) {}
  json_file(std::initializer_list<std::string_view> names) {
    const auto bytes = read_any(names);
    if (!bytes) return;
    auto parsed = json::parse(*bytes);
    if (parsed) {
      document_ = std::move(*parsed);
    } else {
      ADD_FAILURE() << *names.begin() << ": " << to_string(parsed.error());
    }
  }

  explicit operator bool() const { return root().exists(); }
  json::value root() const { return document_.root(); }
  json::value operator[](std::string_view key) const { return root()[key]; }

 private:
  json::document document_;
};

/// The rows of a .jsonl file of the golden set; a first row with only the key `about` is left out.
class json_lines {
 public:
  explicit json_lines(std::string_view name) {
    const auto bytes = read_any({name});
    if (!bytes) return;
    for (std::size_t at = 0; at < bytes->size();) {
      const std::size_t end = std::min(bytes->find('\n', at), bytes->size());
      auto parsed = json::parse(std::string_view(*bytes).substr(at, end - at));
      at = end + 1;
      if (!parsed) {
        ADD_FAILURE() << name << ": " << to_string(parsed.error());
        return;
      }
      const json::value row = parsed->root();
      if (row.size() == 1 && row.contains("about")) continue;
      documents_.push_back(std::move(*parsed));
    }
  }

  explicit operator bool() const { return !documents_.empty(); }
  std::size_t size() const { return documents_.size(); }
  json::value operator[](std::size_t i) const { return documents_[i].root(); }

 private:
  std::vector<json::document> documents_;
};

/// A row of an input file `{"id", "hyp", "refs"}`.
struct example {
  std::string hypothesis;
  std::vector<std::string> references;                // without the missing ones
  std::vector<std::optional<std::string>> positions;  // with them, in their places

  /// Views of `references`, for the calls that take a span of them.
  std::vector<std::string_view> views() const { return {references.begin(), references.end()}; }
};

/// The examples of an input file such as "text/edge.jsonl"; empty when it is not there, which is
/// reported as above. `hypothesis` is the field to read, "hyp2" for the second system of mt200.
inline std::vector<example> examples(std::string_view name, std::string_view hypothesis = "hyp") {
  std::vector<example> out;
  const json_lines rows(name);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    example row;
    row.hypothesis = rows[i][hypothesis].as_string().value_or("");
    for (const json::value reference : rows[i]["refs"].items()) {
      const auto text = reference.as_string();
      row.positions.emplace_back(text);
      if (text) row.references.emplace_back(*text);
    }
    out.push_back(std::move(row));
  }
  return out;
}

/// The numbers of an array; anything else in it fails the test.
inline std::vector<double> doubles(json::value array) {
  std::vector<double> out;
  for (const json::value item : array.items()) {
    const auto number = item.as_double();
    if (!number) ADD_FAILURE() << "a number was expected in a golden file";
    out.push_back(number.value_or(0.0));
  }
  return out;
}

/// The strings of an array; anything else in it fails the test.
inline std::vector<std::string> strings(json::value array) {
  std::vector<std::string> out;
  for (const json::value item : array.items()) {
    const auto text = item.as_string();
    if (!text) ADD_FAILURE() << "a string was expected in a golden file";
    out.emplace_back(text.value_or(""));
  }
  return out;
}

}  // namespace golden
