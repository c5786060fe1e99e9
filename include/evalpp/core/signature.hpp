// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <charconv>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI {

/// Builds a signature in sacreBLEU's style: `case:mixed|eff:no|tok:13a|smooth:exp`.
class signature_builder {
 public:
  signature_builder& add(std::string_view key, std::string_view value) {
    if (!text_.empty()) text_ += '|';
    text_ += key;
    text_ += ':';
    text_ += value;
    return *this;
  }
  signature_builder& add(std::string_view key, const char* value) {
    return add(key, std::string_view(value));
  }
  signature_builder& add(std::string_view key, bool value) { return add(key, value ? "yes" : "no"); }
  signature_builder& add(std::string_view key, int value) {
    return add(key, std::string_view(std::to_string(value)));
  }
  /// The shortest text that reads back as the same double.
  signature_builder& add(std::string_view key, double value) {
    return add(key, std::string_view(shortest(value)));
  }

  std::string str() const { return text_; }

  static std::string shortest(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return std::string(buffer, end);
  }

 private:
  std::string text_;
};

}  // namespace evalpp::inline EVALPP_ABI
