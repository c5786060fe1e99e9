// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/given.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/whitespace.hpp>
#include <evalpp/text/word_dictionary.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// Whether a text is lower-cased before it is tokenized (Python's `str.lower()`).
enum class letter_case : bool { as_is, lower };
/// Whether whitespace at the end of a text is dropped before it is tokenized (`str.rstrip()`).
enum class trailing_space : bool { keep, strip };

namespace detail {

/// A text lower-cased when asked, into `lowered`, and stripped when asked.
inline std::string_view read_as(std::string_view text, letter_case casing, trailing_space trailing,
                                std::string& lowered) {
  if (casing == letter_case::lower) {
    text::to_lower(text, lowered);
    text = lowered;
  }
  return trailing == trailing_space::strip ? text::rstrip(text) : text;
}

}  // namespace detail

/// Reads text as tokens: lower-cases when asked, strips when asked, tokenizes, and numbers the
/// tokens over the dictionary of the example's references. Metrics with equal encoders share it.
template <class Tokenizer>
struct token_encoder {
  Tokenizer tokenizer{};
  letter_case casing = letter_case::as_is;
  trailing_space trailing = trailing_space::keep;

  struct scratch {
    text::token_buffer tokens;
    std::string lowered;
    std::vector<std::uint32_t> ids;
  };

  /// The references of one example, tokenized and numbered. Holds the dictionary that hypotheses
  /// are read against; the texts themselves are no longer needed.
  template <class Kind>
  struct prepared : token_references {
    static_assert(std::same_as<Kind, text_kind>,
                  "this metric reads text; for tokens that are made already use its namesake in evalpp::ids");
    text::word_dictionary words;
    scratch buffers;  // reused by the next prepare
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.clear();
    bool first = true;
    for (std::string_view reference : references) {
      read(reference, out.buffers);
      if (first) out.words.clear(out.buffers.tokens.size(), references.size());
      first = false;
      encoded_reference& added = out.append();
      const std::size_t count = out.buffers.tokens.size();
      added.ids.resize(count);
      out.words.insert_all(out.buffers.tokens, added.ids.data());
      const auto lines = out.buffers.tokens.line_ends();
      added.line_ends.assign(lines.begin(), lines.end());
    }
    if (first) out.words.clear(0);
    out.finish(out.words.size());
  }

  token_ids encode(std::string_view hypothesis, const prepared<text_kind>& references, scratch& s) const {
    read(hypothesis, s);
    const std::size_t count = s.tokens.size();
    if (s.ids.size() < count) s.ids.resize(count);
    references.words.find_all(s.tokens, s.ids.data());
    return {{s.ids.data(), count}, s.tokens.line_ends()};
  }

  bool operator==(const token_encoder&) const = default;

 private:
  void read(std::string_view text, scratch& s) const {
    tokenizer(detail::read_as(text, casing, trailing, s.lowered), s.tokens);
  }
};

/// Tokens that are given need no reading.
template <>
struct token_encoder<given> : given_encoder {
  constexpr token_encoder(given = {}, letter_case = {}, trailing_space = {}) {}
  bool operator==(const token_encoder&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI
