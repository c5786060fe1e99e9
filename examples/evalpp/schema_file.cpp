// SPDX-License-Identifier: MIT
#include "schema_file.hpp"

#include <evalpp/data/file.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/find_text.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/uri.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace cli {
namespace {

namespace fs = std::filesystem;
namespace json = evalpp::json;
using evalpp::error;
using evalpp::error_code;

/// A path as a URI; what a URI must not hold is encoded.
std::string file_uri(const fs::path& path) {
  static constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@!$&'()*+,;=";
  const std::string text = path.generic_string();
  std::string uri = text.substr(0, 1) == "/" ? "file://" : "file:///";
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += "0123456789ABCDEF"[byte >> 4];
    uri += "0123456789ABCDEF"[byte & 0xFU];
  }
  return uri;
}

std::string without_byte_order_mark(std::string text, const std::string& file,
                                    std::vector<std::string>& notes) {
  if (text.compare(0, 3, "\xEF\xBB\xBF") != 0) return text;
  notes.push_back(file + ": dropped a byte order mark");
  return text.substr(3);
}

/// The documents that references may lead to.
class documents {
 public:
  explicit documents(const std::string& schema_file) {
    std::error_code ignored;
    folder_ = fs::weakly_canonical(fs::absolute(schema_file, ignored).parent_path(), ignored);
    folder_uri_ = file_uri(folder_ / "");
  }

  evalpp::status add_map(const std::string& map, std::vector<std::string>& notes) {
    const std::size_t equals = map.rfind('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == map.size())
      return error{error_code::invalid_argument, "--map cannot be \"" + map + "\"",
                   "write --map URI=FILE, such as --map https://example.com/address.json=address.json"};
    const std::string file = map.substr(equals + 1);
    auto bytes = evalpp::data::read_bytes(file);
    if (!bytes) return std::move(bytes.error());
    const std::string uri(json::without_fragment(std::string_view(map).substr(0, equals)));
    texts_[uri] = {file, without_byte_order_mark(std::move(*bytes), file, notes)};
    return std::monostate{};
  }

  /// URIs beside the `$id` of the schema are files beside the schema.
  void set_id(std::string_view id) {
    const std::size_t slash = json::without_fragment(id).rfind('/');
    const std::size_t authority = id.find("://");
    if (slash != std::string_view::npos && authority != std::string_view::npos && authority + 2 < slash)
      id_folder_ = id.substr(0, slash + 1);
  }

  std::string uri_of(const std::string& schema_file) const {
    return file_uri(folder_ / fs::path(schema_file).filename());
  }

  std::optional<std::string> operator()(std::string_view uri) {
    const std::string key(uri);
    const auto known = texts_.find(key);
    if (known != texts_.end()) return known->second.text;
    std::string_view below;
    if (uri.substr(0, folder_uri_.size()) == folder_uri_)
      below = uri.substr(folder_uri_.size());
    else if (!id_folder_.empty() && uri.substr(0, id_folder_.size()) == id_folder_)
      below = uri.substr(id_folder_.size());
    if (below.empty() || below.find('?') != std::string_view::npos) return std::nullopt;
    std::error_code failed;
    const fs::path path = fs::weakly_canonical(folder_ / json::percent_decode(below), failed);
    const fs::path inside = path.lexically_relative(folder_);  // links may lead out of the folder
    if (failed || inside.empty() || *inside.begin() == ".." || !fs::is_regular_file(path, failed))
      return std::nullopt;
    auto bytes = evalpp::data::read_bytes(path.string());
    if (!bytes) return std::nullopt;
    std::vector<std::string> unused;
    loaded& made = texts_[key];
    made = {path.string(), without_byte_order_mark(std::move(*bytes), path.string(), unused)};
    return made.text;
  }

  struct loaded {
    std::string file;
    std::string text;
  };
  const loaded* find(const std::string& uri) const {
    const auto known = texts_.find(uri);
    return known == texts_.end() ? nullptr : &known->second;
  }

 private:
  fs::path folder_;
  std::string folder_uri_;
  std::string id_folder_;
  std::map<std::string, loaded> texts_;
};

/// An error at a JSON Pointer gets the place in the file.
error placed(error e, const std::string& schema_file, const std::string& schema_text,
             const documents& others) {
  std::string_view text = schema_text;
  if (e.file.empty()) {
    e.file = schema_file;
  } else if (const documents::loaded* other = others.find(e.file)) {
    e.file = other->file;
    text = other->text;
  }
  if (e.line != 0 || e.message.compare(0, 1, "\"") != 0) return e;
  const std::size_t close = e.message.find("\": ", 1);
  if (close == std::string::npos) return e;
  const std::string pointer = e.message.substr(1, close - 1);
  return json::at_pointer(std::move(e), text, pointer);  // of a keyword that is missing the schema around it
}

}  // namespace

evalpp::result<loaded_schema> load_schema(const schema_request& request) {
  std::vector<std::string> notes;
  documents others(request.file);
  for (const std::string& map : request.maps)
    if (auto added = others.add_map(map, notes); !added) return std::move(added.error());
  auto bytes = evalpp::data::read_bytes(request.file);
  if (!bytes) return std::move(bytes.error());
  const std::string text = without_byte_order_mark(std::move(*bytes), request.file, notes);
  if (const auto parsed = json::parse(text)) {
    const json::value id = parsed->root()["$id"].exists() ? parsed->root()["$id"] : parsed->root()["id"];
    others.set_id(id.as_string().value_or(""));
  }

  json::schema_options options;
  options.default_dialect = request.dialect;
  if (request.assert_format) options.assert_format = true;
  options.base_uri = others.uri_of(request.file);
  options.loader = others;
  auto schema = json::schema::compile(text, options);
  if (!schema) {
    error e = placed(std::move(schema.error()), request.file, text, others);
    if (e.message.find(" leads nowhere") != std::string::npos)
      e.fix = "put the file beside the schema, or name it with --map URI=FILE; nothing is fetched";
    return e;
  }
  for (const json::schema_warning& w : schema->warnings()) {
    std::string note = request.file + ": warning: ";
    if (!w.location.empty()) note += w.location + ": ";
    notes.push_back(note + w.message);
  }
  return loaded_schema{std::move(*schema), std::move(notes)};
}

}  // namespace cli
