// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/detail/squad_ascii.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/normalize.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// The words of a SQuAD answer: `normalize_answer(text).split()`, see `squad_normalize`.
struct tokenizer_squad {
  void operator()(std::string_view text, token_buffer& out) const {
    if (detail::scan_squad_ascii(text, out)) return;
    out.close(detail::squad_fold(text, out.open(detail::lowercase_capacity(text.size()))));
    detail::for_each_squad_word(out.bytes(),
                                [&](std::size_t begin, std::size_t end) { out.push(begin, end); });
  }
  std::string signature() const { return "squad"; }

  bool operator==(const tokenizer_squad&) const = default;
};
static_assert(tokenizer<tokenizer_squad>);

}  // namespace evalpp::inline EVALPP_ABI::text
