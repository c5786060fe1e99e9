// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/format.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Arbitrary bytes as every format: a fault lies in the text, and the formats agree where one contains
// another or is made of others.
inline int fuzz_format(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  using json::format;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(data[i]);
  const auto is = [](format f, std::string_view whole) { return json::check_format(f, whole).valid; };
  const auto implies = [&](format narrow, format wide) { require(!is(narrow, text) || is(wide, text)); };

  for (int i = 0; i <= static_cast<int>(format::regex); ++i) {
    require(json::check_format(static_cast<format>(i), text).offset <= size);
  }
  implies(format::uri, format::uri_reference);
  implies(format::uri, format::iri);
  implies(format::uri_reference, format::iri_reference);
  implies(format::iri, format::iri_reference);
  implies(format::iri_reference, format::uri_template);
  implies(format::email, format::idn_email);
  const bool ascii = evalpp::text::is_ascii(text);
  require(!ascii || is(format::uri, text) == is(format::iri, text));
  require(!ascii || is(format::email, text) == is(format::idn_email, text));
  require(!ascii || !is(format::idn_hostname, text) || is(format::hostname, text));
  require(!is(format::hostname, text) || json::check_format(format::hostname, text, false).valid);
  require(!is(format::hostname, text) || text.find("--") != std::string::npos ||
          is(format::idn_hostname, text));
  require(!is(format::hostname, text) || is(format::email, "a@" + text));

  if (is(format::ipv4, text)) {
    std::string again;
    for (std::size_t at = 0; at < size;
         at = text.find('.', at) == std::string::npos ? size : text.find('.', at) + 1) {
      if (!again.empty()) again += '.';
      again += std::to_string(static_cast<std::uint8_t>(std::strtol(text.c_str() + at, nullptr, 10)));
    }
    require(again == text);
    require(is(format::ipv6, "::" + text) && is(format::hostname, text));
  }
  if (is(format::ipv6, text)) {
    require(is(format::uri, "a://[" + text + "]") && is(format::email, "a@[IPv6:" + text + "]"));
  }
  if (is(format::json_pointer, text)) require(is(format::relative_json_pointer, "10" + text));
  if (is(format::date, text)) require(is(format::date_time, text + "T00:00:00Z"));
  if (is(format::time, text)) require(is(format::date_time, "2024-02-29t" + text));
  if (is(format::uuid, text)) require(is(format::uri, "urn:uuid:" + text));

  // A name with its U-labels encoded is as valid as before.
  if (is(format::idn_hostname, text)) {
    namespace detail = json::detail;
    std::string name;
    detail::label_text label;
    const auto end_label = [&] {
      bool beyond_ascii = false;
      for (const char32_t c : label) beyond_ascii = beyond_ascii || c >= 0x80;
      if (beyond_ascii) {
        const auto encoded = detail::encode_punycode(label);
        require(encoded.has_value());
        name += "xn--";
        name += encoded->view();
      } else {
        for (const char32_t c : label) name += static_cast<char>(c);
      }
      label = {};
    };
    evalpp::text::for_each_code_point(text, [&](const evalpp::text::utf8_step& step, std::size_t) {
      if (!detail::is_label_separator(step.code_point)) {
        require(label.push_back(step.code_point));
        return;
      }
      end_label();
      name += '.';
    });
    end_label();
    require(is(format::hostname, name) && is(format::idn_hostname, name));
  }
  return 0;
}
