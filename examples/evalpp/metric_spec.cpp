// SPDX-License-Identifier: MIT
#include "metric_spec.hpp"

#include "arguments.hpp"
#include "suggest.hpp"

#include <algorithm>
#include <charconv>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;

// Pieces between unescaped separators; the escapes stay.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      continue;
    }
    if (i == text.size() || text[i] == separator) {
      pieces.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return pieces;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == ',' || text[i + 1] == ':')) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace

evalpp::result<std::vector<metric_spec>> parse_metric_specs(std::string_view list) {
  std::vector<metric_spec> specs;
  for (const std::string_view item : split(list, ',')) {
    const auto fields = split(item, ':');
    metric_spec spec;
    spec.text = item;
    spec.name = unescaped(fields.front());
    if (spec.name.empty())
      return error{error_code::syntax, "-m has an empty metric name in \"" + std::string(list) + "\"",
                   "separate metrics by single commas: -m bleu,chrf"};
    for (std::size_t f = 1; f < fields.size(); ++f) {
      const std::size_t equals = fields[f].find('=');
      const std::string key = unescaped(fields[f].substr(0, equals));
      if (key.empty())
        return error{error_code::syntax, "metric \"" + spec.text + "\" has an empty option",
                     "write options as NAME:key=value:flag"};
      for (const auto& [known, value] : spec.options)
        if (known == key)
          return error{error_code::duplicate, "metric \"" + spec.text + "\" gives option " + key + " twice"};
      if (equals == std::string_view::npos)
        spec.options.emplace_back(key, std::nullopt);
      else
        spec.options.emplace_back(key, unescaped(fields[f].substr(equals + 1)));
    }
    specs.push_back(std::move(spec));
  }
  return specs;
}

const std::optional<std::string>* option_reader::find(std::string_view name) {
  known_.emplace_back(name);
  for (std::size_t i = 0; i < spec_->options.size(); ++i)
    if (spec_->options[i].first == name) {
      used_[i] = true;
      return &spec_->options[i].second;
    }
  return nullptr;
}

void option_reader::fail(std::string_view name, const std::string& what) {
  if (error_) return;
  error_ = error{error_code::invalid_argument,
                 "metric \"" + spec_->text + "\": option " + std::string(name) + ' ' + what};
}

bool option_reader::flag(std::string_view name, bool fallback) {
  const auto* value = find(name);
  if (value == nullptr) return fallback;
  if (!*value || **value == "true" || **value == "yes" || **value == "1") return true;
  if (**value == "false" || **value == "no" || **value == "0") return false;
  fail(name, "is a flag: give it without a value, or =true or =false");
  return fallback;
}

int option_reader::integer(std::string_view name, int fallback, int min, int max) {
  const auto* value = find(name);
  if (value == nullptr) return fallback;
  int parsed = 0;
  if (*value && parse_number(**value, parsed) && parsed >= min && parsed <= max) return parsed;
  fail(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return fallback;
}

double option_reader::number(std::string_view name, double fallback, double min, double max) {
  const auto* value = find(name);
  if (value == nullptr) return fallback;
  double parsed = 0;
  if (*value && parse_number(**value, parsed) && parsed >= min && parsed <= max) return parsed;
  char range[80];
  char* to = std::to_chars(range, range + 30, min).ptr;
  *to++ = ' ', *to++ = 't', *to++ = 'o', *to++ = ' ';
  to = std::to_chars(to, to + 30, max).ptr;
  fail(name, "must be a number from " + std::string(range, to));
  return fallback;
}

std::string option_reader::choice(std::string_view name, std::string_view fallback,
                                  const std::vector<std::string>& words) {
  const auto* value = find(name);
  if (value == nullptr) return std::string(fallback);
  if (*value && std::find(words.begin(), words.end(), **value) != words.end()) return **value;
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  const std::string near = *value ? nearest(**value, words) : "";
  fail(name, (*value ? "cannot be \"" + **value + "\"" : std::string("needs a value")) + "; choose one of " +
                 list + (near.empty() ? "" : " (did you mean " + near + "?)"));
  return std::string(fallback);
}

std::optional<std::string> option_reader::text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!*value || (*value)->empty()) fail(name, "needs a value");
  return *value;
}

std::optional<error> option_reader::finish() const {
  if (error_) return error_;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (used_[i]) continue;
    const std::string& name = spec_->options[i].first;
    return error{error_code::unknown_name, "metric \"" + spec_->name + "\" has no option \"" + name + "\"",
                 known_.empty() ? "it has no options" : suggestion(name, known_)};
  }
  return std::nullopt;
}

}  // namespace cli
