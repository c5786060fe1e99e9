// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/metrics/detail/span_set.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::detail {

/// Collects the spans of a tag sequence, tag by tag, by the rules of conlleval and seqeval (not its
/// strict mode): `B-X` begins a span, `I-X` goes on with one of type X and begins one otherwise, `O`
/// ends it; `E` and `S` of IOBES end a span with their own tag. The type is what follows the first
/// hyphen, `_` when there is nothing. Any other first character counts as inside.
class iob2_reader {
 public:
  explicit iob2_reader(span_set& out) noexcept : out_(&out) {}

  /// `text` must stay valid until the next call.
  void read(std::string_view text) {
    const tag next = parse(text);
    if (ends(previous_, next)) out_->add(previous_.type, begin_, at_);
    if (begins(previous_, next)) begin_ = at_;
    previous_ = next;
    ++at_;
  }
  void finish() { read("O"); }

 private:
  struct tag {
    char kind = 'O';
    std::string_view type = {};
  };

  static tag parse(std::string_view text) noexcept {
    if (text.empty()) return {'O', "_"};
    const std::size_t first = text::decode_utf8(text.data(), text.data() + text.size()).length;
    std::string_view type = text.substr(first);
    if (const std::size_t hyphen = type.find('-'); hyphen != std::string_view::npos)
      type.remove_prefix(hyphen + 1);
    return {first == 1 ? text[0] : '\0', type.empty() ? std::string_view("_") : type};
  }
  static bool outside(const tag& t) noexcept { return t.kind == 'O' || t.kind == '.'; }
  static bool ends(const tag& before, const tag& next) noexcept {
    if (before.kind == 'E' || before.kind == 'S') return true;
    if ((before.kind == 'B' || before.kind == 'I') &&
        (next.kind == 'B' || next.kind == 'S' || next.kind == 'O'))
      return true;
    return !outside(before) && before.type != next.type;
  }
  static bool begins(const tag& before, const tag& next) noexcept {
    if (next.kind == 'B' || next.kind == 'S') return true;
    if ((before.kind == 'E' || before.kind == 'S' || before.kind == 'O') &&
        (next.kind == 'E' || next.kind == 'I'))
      return true;
    return !outside(next) && before.type != next.type;
  }

  span_set* out_;
  tag previous_{};
  std::int64_t at_ = 0;
  std::int64_t begin_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
