// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/regex_analysis.hpp>
#include <evalpp/json/detail/regex_compiler.hpp>
#include <evalpp/json/detail/regex_dfa.hpp>
#include <evalpp/json/detail/regex_nfa.hpp>
#include <evalpp/json/detail/regex_parser.hpp>
#include <evalpp/json/regex.hpp>

#include <reference/regex.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace fuzz {

/// Spends the bytes of an input on choices; when they are spent every choice is the first.
struct regex_choices {
  const std::uint8_t* at = nullptr;
  const std::uint8_t* end = nullptr;

  std::size_t below(std::size_t n) { return at == end ? 0 : *at++ % n; }

  static constexpr std::string_view characters[] = {
      "a", "b", "c", "0", "_", " ", "\n", "\xC3\xA9", "\xF0\x9F\x98\x80", "\xED\xA0\xBD", "-"};
  static constexpr std::string_view classes[] = {".",
                                                 "\\d",
                                                 "\\W",
                                                 "[a-c]",
                                                 "[^a]",
                                                 "[^]",
                                                 "[]",
                                                 "\\s",
                                                 "[a\\d]",
                                                 "[\\W0]",
                                                 "\\x61",
                                                 "\\u{1F600}",
                                                 "[\xC3\xA9-\xF0\x9F\x98\x80]"};
  static constexpr std::string_view quantifiers[] = {"*",    "+",     "?",   "{2}", "{0,2}",
                                                     "{1,}", "{3,5}", "{0}", "*?",  "+?"};

  std::string pattern(int depth) {
    std::string made;
    for (std::size_t terms = below(4) + 1; terms != 0; --terms) {
      std::string atom;
      switch (below(depth > 0 ? 12 : 5)) {
        default:
          atom = characters[below(std::size(characters))];
          break;
        case 2:
        case 3:
          atom = classes[below(std::size(classes))];
          break;
        case 4: {
          constexpr std::string_view assertions[] = {"^", "$", "\\b", "\\B"};
          made += assertions[below(4)];
          continue;
        }
        case 5:
          atom = "(?:" + pattern(depth - 1) + ")";
          break;
        case 6:
        case 7:
          atom = "(" + pattern(depth - 1) + ")";
          break;
        case 8:
          atom = "(?:" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")";
          break;
        case 9: {
          constexpr std::string_view looks[] = {"(?=", "(?!", "(?<=", "(?<!"};
          const std::string_view opening = looks[below(4)];
          made.append(opening).append(pattern(depth - 1)).append(")");
          continue;
        }
        case 10:
          atom = below(2) == 0 ? "\\1" : "\\2";
          break;
        case 11:
          atom = "(?<n" + std::to_string(below(2)) + ">" + pattern(depth - 1) + ")";
          break;
      }
      made += atom;
      if (below(2) == 1) made += quantifiers[below(std::size(quantifiers))];
    }
    return made;
  }

  std::string text() {
    std::string made;
    for (std::size_t length = below(24); length != 0; --length)
      made += characters[below(std::size(characters))];
    if (below(16) == 1) made += '\x80';
    return made;
  }
};

/// The verdicts of the engines that are not chosen for this pattern, which must be the same.
template <class Require>
void compare_engines(std::string_view pattern, std::string_view text, bool expected, Require require) {
  namespace detail = evalpp::json::detail;
  for (const std::uint32_t counted : {2U, detail::unlimited}) {
    detail::regex_parser parser(pattern, true);
    require(parser.parse());
    detail::regex_analysis facts(parser.tree(), counted);
    if (facts.back_references() || facts[parser.tree().root].states > 5000) return;
    detail::regex_program program;
    detail::regex_compiler compiler(facts, program);
    require(compiler.prepare());
    const std::uint32_t entry =
        compiler.emit_search(compiler.emit(parser.tree().root, compiler.emit_match(), false));
    detail::regex_nfa nfa;
    detail::regex_truths truths, same;
    require(truths.reset(program.looks.size(), text.size()) && same.reset(program.looks.size(), text.size()));
    for (std::uint32_t look = 0; look < program.looks.size(); ++look) {
      require(nfa.record(program, look, text, truths));
    }
    require((nfa.search(program, entry, false, text, truths) == evalpp::json::regex_verdict::yes) ==
            expected);
    if (!program.runs.empty() || program.looks.size() > 6) continue;
    // With next to no memory the automata are flushed all the time, or give up.
    for (const std::size_t bytes : {detail::regex_lazy::max_bytes, std::size_t{4096}}) {
      detail::regex_lazy lazy;
      for (std::uint32_t look = 0; look < program.looks.size(); ++look) {
        lazy.reset(program, program.looks[look].entry,
                   {program.looks.size(), !program.looks[look].behind, true}, bytes);
        if (!lazy.record(program, look, text, same)) require(nfa.record(program, look, text, same));
        for (std::size_t place = 0; place <= text.size(); ++place) {
          require(same.get(look, place) == truths.get(look, place));
        }
      }
      lazy.reset(program, entry, {.looks = program.looks.size()}, bytes);
      for (int twice = 0; twice < 2; ++twice) {
        const auto found = lazy.search(program, text, truths);
        require(!found || *found == expected);
      }
    }
    if (!program.looks.empty()) continue;
    detail::regex_subsets subsets;
    detail::regex_table table;
    if (table.build(program, entry, false, subsets)) require(table.search(program.symbols, text) == expected);
  }
}

}  // namespace fuzz

// A pattern and a text, from a small grammar or from raw bytes: what is a pattern and what matches is as the
// twin has it, which follows ECMA-262 to the letter, and every engine gives the same verdict.
inline int fuzz_regex(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  using twin = reference::regex_twin;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0 || size > 512) return 0;
  fuzz::regex_choices choices{data + 1, data + size};
  std::string pattern, text;
  if (data[0] % 2 == 0) {
    pattern = choices.pattern(3);
    text = choices.text();
  } else {
    // Raw: the pattern ends at 0xFF, which no UTF-8 holds.
    while (choices.at != choices.end && *choices.at != 0xFF) pattern += static_cast<char>(*choices.at++);
    if (choices.at != choices.end) ++choices.at;
    while (choices.at != choices.end && text.size() < 64) text += static_cast<char>(*choices.at++);
  }

  const auto strict = json::regex::compile(pattern, {.annex_b = false, .max_steps = 20'000});
  twin model(pattern);
  if (!strict) {
    require(!strict.error().message.empty() && strict.error().offset <= pattern.size() &&
            strict.error().column != 0);
    if (strict.error().code != evalpp::error_code::limit) require(model.state() != twin::status::valid);
    const auto lenient = json::regex::compile(pattern);
    json::regex::scratch memory;
    if (lenient) {
      require(lenient->used_annex_b());
      static_cast<void>(lenient->search(text, memory));
    }
    return 0;
  }
  require(model.state() != twin::status::invalid && !strict->used_annex_b());
  json::regex::scratch memory;
  const json::regex_verdict verdict = strict->search(text, memory);
  require(strict->search(text, memory) == verdict);
  const bool yes = verdict == json::regex_verdict::yes;
  if (verdict != json::regex_verdict::budget) {
    fuzz::compare_engines(pattern, text, yes, require);
    const auto cramped =
        json::regex::compile(pattern, {.annex_b = false, .max_states = 8, .max_steps = 20'000});
    if (cramped) {
      const json::regex_verdict again = cramped->search(text, memory);
      require(again == verdict || again == json::regex_verdict::budget);
    }
  }
  if (model.state() != twin::status::valid || verdict == json::regex_verdict::budget) return 0;
  const twin::verdict expected = model.search(text, 3000);
  if (expected != twin::verdict::undecided) require((expected == twin::verdict::yes) == yes);
  return 0;
}
