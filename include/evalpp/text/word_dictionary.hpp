// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/detail/word_list.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// The words of one example's references, numbered 1.. in order of first appearance: a
/// `dictionary<std::string_view>` of whole texts.
///
/// With AVX-512 a few sentences are compared word by word, without a table (`detail::word_list`); ids do not
/// depend on it.
class word_dictionary {
  static constexpr auto readable = evalpp::detail::after_token::readable;  // the buffer is padded

  // By value: what is stored for one token could change a buffer that is read through a reference, for all
  // the compiler knows, and it would be read anew for each.
  static auto views(const token_buffer& tokens) {
    return [bytes = tokens.bytes().data(), spans = tokens.tokens().data()](std::size_t i) {
      return std::string_view(bytes + spans[i].begin, spans[i].end - spans[i].begin);
    };
  }

 public:
  /// Forgets all words; about as many texts of so many tokens follow.
  void clear(std::size_t tokens, std::size_t texts = 1) {
#if EVALPP_X86_SIMD
    listed_ = fewest_listed <= tokens && tokens * texts <= list_.most &&
              evalpp::detail::cpu_level() == evalpp::detail::simd_level::avx512;
    if (listed_) return list_.clear(tokens * texts);
#endif
    table_.clear(tokens * texts);
  }

  /// The number of different words.
  std::uint32_t size() const noexcept {
#if EVALPP_X86_SIMD
    if (listed_) return list_.size();
#endif
    return table_.size();
  }

  /// The ids of a text's tokens, new ones for those that are not known. `ids` has room for them.
  void insert_all(const token_buffer& tokens, std::uint32_t* ids) {
#if EVALPP_X86_SIMD
    if (listed_) {
      if (list_.insert_all(tokens, ids)) return;
      enter_list();
    }
#endif
    table_.template insert_all<readable>(tokens.size(), views(tokens), ids);
  }

  /// The ids of a text's tokens, `unknown_token` for those that are not known.
  void find_all(const token_buffer& tokens, std::uint32_t* ids) const {
#if EVALPP_X86_SIMD
    if (listed_) {
      if (list_.find_all(tokens, ids)) return;
      return find_each(tokens, ids);
    }
#endif
    table_.template find_all<readable>(tokens.size(), views(tokens), ids);
  }

 private:
#if EVALPP_X86_SIMD
  static constexpr std::size_t fewest_listed = 8;  // fewer leave most of a register empty

  void enter_list() {
    table_.clear(list_.size());
    for (std::uint32_t id = 1; id <= list_.size(); ++id) table_.insert(list_[id]);
    listed_ = false;
  }
  void find_each(const token_buffer& tokens, std::uint32_t* ids) const {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      std::uint32_t id = list_.size();
      while (id != 0 && list_[id] != tokens[i]) --id;
      ids[i] = id;
    }
  }

  detail::word_list list_;
  bool listed_ = false;
#endif
  dictionary<std::string_view> table_;
};

}  // namespace evalpp::inline EVALPP_ABI::text
