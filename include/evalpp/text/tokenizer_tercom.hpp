// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/block_scan.hpp>
#include <evalpp/text/detail/replace.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// The tokenizer of TER, after Tercom's Normalizer. Without options it splits at whitespace.
/// Equal to sacreBLEU 2.6.0 `TercomTokenizer`; its case option is lower-casing beforehand.
struct tokenizer_tercom {
  bool normalized = false;     ///< decode entities, make Western punctuation and `'s` tokens
  bool no_punct = false;       ///< delete `. , ? : ; ! " ( )`
  bool asian_support = false;  ///< `normalized` and `no_punct` know Han characters and their punctuation

  void operator()(std::string_view text, token_buffer& out) const {
    if (normalized) {
      out.load(text);
      detail::replace_all(out, "\n-", "");
      detail::decode_entities(out);
      const bool asian = asian_support;
      detail::separate(out, 0, out.bytes().size(), true,
                       [asian](const char* p, const char* last) { return classify(p, last, asian); });
    } else {
      detail::scan_words(text, out);
    }
    if (no_punct) delete_punctuation(out);
  }

  /// As sacreBLEU prints it: "tercom|norm:no|punct:yes|asian:no".
  std::string signature() const {
    std::string text = "tercom|norm:";
    text += normalized ? "yes" : "no";
    text += "|punct:";
    text += no_punct ? "no" : "yes";
    text += "|asian:";
    text += asian_support ? "yes" : "no";
    return text;
  }

  bool operator==(const tokenizer_tercom&) const = default;

 private:
  static constexpr bool is_western_punctuation(char c) noexcept {
    return std::string_view(".,?:;!\"()").find(c) != std::string_view::npos;
  }

  static constexpr bool is_asian_punctuation(char32_t c) noexcept {
    switch (c) {
      case 0x30FB:
      case 0xFF0E:
      case 0xFF0C:
      case 0xFF1F:
      case 0xFF1A:
      case 0xFF1B:
      case 0xFF01:
      case 0xFF02:
      case 0xFF08:
      case 0xFF09:
        return true;
      default:
        return c == 0x3001 || c == 0x3002 || (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301F) ||
               (c >= 0xFF61 && c <= 0xFF65);
    }
  }

  // U+3200-3F22 is how the original has it, for 3200-32FF; its rules for kana never apply.
  static constexpr bool is_asian_character(char32_t c) noexcept {
    return (c >= 0x2E80 && c <= 0x2EFF) || (c >= 0x31C0 && c <= 0x31EF) || (c >= 0x3200 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F);
  }

  static detail::classified classify(const char* p, const char* last, bool asian) noexcept {
    using detail::char_class;
    if (*p == '\'' && begins_possessive(p, last)) return {char_class::opens, 1};
    if (is_ascii(*p)) return {detail::western_class(*p), 1};
    const utf8_step step = decode_utf8(p, last);
    const char32_t c = step.code_point;
    if (is_whitespace(c)) return {char_class::space, step.length};
    const bool alone = asian && (is_asian_character(c) || is_asian_punctuation(c));
    return {alone ? char_class::isolated : char_class::other, step.length};
  }

  // `'s` before a space: one that was there, or one that goes around punctuation.
  static bool begins_possessive(const char* p, const char* last) noexcept {
    if (last - p < 2 || p[1] != 's') return false;
    return last - p == 2 || p[2] == ' ' || p[2] == '\n' ||
           detail::western_class(p[2]) == detail::char_class::isolated;
  }

  void delete_punctuation(token_buffer& out) const {
    char* const data = out.data();
    const char* const last = data + out.bytes().size();
    const auto tokens = out.mutable_tokens();
    std::size_t kept = 0;
    std::size_t write = 0;
    for (const token_span token : tokens) {
      const std::size_t begin = write;
      for (std::size_t at = token.begin; at < token.end;) {
        const utf8_step step = decode_utf8(data + at, last);
        const bool drop = step.length == 1 ? is_western_punctuation(data[at])
                                           : asian_support && is_asian_punctuation(step.code_point);
        if (!drop) {
          std::memmove(data + write, data + at, step.length);
          write += step.length;
        }
        at += step.length;
      }
      if (write != begin) {
        tokens[kept++] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(write)};
      }
    }
    out.truncate_tokens(kept);
    out.close(write);
  }
};
static_assert(tokenizer<tokenizer_tercom>);

}  // namespace evalpp::inline EVALPP_ABI::text
