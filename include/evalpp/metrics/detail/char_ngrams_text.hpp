// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/metrics/detail/char_ngrams_words.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/read_characters.hpp>
#include <evalpp/text/utf8.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// A text as chrF sees it: its characters as code points, and its words as ids of a dictionary.
struct character_text {
  std::span<const std::uint32_t> characters = {};
  std::span<const std::uint32_t> words = {};
};

/// The references of one example as characters and words.
class character_references {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  character_text operator[](std::size_t r) const noexcept {
    return {references_[r].characters, references_[r].words};
  }

 private:
  friend struct character_encoder;
  struct reference {
    std::vector<std::uint32_t> characters, words;
  };
  std::vector<reference> references_;  // kept when there are fewer, for their memory
  std::size_t size_ = 0;
  dictionary<std::string_view> dictionary_;
};

/// The encoder of chrF. Words are only read when they are asked for.
struct character_encoder {
  letter_case casing = letter_case::as_is;
  bool keep_whitespace = false;
  bool with_words = false;

  struct scratch {
    std::vector<std::uint32_t> characters, words;
    chrf_words split;
    std::string lowered, repaired;
  };
  template <class Kind>
  struct prepared : character_references {
    static_assert(std::same_as<Kind, text_kind>, "chrF reads text: tokens have no characters");
    scratch buffers;  // reused by the next prepare
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.size_ = references.size();
    if (out.references_.size() < out.size_) out.references_.resize(out.size_);
    for (std::size_t r = 0; r < references.size(); ++r) {
      character_references::reference& into = out.references_[r];
      const auto words = read(references[r], into.characters, out.buffers);
      into.words.resize(words.size());
      if (!with_words) continue;
      if (r == 0) out.dictionary_.clear(words.size() * references.size());
      for (std::size_t i = 0; i < words.size(); ++i)
        into.words[i] = out.dictionary_.insert(out.buffers.split[i]);
    }
  }

  character_text encode(std::string_view hypothesis, const prepared<text_kind>& references,
                        scratch& s) const {
    const auto words = read(hypothesis, s.characters, s);
    s.words.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) s.words[i] = references.dictionary_.find(s.split[i]);
    return {s.characters, s.words};
  }

  bool operator==(const character_encoder&) const = default;

 private:
  // Fills `characters`; returns the words, of `s.split`.
  std::span<const text::token_span> read(std::string_view text, std::vector<std::uint32_t>& characters,
                                         scratch& s) const {
    if (casing == letter_case::lower) {
      text::to_lower(text, s.lowered);
      text = s.lowered;
    }
    const bool well_formed = text::read_characters(text, keep_whitespace, characters);
    if (!with_words) return {};
    if (!well_formed) {  // two words are equal when their characters are
      s.repaired.clear();
      text::for_each_code_point(text, [&](const text::utf8_step& step, std::size_t) {
        text::append_utf8(s.repaired, step.code_point);
      });
      text = s.repaired;
    }
    return s.split(text);
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
