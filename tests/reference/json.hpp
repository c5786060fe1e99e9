// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// RFC 8259, section by section, as a recursive recogniser: it only says whether a text is JSON. Lone
// surrogate escapes and ill-formed UTF-8 are refused as json-semantics section 6.2 asks.
namespace reference {

class json_recogniser {
 public:
  explicit json_recogniser(std::string_view text, std::size_t max_depth) : rest_(text), left_(max_depth) {}

  bool accepts() {
    ws();
    if (!value()) return false;
    ws();
    return rest_.empty();
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void ws() {  // section 2
    while (take(' ') || take('\t') || take('\n') || take('\r')) {
    }
  }
  bool value() {  // section 3
    if (rest_.empty()) return false;
    if (rest_[0] == '{') return object();
    if (rest_[0] == '[') return array();
    if (rest_[0] == '"') return string();
    return take("true") || take("false") || take("null") || number();
  }
  bool object() {  // section 4
    if (left_ == 0) return false;
    --left_;
    take('{');
    ws();
    if (!take('}')) {
      do {
        ws();
        if (rest_.empty() || rest_[0] != '"' || !string()) return false;
        ws();
        if (!take(':')) return false;
        ws();
        if (!value()) return false;
        ws();
      } while (take(','));
      if (!take('}')) return false;
    }
    ++left_;
    return true;
  }
  bool array() {  // section 5
    if (left_ == 0) return false;
    --left_;
    take('[');
    ws();
    if (!take(']')) {
      do {
        ws();
        if (!value()) return false;
        ws();
      } while (take(','));
      if (!take(']')) return false;
    }
    ++left_;
    return true;
  }
  bool digits() {
    const std::size_t before = rest_.size();
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') rest_.remove_prefix(1);
    return rest_.size() != before;
  }
  bool number() {  // section 6
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    return true;
  }
  bool hex4(std::uint32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i) {
      if (rest_.empty()) return false;
      const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(rest_[0]);
      if (digit == std::string_view::npos) return false;
      code = code * 16 + static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
      rest_.remove_prefix(1);
    }
    return true;
  }
  bool string() {  // section 7
    take('"');
    for (;;) {
      if (rest_.empty()) return false;
      const auto c = static_cast<unsigned char>(rest_[0]);
      if (take('"')) return true;
      if (c < 0x20) return false;
      if (c >= 0x80) {
        if (!multibyte()) return false;
        continue;
      }
      rest_.remove_prefix(1);
      if (c != '\\') continue;
      if (take('"') || take('\\') || take('/') || take('b') || take('f') || take('n') || take('r') ||
          take('t')) {
        continue;
      }
      std::uint32_t high = 0;
      if (!take('u') || !hex4(high)) return false;
      if (high >= 0xDC00 && high <= 0xDFFF) return false;
      if (high >= 0xD800 && high <= 0xDBFF) {
        std::uint32_t low = 0;
        if (!take("\\u") || !hex4(low) || low < 0xDC00 || low > 0xDFFF) return false;
      }
    }
  }
  bool multibyte() {  // RFC 3629, section 3
    const auto lead = static_cast<unsigned char>(rest_[0]);
    const std::size_t length = lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : 2U;
    if (lead < 0xC0 || lead >= 0xF8 || rest_.size() < length) return false;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(rest_[i]);
      if ((next & 0xC0U) != 0x80U) return false;
      code = code << 6 | (next & 0x3FU);
    }
    rest_.remove_prefix(length);
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= smallest[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  }

  std::string_view rest_;
  std::size_t left_;
};

inline bool is_json(std::string_view text, std::size_t max_depth = 1024) {
  return json_recogniser(text, max_depth).accepts();
}

}  // namespace reference
