// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/given.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/text/encoder.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace evalpp::inline EVALPP_ABI::detail {

/// The encoder of metrics that look at the hypothesis alone: its tokens, numbered over its own
/// dictionary. References are not read.
template <class Tokenizer>
struct own_tokens {
  token_encoder<Tokenizer> encoder{};

  template <class Kind>
  struct prepared {};
  struct scratch {
    typename token_encoder<Tokenizer>::template prepared<text_kind> own;
  };

  template <class References>
  void prepare(const References&, prepared<text_kind>&) const {}

  token_ids encode(std::string_view hypothesis, const prepared<text_kind>&, scratch& s) const {
    encoder.prepare(std::span<const std::string_view>(&hypothesis, 1), s.own);
    return s.own[0].tokens();
  }

  bool operator==(const own_tokens&) const = default;
};

template <>
struct own_tokens<given> : given_encoder {
  template <class Kind>
  struct prepared {};
  struct scratch {
    given_encoder::prepared<tokens_kind<std::uint64_t>> numbers;
    given_encoder::prepared<tokens_kind<std::string_view>> strings;
  };

  template <class References, class Kind>
  void prepare(const References&, prepared<Kind>&) const {}

  template <class Range, class Key>
  token_ids encode(const Range& hypothesis, const prepared<tokens_kind<Key>>&, scratch& s) const {
    static_assert(std::same_as<Key, std::uint64_t> || std::same_as<Key, std::string_view>,
                  "this metric takes integer ids or strings as tokens");
    const Range* const one = &hypothesis;
    auto& own = [&s]() -> auto& {
      if constexpr (std::same_as<Key, std::uint64_t>)
        return s.numbers;
      else
        return s.strings;
    }
    ();
    given_encoder::prepare<Key>(std::span<const Range* const>(&one, 1), own);
    return own[0].tokens();
  }

  bool operator==(const own_tokens&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
