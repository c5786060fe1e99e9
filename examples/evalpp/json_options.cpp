// SPDX-License-Identifier: MIT
#include "json_options.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace cli {
namespace {

/// The place of the chosen word in the list; the first is the default.
std::size_t chosen(option_reader& options, const char* name, const std::vector<std::string>& words) {
  const std::string word = options.choice(name, words.front(), words);
  return static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

}  // namespace

evalpp::json::candidate_choice read_choice(option_reader& options) {
  return static_cast<evalpp::json::candidate_choice>(
      chosen(options, "choice", {"only", "first", "last", "largest"}));
}

evalpp::json::field_options read_field_options(option_reader& options) {
  using evalpp::json::array_mode;
  evalpp::json::field_options out;
  out.arrays =
      static_cast<array_mode>(chosen(options, "arrays", {"ordered", "multiset", "assignment", "keyed"}));
  out.key = options.text("key").value_or("");
  if ((out.arrays == array_mode::keyed) == out.key.empty())
    options.refuse({evalpp::error_code::invalid_argument, "arrays=keyed and key=NAME go together",
                    "write arrays=keyed:key=id"});
  out.abs_tol = options.number("abs_tol", 0, 0, 1e300);
  out.rel_tol = options.number("rel_tol", 0, 0, 1e300);
  out.null_is_absent = options.flag("null_is_absent");
  out.trim = options.flag("trim");
  out.casefold = options.flag("casefold");
  return out;
}

}  // namespace cli
