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
inline constexpr std::size_t ace_prefix_size = 4;  // "xn--"

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
    const std::string_view encoded = label.substr(ace_prefix_size);
    const auto decoded = decode_punycode(encoded);
    if (!decoded || find_label_fault(*decoded) != decoded->size) return false;
    if (!has_between(*decoded, 0x80, 0x10FFFF)) return false;
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

// A label of an internationalized name.
struct name_label {
  std::string_view text;
  label_text decoded;
  bool ascii = true;
};

// Reads up to a separator or the end. Longer than a label can be is a fault, so that this is bounded.
inline bool take_label(format_cursor& c, name_label& label) {
  const std::size_t from = c.at;
  while (!c.done()) {
    const auto step = text::decode_utf8(c.text.data() + c.at, c.text.data() + c.text.size());
    if (is_label_separator(step.code_point)) break;
    if (!step.well_formed || !label.decoded.push_back(step.code_point)) return false;
    label.ascii = label.ascii && step.code_point < 0x80;
    c.at += step.length;
  }
  label.text = c.text.substr(from, c.at - from);
  return true;
}

// Whatever stops take_label before the end.
inline bool take_separator(format_cursor& c) {
  if (c.done()) return false;
  c.at += text::decode_utf8(c.text.data() + c.at, c.text.data() + c.text.size()).length;
  return true;
}

// How a label does as one of letters, digits and hyphens or as a U-label: its octets in ASCII form, or none
// and the offset of its fault.
struct label_check {
  std::size_t octets = 0;
  std::size_t fault = 0;
};

inline label_check check_ascii_label(std::string_view label, std::size_t where, name_rules& rules) {
  const std::size_t fault = find_ascii_fault(label);
  if (fault != label.size() || label.empty()) return {0, fault};
  if (!has_hyphens_3_4(label)) {
    rules.add_ascii(label, where);
  } else if (!has_ace_prefix(label) || !rules.add_a_label(label, where)) {
    return {};
  }
  return {label.size(), 0};
}

inline label_check check_u_label(const name_label& label, std::size_t where, name_rules& rules) {
  const std::size_t fault = find_label_fault(label.decoded);
  if (fault != label.decoded.size) {
    const char* at = label.text.data();
    for (std::size_t i = 0; i < fault; ++i) {
      at += text::decode_utf8(at, label.text.data() + label.text.size()).length;
    }
    return {0, static_cast<std::size_t>(at - label.text.data())};
  }
  const auto encoded = encode_punycode(label.decoded);
  if (!encoded || ace_prefix_size + encoded->size > max_label) return {};
  rules.add(direction_of(label.decoded), where);
  return {ace_prefix_size + encoded->size, 0};
}

inline bool take_idn_hostname(format_cursor& c) {
  name_rules rules;
  std::size_t octets = 0;
  do {
    const std::size_t from = c.at;
    name_label label;
    if (!take_label(c, label)) return false;
    const label_check check =
        label.ascii ? check_ascii_label(label.text, from, rules) : check_u_label(label, from, rules);
    if (check.octets == 0) return c.fail(from + check.fault);
    octets += check.octets;
    if (octets > max_hostname) return c.fail(from);
    ++octets;  // the separator
  } while (take_separator(c));
  return rules.hold(c);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
