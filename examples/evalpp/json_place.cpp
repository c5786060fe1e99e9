// SPDX-License-Identifier: MIT
#include "json_place.hpp"

#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <string>

namespace cli {
namespace {

namespace json = evalpp::json;

std::size_t skip_space(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r\n", at), text.size());
}

class walk {
 public:
  explicit walk(std::string_view text) : text_(text), at_(skip_space(text, 0)) {}

  std::size_t at() const { return at_; }
  /// Behind the value that begins here; its content is left in `value`.
  bool read(json::value& value) {
    std::size_t length = 0;
    if (!parser_.parse_prefix(text_.substr(at_), value, length)) return false;
    at_ += length;
    return true;
  }
  bool step_into(const std::string& token) {
    const char open = at_ < text_.size() ? text_[at_] : ' ';
    if (open != '{' && open != '[') return false;
    const std::optional<std::size_t> wanted = open == '[' ? json::pointer_index(token) : std::nullopt;
    if (open == '[' && !wanted) return false;
    ++at_;
    for (std::size_t i = 0;; ++i) {
      at_ = skip_space(text_, at_);
      bool here = wanted == i;
      json::value value;
      if (open == '{') {
        if (!read(value)) return false;
        here = value.as_string() == token;
        at_ = skip_space(text_, at_) + 1;  // the colon
        at_ = skip_space(text_, at_);
      }
      if (here) return at_ < text_.size();
      if (!read(value)) return false;
      at_ = skip_space(text_, at_);
      if (at_ >= text_.size() || text_[at_] != ',') return false;
      ++at_;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_;
  json::parser parser_;
};

}  // namespace

std::optional<text_span> find_value(std::string_view text, std::string_view pointer) {
  const auto tokens = json::parse_pointer(pointer);
  if (!tokens) return std::nullopt;
  walk here(text);
  for (const std::string& token : *tokens)
    if (!here.step_into(token)) return std::nullopt;
  text_span found{here.at(), 0};
  json::value value;
  if (!here.read(value)) return std::nullopt;
  found.end = here.at();
  return found;
}

}  // namespace cli
