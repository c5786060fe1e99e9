// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include "suggest.hpp"

#include <algorithm>

namespace cli {

evalpp::result<arguments> arguments::parse(const std::vector<std::string>& words,
                                           const std::vector<option>& options) {
  using evalpp::error;
  using evalpp::error_code;
  arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      out.files_.insert(out.files_.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      break;
    }
    if (word.size() < 2 || word[0] != '-') {
      out.files_.push_back(word);
      continue;
    }
    // `--name=value`, and `-nvalue` as every POSIX program takes it.
    const bool is_long = word.starts_with("--");
    const std::size_t equals = is_long ? word.find('=') : std::string::npos;
    const std::string name = word.substr(0, is_long ? equals : 2);
    const bool attached = is_long ? equals != std::string::npos : word.size() > 2;
    const std::string value = attached ? word.substr(is_long ? equals + 1 : 2) : "";
    const auto known = std::find_if(options.begin(), options.end(),
                                    [&](const option& o) { return o.name == name || o.shorthand == name; });
    if (known == options.end()) {
      const bool is_letter = is_long && name.size() == 3;  // --n where -n was meant
      const auto short_one = std::find_if(options.begin(), options.end(), [&](const option& o) {
        return is_letter && o.shorthand.size() == 2 && o.shorthand[1] == name[2];
      });
      if (short_one != options.end())
        return error{error_code::unknown_name, "there is no option " + name,
                     "did you mean " + short_one->shorthand + "?"};
      std::vector<std::string> names;
      names.reserve(options.size());
      for (const option& o : options) names.push_back(o.name);
      return error{error_code::unknown_name, "there is no option " + (is_long ? name : word),
                   suggestion(name, names)};
    }
    if (!known->takes_value) {
      if (attached) return error{error_code::invalid_argument, "option " + name + " takes no value"};
      out.options_.emplace_back(known->name, "");
      continue;
    }
    const std::string given = attached ? value : i + 1 < words.size() ? words[++i] : "";
    if (given.empty()) return error{error_code::invalid_argument, "option " + name + " needs a value"};
    out.options_.emplace_back(known->name, given);
  }
  return out;
}

bool arguments::given(std::string_view name) const {
  return std::any_of(options_.begin(), options_.end(), [&](const auto& o) { return o.first == name; });
}

std::string arguments::value(std::string_view name, std::string_view fallback) const {
  std::string found(fallback);
  for (const auto& [key, value] : options_)
    if (key == name) found = value;
  return found;
}

std::vector<std::string> arguments::values(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : options_)
    if (key == name) found.push_back(value);
  return found;
}

namespace {

evalpp::error refused_value(const std::string& name, const std::string& text, std::string fix) {
  return refusal(name + " cannot be \"" + text + '"', std::move(fix));
}

}  // namespace

evalpp::result<std::optional<double>> number_between(const arguments& args, const std::string& name,
                                                     double above, double below, std::string fix) {
  if (!args.given(name)) return std::optional<double>{};
  double x = 0;
  const std::string text = args.value(name);
  if (parse_number(text, x) && x > above && x < below) return std::optional(x);
  return refused_value(name, text, std::move(fix));
}

evalpp::result<std::optional<std::int64_t>> count_of(const arguments& args, const std::string& name,
                                                     std::int64_t least) {
  if (!args.given(name)) return std::optional<std::int64_t>{};
  constexpr std::int64_t most = 1'000'000'000'000;
  std::int64_t n = 0;
  const std::string text = args.value(name);
  if (parse_number(text, n) && n >= least && n <= most) return std::optional(n);
  return refused_value(name, text,
                       "give a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace cli
