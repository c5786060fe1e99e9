// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/json/detail/format_hostname.hpp>
#include <evalpp/json/detail/format_internet.hpp>
#include <evalpp/json/detail/format_pointer.hpp>
#include <evalpp/json/detail/format_regex.hpp>
#include <evalpp/json/detail/format_time.hpp>
#include <evalpp/json/detail/format_uri.hpp>
#include <evalpp/json/detail/idna_tables.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

// The values of JSON Schema's keyword `format`.
namespace evalpp::inline EVALPP_ABI::json {

/// The formats of all drafts together. Which of them a draft knows is not said here.
enum class format : std::uint8_t {
  date_time,
  date,
  time,
  duration,
  email,
  idn_email,
  hostname,
  idn_hostname,
  ipv4,
  ipv6,
  uri,
  uri_reference,
  iri,
  iri_reference,
  uri_template,
  uuid,
  json_pointer,
  relative_json_pointer,
  regex,
};

/// The version of the Unicode character database that decides which names are valid for `idn_hostname` and
/// for `hostname` with A-labels.
inline constexpr std::string_view format_unicode_version = detail::idna_table_version;

namespace detail {

struct format_entry {
  std::string_view name;
  std::string_view description;
};

// In the order of the enumerators.
inline constexpr format_entry format_entries[] = {
    {"date-time", "a date and time (YYYY-MM-DDThh:mm:ssZ or with an offset, RFC 3339)"},
    {"date", "a date (YYYY-MM-DD, RFC 3339)"},
    {"time", "a time with an offset (hh:mm:ssZ or hh:mm:ss+hh:mm, RFC 3339)"},
    {"duration", "a duration (P1DT12H, RFC 3339 appendix A)"},
    {"email", "an e-mail address (RFC 5321)"},
    {"idn-email", "an internationalized e-mail address (RFC 6531)"},
    {"hostname", "a host name (RFC 1123, RFC 5890)"},
    {"idn-hostname", "an internationalized host name (RFC 5890)"},
    {"ipv4", "an IPv4 address (192.0.2.1)"},
    {"ipv6", "an IPv6 address (2001:db8::1, RFC 4291)"},
    {"uri", "a URI with a scheme (RFC 3986)"},
    {"uri-reference", "a URI or a relative reference (RFC 3986)"},
    {"iri", "an IRI with a scheme (RFC 3987)"},
    {"iri-reference", "an IRI or a relative reference (RFC 3987)"},
    {"uri-template", "a URI template (RFC 6570)"},
    {"uuid", "a UUID (8-4-4-4-12 hexadecimal digits, RFC 4122)"},
    {"json-pointer", "a JSON Pointer (empty or /..., RFC 6901)"},
    {"relative-json-pointer", "a relative JSON Pointer (1/name or 0#)"},
    {"regex", "a regular expression (ECMA-262 with the flag u)"},
};
inline constexpr std::size_t format_count = std::size(format_entries);
static_assert(format_count == static_cast<std::size_t>(format::regex) + 1);

inline bool take_format(format_cursor& c, format f, bool a_labels) {
  switch (f) {
    case format::date_time:
      return take_date_time(c);
    case format::date:
      return take_date(c);
    case format::time:
      return take_time(c);
    case format::duration:
      return take_duration(c);
    case format::email:
      return take_email(c, false);
    case format::idn_email:
      return take_email(c, true);
    case format::hostname:
      return take_hostname(c, a_labels);
    case format::idn_hostname:
      return take_idn_hostname(c);
    case format::ipv4:
      return take_ipv4(c);
    case format::ipv6:
      return take_ipv6(c);
    case format::uri:
      return take_uri(c, false, false);
    case format::uri_reference:
      return take_uri(c, false, true);
    case format::iri:
      return take_uri(c, true, false);
    case format::iri_reference:
      return take_uri(c, true, true);
    case format::uri_template:
      return take_uri_template(c);
    case format::uuid:
      return take_uuid(c);
    case format::json_pointer:
      return take_json_pointer(c);
    case format::relative_json_pointer:
      return take_relative_json_pointer(c);
    case format::regex:
      return take_regex(c);
  }
  return false;
}

}  // namespace detail

/// The format that a value of the keyword names; nothing for names that no draft knows.
constexpr std::optional<format> format_of(std::string_view name) {
  for (std::size_t i = 0; i < detail::format_count; ++i) {
    if (detail::format_entries[i].name == name) return static_cast<format>(i);
  }
  return std::nullopt;
}

/// The value of the keyword: "date-time".
constexpr std::string_view to_string(format f) {
  return detail::format_entries[static_cast<std::size_t>(f)].name;
}

/// What a message says was expected: "a date (YYYY-MM-DD, RFC 3339)".
constexpr std::string_view description(format f) {
  return detail::format_entries[static_cast<std::size_t>(f)].description;
}

/// A verdict with the place of the first fault: the byte that cannot continue the text, the first one of
/// what is wrong as a whole (a number out of range, a label), the text's length when it ends too early.
struct format_check {
  bool valid = false;
  std::size_t offset = 0;  ///< meaningful when invalid

  explicit constexpr operator bool() const { return valid; }
  bool operator==(const format_check&) const = default;
};

/// Whether the whole text has the format. Text is UTF-8; other bytes do no harm, and only JSON Pointers may
/// contain them beside what goes for any character beyond ASCII.
/// `a_labels`: `hostname` demands that labels with the prefix "xn--" are A-labels, as it does from draft 7
/// on. Time is linear in the text, but for `regex`, for which see regex.hpp; nothing else allocates.
inline format_check check_format(format f, std::string_view text, bool a_labels = true) {
  detail::format_cursor c{text};
  const bool valid = detail::take_format(c, f, a_labels) && c.done();
  return {valid, c.at};
}

}  // namespace evalpp::inline EVALPP_ABI::json
