// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/json/detail/idna.hpp>
#include <evalpp/json/detail/punycode.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <string_view>

// Host names: RFC 1123 section 2.1, with A-labels as RFC 5890 has them, and with U-labels.
namespace evalpp::inline EVALPP_ABI::json::detail {

/// The most octets of a host name, its U-labels counted as A-labels.
inline constexpr std::size_t max_hostname = 253;

constexpr bool has_hyphens_3_4(std::string_view label) {
  return label.size() > 3 && label[2] == '-' && label[3] == '-';
}

constexpr bool has_ace_prefix(std::string_view label) {
  return has_hyphens_3_4(label) && (label[0] == 'x' || label[0] == 'X') &&
         (label[1] == 'n' || label[1] == 'N');
}

/// The offset of the first fault in a label of letters, digits and hyphens, or its size.
constexpr std::size_t find_ascii_fault(std::string_view label) {
  if (label.empty() || label[0] == '-') return 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (i == max_label || !is_of(label[i], class_label)) return i;
  }
  return label.back() == '-' ? label.size() - 1 : label.size();
}

// What the labels of one name say about the whole.
class name_rules {
 public:
  void add(label_direction direction, std::size_t where) {
    right_to_left_ |= direction.right_to_left;
    if (direction.keeps_rule || breaks_rule_) return;
    breaks_rule_ = true;
    where_ = where;
  }

  // An ASCII label that find_ascii_fault passes. Its only letters are left-to-right ones.
  void add_ascii(std::string_view label, std::size_t where) {
    add({.right_to_left = false, .keeps_rule = is_of(label[0], class_letter)}, where);
  }

  // An A-label: what it encodes is a U-label that is encoded like this.
  bool add_a_label(std::string_view label, std::size_t where) {
    const std::string_view encoded = label.substr(4);
    const auto decoded = decode_punycode(encoded);
    if (!decoded || find_label_fault(*decoded) != decoded->size) return false;
    if (!has_beyond_ascii(*decoded)) return false;
    const auto again = encode_punycode(*decoded);
    if (!again || again->size != encoded.size()) return false;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
      if (again->octets[i] != text::lower_ascii(encoded[i])) return false;
    }
    add(direction_of(*decoded), where);
    return true;
  }

  // The Bidi rule, when one label asks for it.
  bool hold(format_cursor& c) const { return !right_to_left_ || !breaks_rule_ || c.fail(where_); }

 private:
  static bool has_beyond_ascii(const label_text& label) { return has_between(label, 0x80, 0x10FFFF); }

  bool right_to_left_ = false;
  bool breaks_rule_ = false;
  std::size_t where_ = 0;
};

inline bool take_hostname(format_cursor& c, bool a_labels) {
  name_rules rules;
  const std::size_t whole = c.at;
  do {
    const std::size_t from = c.at;
    c.skip(class_label);
    const std::string_view label = c.text.substr(from, c.at - from);
    const std::size_t fault = find_ascii_fault(label);
    if (fault != label.size() || label.empty()) return c.fail(from + fault);
    if (c.at - whole > max_hostname) return c.fail(whole + max_hostname);
    if (!a_labels) continue;
    if (!has_ace_prefix(label)) {
      rules.add_ascii(label, from);
    } else if (!rules.add_a_label(label, from)) {
      return c.fail(from);
    }
  } while (c.take('.'));
  return rules.hold(c);
}

/// The characters between the labels of an internationalized name.
constexpr bool is_label_separator(char32_t c) {
  return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

// The octets of a U-label as an A-label, 0 when it is not one; the place is then that of the fault.
inline std::size_t take_u_label(format_cursor& c, const label_text& label, name_rules& rules) {
  const std::size_t from = c.at;
  const std::size_t fault = find_label_fault(label);
  if (fault != label.size) {
    for (std::size_t i = 0; i < fault; ++i) {
      c.at += text::decode_utf8(c.text.data() + c.at, c.text.data() + c.text.size()).length;
    }
    return 0;
  }
  const auto encoded = encode_punycode(label);
  if (!encoded || encoded->size + 4 > max_label) return 0;
  rules.add(direction_of(label), from);
  return encoded->size + 4;
}

inline bool take_idn_hostname(format_cursor& c) {
  name_rules rules;
  std::size_t octets = 0;
  for (;;) {
    const std::size_t from = c.at;
    label_text decoded;
    bool ascii = true;
    std::size_t separator = 0;
    for (std::size_t at = from; at < c.text.size();) {
      const auto step = text::decode_utf8(c.text.data() + at, c.text.data() + c.text.size());
      if (is_label_separator(step.code_point)) {
        separator = step.length;
        break;
      }
      if (!step.well_formed || !decoded.push_back(step.code_point)) return c.fail(at);
      ascii = ascii && step.code_point < 0x80;
      at += step.length;
      c.at = at;
    }
    const std::string_view label = c.text.substr(from, c.at - from);
    std::size_t size = label.size();
    if (ascii) {
      const std::size_t fault = find_ascii_fault(label);
      if (fault != size || label.empty()) return c.fail(from + fault);
      if (!has_hyphens_3_4(label)) {
        rules.add_ascii(label, from);
      } else if (!has_ace_prefix(label) || !rules.add_a_label(label, from)) {
        return c.fail(from);
      }
    } else {
      const std::size_t behind = c.at;
      c.at = from;
      size = take_u_label(c, decoded, rules);
      if (size == 0) return false;
      c.at = behind;
    }
    octets += size;
    if (octets > max_hostname) return c.fail(from);
    if (separator == 0) return rules.hold(c);
    c.at += separator;
    ++octets;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
