// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_tercom.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Reads text for TER. sacreBLEU 2.6.0 tokenizes a reference twice and the hypothesis once, which
/// shows when `normalized`: the first time `dog's.` becomes `dog's .`, the second time `dog 's .`.
/// So does this, for its tokenizer.
template <class Tokenizer>
struct ter_encoder : token_encoder<Tokenizer> {
  bool operator==(const ter_encoder&) const = default;
};

template <>
struct ter_encoder<text::tokenizer_tercom> : token_encoder<text::tokenizer_tercom> {
  using once = token_encoder<text::tokenizer_tercom>;

  template <class Kind>
  struct prepared : once::prepared<Kind> {
    std::string tokenized;
    std::vector<std::size_t> ends;
    std::vector<std::string_view> views;
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    if (!tokenizer.normalized) return once::prepare(references, out);
    out.tokenized.clear();
    out.ends.clear();
    for (std::string_view reference : references) {
      if (casing == letter_case::lower) {
        text::to_lower(reference, out.buffers.lowered);
        reference = out.buffers.lowered;
      }
      text::token_buffer& tokens = out.buffers.tokens;
      tokenizer(trailing == trailing_space::strip ? text::rstrip(reference) : reference, tokens);
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (i != 0) out.tokenized += ' ';
        out.tokenized += tokens[i];
      }
      out.ends.push_back(out.tokenized.size());
    }
    out.views.clear();
    std::size_t begin = 0;
    for (const std::size_t end : out.ends) {
      out.views.push_back(std::string_view(out.tokenized).substr(begin, end - begin));
      begin = end;
    }
    once::prepare(out.views, out);
  }

  bool operator==(const ter_encoder&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
