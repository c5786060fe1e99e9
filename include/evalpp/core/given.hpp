// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/tokens.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The tokenizer that does nothing: the input is tokens already (token ids, strings, values of a
/// type of the user's). `evalpp::ids::bleu` is `basic_bleu<given>`.
struct given {
  std::string signature() const { return "given"; }
  bool operator==(const given&) const = default;
};

/// Encodes ranges of given tokens over the dictionary of the example's references.
struct given_encoder {
  template <class Kind>
  struct prepared : token_references {
    static_assert(!std::same_as<Kind, text_kind>,
                  "this metric reads tokens that are given; for text use its namesake in evalpp");
  };
  template <class Key>
  struct prepared<tokens_kind<Key>> : token_references {
    dictionary<Key> words;
  };

  struct scratch {
    std::vector<std::uint32_t> ids;
  };

  template <class Key, class Range>
  void prepare(std::span<const Range* const> references, prepared<tokens_kind<Key>>& out) const {
    out.clear();
    std::size_t tokens = 0;
    for (const Range* r : references) tokens += static_cast<std::size_t>(std::ranges::size(*r));
    out.words.clear(tokens);
    for (const Range* r : references) {
      encoded_reference& added = out.append();
      added.ids.resize(static_cast<std::size_t>(std::ranges::size(*r)));
      out.words.insert_all(added.ids.size(), keys<Key>(*r), added.ids.data());
    }
    out.finish(out.words.size());
  }

  template <class Key, class Range>
  token_ids encode(const Range& hypothesis, const prepared<tokens_kind<Key>>& references, scratch& s) const {
    s.ids.resize(static_cast<std::size_t>(std::ranges::size(hypothesis)));
    references.words.find_all(s.ids.size(), keys<Key>(hypothesis), s.ids.data());
    return {s.ids, {}};
  }

  bool operator==(const given_encoder&) const = default;

 private:
  // Token i of a range as the dictionary takes it.
  template <class Key, class Range>
  static auto keys(const Range& range) {
    return [first = std::ranges::begin(range)](std::size_t i) -> decltype(auto) {
      using difference = std::ranges::range_difference_t<const Range>;
      if constexpr (std::same_as<Key, std::uint64_t>)
        return static_cast<std::uint64_t>(first[static_cast<difference>(i)]);
      else if constexpr (std::same_as<Key, std::string_view>)
        return std::string_view(first[static_cast<difference>(i)]);
      else
        return first[static_cast<difference>(i)];
    };
  }
};

}  // namespace evalpp::inline EVALPP_ABI
