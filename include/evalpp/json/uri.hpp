// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// URI references, RFC 3986: taken apart and resolved, of any scheme, without judging what is in the parts
// (that is `format: uri`'s part).

namespace evalpp::inline EVALPP_ABI::json {

/// The five parts of a URI reference, views of its text. A part that is not there is not the same
/// as an empty one: "http://h?" has a query.
struct uri_parts {
  std::optional<std::string_view> scheme;     ///< without ":"
  std::optional<std::string_view> authority;  ///< without "//"
  std::string_view path;
  std::optional<std::string_view> query;     ///< without "?"
  std::optional<std::string_view> fragment;  ///< without "#"
};

/// Appendix B of RFC 3986. Every text splits.
inline uri_parts split_uri(std::string_view text) {
  constexpr std::size_t none = std::string_view::npos;
  uri_parts parts;
  if (const std::size_t hash = text.find('#'); hash != none) {
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != none) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  const std::size_t colon = text.find_first_of(":/");
  if (colon != none && colon != 0 && text[colon] == ':') {
    const std::string_view scheme = text.substr(0, colon);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    bool well_formed = letter(scheme[0]);
    for (const char c : scheme) {
      well_formed = well_formed && (letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.');
    }
    if (well_formed) {
      parts.scheme = scheme;
      text = text.substr(colon + 1);
    }
  }
  if (text.substr(0, 2) == "//") {
    const std::size_t end = text.find('/', 2);
    parts.authority = text.substr(2, end == none ? none : end - 2);
    text = end == none ? std::string_view{} : text.substr(end);
  }
  parts.path = text;
  return parts;
}

/// Section 5.3 of RFC 3986.
inline std::string join_uri(const uri_parts& parts) {
  std::string text;
  if (parts.scheme) text.append(*parts.scheme) += ':';
  if (parts.authority) text.append("//").append(*parts.authority);
  text += parts.path;
  if (parts.query) (text += '?').append(*parts.query);
  if (parts.fragment) (text += '#').append(*parts.fragment);
  return text;
}

/// Resolves "." and ".." segments, section 5.2.4 of RFC 3986: "/a/b/../c" is "/a/c". Linear.
inline std::string remove_dot_segments(std::string_view path) {
  std::string out;
  const auto drop_last = [&out] {
    const std::size_t slash = out.rfind('/');
    out.resize(slash == std::string::npos ? 0 : slash);
  };
  while (!path.empty()) {
    if (path.substr(0, 3) == "../") {
      path.remove_prefix(3);
    } else if (path.substr(0, 2) == "./" || path.substr(0, 3) == "/./") {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.substr(0, 4) == "/../") {
      path.remove_prefix(3);
      drop_last();
    } else if (path == "/..") {
      path = "/";
      drop_last();
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const std::size_t end = path.find('/', 1);
      out += path.substr(0, end);
      path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
  }
  return out;
}

/// The URI that `reference` means where `base` is the base, section 5.2.2 of RFC 3986 (strict).
/// With a base that is empty or relative the result may be relative.
inline std::string resolve_uri(std::string_view base, std::string_view reference) {
  uri_parts r = split_uri(reference);
  const uri_parts b = split_uri(base);
  std::string path;
  if (r.scheme || r.authority) {
    path = remove_dot_segments(r.path);
  } else if (r.path.empty()) {
    path = b.path;
    if (!r.query) r.query = b.query;
  } else if (r.path[0] == '/') {
    path = remove_dot_segments(r.path);
  } else {
    if (b.authority && b.path.empty()) {
      path = '/';
    } else if (const std::size_t slash = b.path.rfind('/'); slash != std::string_view::npos) {
      path = b.path.substr(0, slash + 1);
    }
    path = remove_dot_segments(path.append(r.path));
  }
  if (!r.scheme) {
    r.scheme = b.scheme;
    if (!r.authority) r.authority = b.authority;
  }
  r.path = path;
  return join_uri(r);
}

/// What stands before "#".
inline std::string_view without_fragment(std::string_view uri) { return uri.substr(0, uri.find('#')); }

/// "%41" becomes "A"; a "%" without two hex digits stays.
inline std::string percent_decode(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && text.size() - i > 2 && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// A fragment with everything escaped that may not stand in one.
inline std::string percent_encode_fragment(std::string_view text) {
  constexpr std::string_view plain = "-._~!$&'()*+,;=:@/?";
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      ((out += '%') += hex[byte >> 4]) += hex[byte & 0xFU];
    }
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::json
