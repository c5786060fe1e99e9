// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/parse.hpp>

#include <reference/json_fields.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

// Bytes choose two small JSON values and the options to compare them by: the counts are those of all pairings
// tried one by one, and what is said of the single fields adds up to them.
namespace fuzz_json_fields_detail {

class chooser {
 public:
  chooser(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

  std::size_t below(std::size_t n) {
    if (left_ == 0) return 0;
    --left_;
    return *data_++ % n;
  }

  /// A value whose arrays begin `turned` items later and whose `altered`th scalar is another.
  std::string value(int depth, std::size_t turned = 0, std::size_t altered = 0) {
    static constexpr const char* scalars[] = {"null",
                                              "true",
                                              "false",
                                              "0",
                                              "-0",
                                              "1",
                                              "1.0",
                                              "10e-1",
                                              "1.05",
                                              "0.95",
                                              "2",
                                              "-1",
                                              "\"a\"",
                                              "\"A\"",
                                              "\" a \"",
                                              "\"1\"",
                                              "\"\"",
                                              "1.1",
                                              "100",
                                              "105",
                                              "\" A  a\"",
                                              "\"2025-01-01T00:30:00Z\"",
                                              "\"2024-12-31T23:30:00-01:00\""};
    const std::size_t what = below(depth == 0 ? 1 : 3);
    if (what == 0) return scalars[(below(std::size(scalars)) + (++scalars_ == altered)) % std::size(scalars)];
    std::vector<std::string> items(below(what == 1 ? 5 : 4));
    for (std::string& item : items) item = value(depth - 1, turned, altered);
    std::string out = what == 1 ? "[" : "{";
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) out += ',';
      static constexpr const char* keys[] = {"\"id\":", "\"k\":", "\"long\":"};
      if (what == 2) out += keys[i];
      out += items[what == 1 ? (i + turned) % items.size() : i];
    }
    return out + (what == 1 ? "]" : "}");
  }

 private:
  const std::uint8_t* data_;
  std::size_t left_;
  std::size_t scalars_ = 0;
};

}  // namespace fuzz_json_fields_detail

inline int fuzz_json_fields(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  fuzz_json_fields_detail::chooser choose(data, size);
  json::field_options options;
  options.arrays = static_cast<json::array_mode>(choose.below(4));
  const std::size_t flags = choose.below(8);
  options.trim = (flags & 1) != 0;
  options.casefold = (flags & 2) != 0;
  options.null_is_absent = (flags & 4) != 0;
  constexpr double tolerances[] = {0, 0.1, 1, 0.05};
  options.abs_tol = tolerances[choose.below(3)];
  options.rel_tol = tolerances[3 * choose.below(2)];
  options.key = "id";
  options.paths.resize(choose.below(4));
  for (json::field_rule& rule : options.paths) {
    static constexpr const char* paths[] = {"$",    "[]",   "id",   "long",    "[].id",  "k",
                                            "id[]", "k.id", "[][]", "id[].id", "long.k", "none"};
    rule.path = paths[choose.below(std::size(paths))];
    const std::size_t what = choose.below(12);
    if (what < 4) rule.arrays = static_cast<json::array_mode>(what);
    if (what == 4) rule.key = "k";
    if (what == 5) rule.abs_tol = tolerances[choose.below(3)];
    if (what == 6) rule.rel_tol = tolerances[3 * choose.below(2)];
    if (what == 7) rule.null_is_absent = choose.below(2) != 0;
    if (what == 8) rule.trim = rule.casefold = choose.below(2) != 0;
    if (what == 9) rule.collapse_spaces = choose.below(2) != 0;
    if (what == 10) rule.instants = choose.below(2) != 0;
    if (what == 11) rule.ignore_extra = choose.below(2) != 0;
  }
  const std::size_t turned = choose.below(4);
  const std::size_t altered = choose.below(8);
  auto again = choose;  // the prediction is the reference, turned and altered, or another value
  const auto reference = json::parse(choose.value(3));
  const auto prediction = json::parse(turned != 0 ? again.value(3, turned, altered) : choose.value(3));
  require(reference && prediction);
  const json::value a = reference->root();
  const json::value b = prediction->root();

  json::field_comparer comparer;
  comparer.compare(b, a, options);  // what it keeps must not show
  const json::field_counts counts = comparer.compare(a, b, options);
  const reference::json_fields naive(options, a);
  require(counts.reference == naive.expected() && counts.predicted == naive.predicted(b));
  require(counts.matched == naive.matched(b) && counts.limited == 0);

  json::field_counts seen;
  comparer.for_each_field([&](const json::field_outcome& field) {
    ++seen.reference;
    if (field.value_ok) ++seen.matched;
    require(field.present || !field.type_ok);
    require(field.type_ok || !field.value_ok);
    require(field.found.exists() == (field.present && !field.value_ok));
  });
  require(seen.reference == counts.reference && seen.matched == counts.matched);

  // With any limit: never more than the best, and told when it may be less.
  json::detail::field_pairing hurried;
  for (std::size_t limit = 0; limit < 4; ++limit) {
    const json::detail::pairing_limits limits[] = {
        {.items = limit}, {.pairs = 4 * limit}, {.steps = 16 * limit}};
    for (const auto& l : limits) {
      const json::field_counts least = hurried.run(a, b, options, l);
      require(least.matched <= counts.matched && least.reference == counts.reference);
      require(least.matched == counts.matched || least.limited > 0);
      hurried.trace();
      std::int64_t traced = 0;
      for (std::size_t i = 0; i < hurried.reference().size(); ++i) {
        const json::detail::field& leaf = hurried.reference()[i];
        const std::uint32_t partner = hurried.partner_of(i);
        if (leaf.count != 0 || partner == json::detail::field_pairing::none) continue;
        const bool whole = partner == json::detail::field_pairing::whole;
        if (whole || hurried.same_leaf(leaf, hurried.prediction()[partner])) ++traced;
      }
      require(traced == least.matched);
    }
  }
  return 0;
}
