// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/tokenizer_char.hpp>
#include <evalpp/text/tokenizer_intl.hpp>
#include <evalpp/text/tokenizer_none.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>
#include <evalpp/text/tokenizer_zh.hpp>

#include <string>
#include <string_view>
#include <variant>

namespace evalpp::inline EVALPP_ABI::text {

/// One of BLEU's tokenizers, chosen at run time. By default `13a`.
class any_tokenizer {
 public:
  using alternatives = std::variant<tokenizer_13a, tokenizer_none, tokenizer_intl, tokenizer_char,
                                    tokenizer_zh, tokenizer_whitespace>;

  any_tokenizer() = default;
  any_tokenizer(alternatives chosen) : chosen_(chosen) {}

  /// The tokenizer of that name: none, 13a, intl, char, zh or whitespace.
  static result<any_tokenizer> from_name(std::string_view name) {
    if (name == "13a") return any_tokenizer{tokenizer_13a{}};
    if (name == "none") return any_tokenizer{tokenizer_none{}};
    if (name == "intl") return any_tokenizer{tokenizer_intl{}};
    if (name == "char") return any_tokenizer{tokenizer_char{}};
    if (name == "zh") return any_tokenizer{tokenizer_zh{}};
    if (name == "whitespace") return any_tokenizer{tokenizer_whitespace{}};
    error unknown;
    unknown.code = error_code::unknown_name;
    unknown.message = "there is no tokenizer \"" + std::string(name) + "\"";
    unknown.fix = "choose one of none, 13a, intl, char, zh, whitespace";
    return unknown;
  }

  void operator()(std::string_view text, token_buffer& out) const {
    std::visit([&](const auto& tokenize) { tokenize(text, out); }, chosen_);
  }
  std::string signature() const {
    return std::visit([](const auto& tokenize) { return tokenize.signature(); }, chosen_);
  }

  bool operator==(const any_tokenizer&) const = default;

 private:
  alternatives chosen_;
};
static_assert(tokenizer<any_tokenizer>);

}  // namespace evalpp::inline EVALPP_ABI::text
