// SPDX-License-Identifier: MIT
#include "schema_input.hpp"

#include <evalpp/data/fields.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/find_text.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <variant>

namespace cli {
namespace {

namespace data = evalpp::data;
namespace json = evalpp::json;
using evalpp::error;
using evalpp::error_code;

/// The pointer to a field: the member of that name, else where its dotted path leads. Empty: there is none.
std::string pointer_to_field(json::value row, std::string_view name) {
  std::string pointer;
  if (row.contains(name)) {
    json::append_pointer(pointer, name);
    return pointer;
  }
  for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    const json::value inner = row.find(name.substr(0, dot));
    if (!inner.is_object()) continue;
    const std::string rest = pointer_to_field(inner, name.substr(dot + 1));
    if (rest.empty()) continue;
    json::append_pointer(pointer, name.substr(0, dot));
    return pointer + rest;
  }
  return pointer;
}

std::optional<std::string> id_of(json::value row) {
  for (const std::string_view name : data::aliases(data::role::id)) {
    const json::value id = row.find(name);
    if (const auto text = id.as_string()) return std::string(*text);
    if (id.is_integer()) {
      const auto number = id.as_int64();
      return number ? std::to_string(*number) : std::string(id.number_text());
    }
  }
  return std::nullopt;
}

class reader {
 public:
  reader(schema_input& out, const schema_input_options& options) : out_(&out), options_(&options) {}

  evalpp::status read(const std::string& file) {
    file_ = file;
    index_ = 0;
    auto bytes = data::read_bytes(file);
    if (!bytes) return std::move(bytes.error());
    text_ = std::move(*bytes);
    const data::input_kind kind = options_->kind.value_or(data::kind_of(file));
    const bool rows = !options_->field.empty();
    if (rows && kind == data::input_kind::text)
      return error{error_code::invalid_argument, "--field needs rows, and this file is text",
                   "say --input jsonl if it holds one JSON object a line", file};
    if (kind == data::input_kind::json) return rows ? read_json_rows() : (add(text_, false, 1), ok());
    if (kind == data::input_kind::jsonl) return read_lines(rows);
    return options_->whole ? (add(text_, true, 1), ok()) : read_lines(false);
  }

 private:
  static evalpp::status ok() { return std::monostate{}; }

  schema_item& add(std::string_view text, bool is_output, std::size_t line) {
    schema_item made{file_};
    made.index = index_++;
    made.text = text;
    made.is_output = is_output;
    made.line = line;
    out_->items.push_back(std::move(made));
    return out_->items.back();
  }

  /// A byte order mark before several documents belongs to the file.
  void drop_byte_order_mark() {
    if (text_.compare(0, 3, "\xEF\xBB\xBF") != 0) return;
    text_.erase(0, 3);
    out_->notes.push_back(file_ + ": dropped a byte order mark");
  }

  evalpp::status read_lines(bool rows) {
    drop_byte_order_mark();
    const bool outputs = options_->kind.value_or(data::kind_of(file_)) != data::input_kind::jsonl;
    std::size_t blank = 0;
    data::line_reader lines(text_);
    for (std::string_view line; lines.next(line);) {
      if (!outputs && line.find_first_not_of(" \t\r") == std::string_view::npos) {
        ++blank;
      } else if (rows) {
        if (auto read = read_row(line, lines.number()); !read) return read;
      } else {
        add(line, outputs, lines.number());
      }
    }
    if (const std::size_t n = lines.carriage_returns(); n != 0)
      out_->notes.push_back(file_ + ": dropped the carriage return at the end of " + std::to_string(n) +
                            (n == 1 ? " line" : " lines"));
    if (blank != 0)
      out_->notes.push_back(file_ + ": passed over " + std::to_string(blank) +
                            (blank == 1 ? " blank line" : " blank lines"));
    return ok();
  }

  evalpp::status read_json_rows() {
    drop_byte_order_mark();
    const auto document = json::parse(text_);
    if (!document) return in_file(document.error(), 1);
    if (!document->root().is_array()) return read_row(text_, 1);
    for (std::size_t i = 0; i < document->root().size(); ++i) {
      const auto found = json::find_text(text_, '/' + std::to_string(i));
      if (!found) continue;
      const std::string_view before = std::string_view(text_).substr(0, found->begin);
      const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
      if (auto read = read_row(std::string_view(text_).substr(found->begin, found->end - found->begin), line);
          !read)
        return read;
    }
    return ok();
  }

  error in_file(error e, std::size_t line) const {
    e.file = file_;
    e.line = line + (e.line == 0 ? 0 : e.line - 1);
    if (e.column == 0) e.column = 1;
    if (e.fix.empty()) e.fix = "with --field every row must be one JSON object";
    return e;
  }

  evalpp::status read_row(std::string_view row, std::size_t line) {
    const auto parsed = parser_.parse(row);
    if (!parsed) return in_file(parsed.error(), line);
    if (!parsed->is_object())
      return in_file({error_code::wrong_type,
                      "a row must be an object, this is " + std::string(json::to_string(parsed->kind())),
                      "leave --field out if the rows themselves are the documents"},
                     line);
    const std::string pointer = pointer_to_field(*parsed, options_->field);
    json::text_span place;  // empty: the row has no such field
    if (!pointer.empty()) place = json::find_text(row, pointer).value_or(place);
    for (const std::size_t key : parser_.report().repeated_keys) {
      if (key > place.begin && key < place.end) continue;  // for the judge
      const json::detail::position at = json::detail::locate(row, key);
      return in_file({error_code::duplicate,
                      "the row has a key twice",
                      "keep one of the two values",
                      {},
                      key,
                      at.line,
                      at.column},
                     line);
    }
    if (place.begin == place.end) return add_missing(*parsed, line);
    const json::value value = json::resolve_pointer(*parsed, pointer);
    const auto output = value.as_string();
    schema_item& made =
        add(output ? *output : row.substr(place.begin, place.end - place.begin), output.has_value(), line);
    made.in_field = true;
    made.id = id_of(*parsed);
    made.references = references_of(*parsed);
    return ok();
  }

  /// One document, or a list of them; a string is its text.
  std::vector<std::string> references_of(json::value row) const {
    std::vector<std::string> found;
    if (options_->references.empty()) return found;
    const json::value field = json::resolve_pointer(row, pointer_to_field(row, options_->references));
    const auto add_one = [&](json::value one) {
      if (!one.is_null()) found.push_back(one.is_string() ? std::string(*one.as_string()) : json::write(one));
    };
    if (field.is_array())
      for (const json::value one : field.items()) add_one(one);
    else if (field.exists() && field.identity() != row.identity())  // not the row: a field
      add_one(field);
    return found;
  }

  evalpp::status add_missing(json::value row, std::size_t line) {
    using missing = schema_input_options::missing;
    if (options_->when_missing == missing::error) {
      std::string fields;
      for (const json::member m : row.members()) fields += (fields.empty() ? "" : ", ") + std::string(m.key);
      return in_file({error_code::missing_field,
                      "the row has no field \"" + options_->field + "\"; its fields are " + fields,
                      "name another with --field, or decide with --missing skip or --missing worst"},
                     line);
    }
    if (options_->when_missing == missing::skip) {
      ++index_;
      ++out_->skipped;
      return ok();
    }
    schema_item& made = add({}, true, line);
    made.is_missing = made.in_field = true;
    made.id = id_of(row);
    made.references = references_of(row);
    return ok();
  }

  schema_input* out_;
  const schema_input_options* options_;
  std::string file_;
  std::string text_;
  std::size_t index_ = 0;
  json::parser parser_;
};

}  // namespace

evalpp::result<schema_input> read_schema_input(const std::vector<std::string>& files,
                                               const schema_input_options& options) {
  schema_input out;
  reader input(out, options);
  if (std::count(files.begin(), files.end(), "-") > 1)
    return error{error_code::invalid_argument, "standard input can be read only once"};
  for (const std::string& file : files)
    if (auto read = input.read(file); !read) return std::move(read.error());
  return out;
}

}  // namespace cli
