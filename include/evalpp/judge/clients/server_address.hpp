// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/uri.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace evalpp::inline EVALPP_ABI::judge {

/// Whether a base URL can be asked: `http` or `https`, a host, the path that ends with the version part. It
/// stands in journals and recordings, so it may hold no secret.
inline status check_base_url(std::string_view url) {
  const auto refuse = [&](const char* message, const char* fix) {
    return evalpp::error{.code = error_code::invalid_argument, .message = message, .fix = fix};
  };
  if (std::any_of(url.begin(), url.end(), [](char c) { return c <= 0x20 || c > 0x7E; }))
    return refuse("the base URL holds blanks or characters that a URL cannot have",
                  "write them as %20 and so on");
  const json::uri_parts parts = json::split_uri(url);
  if ((parts.scheme != "http" && parts.scheme != "https") || parts.authority.value_or("").empty())
    return refuse("the base URL is none of a server",
                  "give one such as http://127.0.0.1:8080/v1 or https://api.openai.com/v1");
  if (parts.authority->find('@') != std::string_view::npos)
    return refuse("the base URL holds a name or password", "put the key into EVALPP_API_KEY");
  if (parts.query || parts.fragment)
    return refuse("the base URL holds a query or fragment", "end it with the version part, as in .../v1");
  return std::monostate{};
}

/// The host of a URL, without its port and the brackets of IPv6.
inline std::string_view host_of(std::string_view url) {
  std::string_view host = json::split_uri(url).authority.value_or("");
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

/// Whether a URL is of a server on this machine: 127.0.0.0/8, ::1, localhost.
inline bool is_loopback(std::string_view url) {
  const std::string_view host = host_of(url);
  const bool ipv4 =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return ipv4 || host == "::1" || host == "localhost";
}

}  // namespace evalpp::inline EVALPP_ABI::judge
