// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/conforms.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The verdict on bytes beside that of parser and validator.
namespace conforms_cases {

namespace json = evalpp::json;

/// By the document: what `conforms` must say too.
inline json::verdict by_document(json::parser& parser, json::validator& validator, std::string_view text) {
  const auto parsed = parser.parse(text);
  return parsed ? validator.check(*parsed) : json::verdict::invalid;
}

/// One schema, checked both ways; keeps its memory as its users do.
class both {
 public:
  explicit both(const json::schema& schema, json::validation_limits limits = {})
      : checker_(schema, limits), validator_(schema, limits) {}

  /// True when the verdicts are the same. Where a limit is hit the pass over the bytes may have met
  /// the fault first.
  bool agree(std::string_view text) {
    expected_ = by_document(parser_, validator_, text);
    found_ = checker_.check(text);
    if (found_ == expected_) return true;
    return expected_ == json::verdict::limit && found_ == json::verdict::invalid;
  }
  /// The same with every kernel that the machine has.
  bool agree_on_all_levels(std::string_view text) {
    using evalpp::detail::simd_level;
    bool same = agree(text);
    evalpp::detail::force_simd_level(simd_level::baseline);
    same = agree(text) && same;
    evalpp::detail::force_simd_level(simd_level::avx512);
    return same;
  }

  bool single_pass() const { return checker_.single_pass(); }
  bool valid() const { return expected_ == json::verdict::valid; }

 private:
  json::conformance_checker checker_;
  json::validator validator_;
  json::parser parser_{{.duplicates = json::duplicate_keys::error}};
  json::verdict expected_{};
  json::verdict found_{};
};

/// Small changes to a text, from a seed.
class mutator {
 public:
  explicit mutator(std::uint64_t seed) : state_(seed) {}

  std::uint32_t below(std::size_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>((state_ >> 33) % n);
  }

  std::string change(std::string text) {
    for (std::uint32_t edits = 1 + below(3); edits > 0; --edits) edit(text);
    return text;
  }

 private:
  void edit(std::string& text) {
    static constexpr std::string_view pieces[] = {"\"",
                                                  "\\",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  " ",
                                                  "\n  ",
                                                  "0",
                                                  "1",
                                                  "-",
                                                  ".5",
                                                  "e3",
                                                  "E-2",
                                                  "true",
                                                  "false",
                                                  "null",
                                                  "\"a\":",
                                                  "\"a\":1,",
                                                  "\\u0061",
                                                  "\\ud83d",
                                                  "\\ud83d\\ude00",
                                                  "\xC3\xA9",
                                                  "\xE2\x82\xAC",
                                                  "\xF0\x9F\x98\x80",
                                                  "\xFF",
                                                  "\x01",
                                                  "1e400",
                                                  "1.0",
                                                  "100000000000000000000",
                                                  "{}",
                                                  "[]",
                                                  "\"\"",
                                                  "\t",
                                                  "00",
                                                  "1.50",
                                                  "\\n"};
    const std::uint32_t at = below(text.size() + 1);
    switch (below(6)) {
      case 0:
        text.insert(at, pieces[below(std::size(pieces))]);
        break;
      case 1:
        text.erase(at, 1 + below(4));
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 3:
        if (at < text.size() && text[at] >= '0' && text[at] <= '9') {
          text[at] = static_cast<char>('0' + below(10));
        } else {
          text.resize(at);
        }
        break;
      case 4: {  // a part twice: members, items
        const std::string part = text.substr(at, 1 + below(24));
        text.insert(below(text.size() + 1), part);
        break;
      }
      default: {  // a part up to the next comma twice, with the comma: a repeated name
        const std::size_t begin = text.find_last_of("{,", at);
        if (begin == std::string::npos) break;
        const std::size_t end = text.find_first_of(",}", begin + 1);
        if (end == std::string::npos) break;
        const std::string part = text.substr(begin + 1, end - begin - 1) + ",";
        text.insert(begin + 1, part);
        break;
      }
    }
  }

  std::uint64_t state_;
};

}  // namespace conforms_cases
