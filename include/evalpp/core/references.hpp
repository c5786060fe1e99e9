// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/tokens.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// One reference for examples of this kind: text for text, a range of tokens for tokens.
template <class R, class Kind>
concept reference_like = (std::same_as<Kind, text_kind> && text_like<R>) ||
                         (!std::same_as<Kind, text_kind> && token_range<R> &&
                          requires { requires std::same_as<kind_of<R>, Kind>; });

/// A reference that may be missing: an optional or a pointer, empty when it is.
template <class R, class Kind>
concept optional_reference = !reference_like<R, Kind> && requires(const R& r) {
  static_cast<bool>(r);
  {*r};
  requires reference_like<std::remove_cvref_t<decltype(*r)>, Kind>;
};

namespace detail {

template <class R, class Kind>
struct reference_type;  // the type of one reference inside R
template <class R, class Kind>
requires reference_like<R, Kind>
struct reference_type<R, Kind> {
  using type = R;
};
template <class R, class Kind>
requires optional_reference<R, Kind>
struct reference_type<R, Kind> {
  using type = std::remove_cvref_t<decltype(*std::declval<const R&>())>;
};
template <std::ranges::range R, class Kind>
requires(!reference_like<R, Kind> && !optional_reference<R, Kind> && requires {
  typename reference_type<std::ranges::range_value_t<const R>, Kind>::type;
}) struct reference_type<R, Kind> {
  using type = typename reference_type<std::ranges::range_value_t<const R>, Kind>::type;
};

}  // namespace detail

/// The references of one example in one form, whatever shape they were given in: a view of each
/// text, or a pointer to each range of tokens. Missing ones are not in it. Reused from example to
/// example.
template <class References, class Kind>
class reference_list {
 public:
  using reference = typename detail::reference_type<References, Kind>::type;
  using item = std::conditional_t<std::same_as<Kind, text_kind>, std::string_view, const reference*>;

  std::span<const item> assign(const References& references) {
    count_ = 0;
    more_.clear();
    add(references);
    if (more_.empty()) return {few_.items, count_};
    return more_;
  }

 private:
  template <class R>
  void add(const R& r) {
    if constexpr (reference_like<R, Kind> && std::same_as<Kind, text_kind>) {
      push(std::string_view(r));
    } else if constexpr (reference_like<R, Kind>) {
      push(&r);
    } else if constexpr (optional_reference<R, Kind>) {
      if (r) add(*r);
    } else {
      for (const auto& each : r) add(each);
    }
  }

  void push(item i) {
    if (more_.empty() && count_ < few) {
      ::new (few_.items + count_++) item(i);
      return;
    }
    if (more_.empty()) more_.assign(few_.items, few_.items + few);
    more_.push_back(i);
  }

  static constexpr std::size_t few = 16;
  // Without an initial value: to clear it takes as long as to read a short answer.
  union room {
    room() noexcept : vacant() {}
    char vacant;
    item items[few];
  };

  room few_;  // so that the usual example allocates nothing, even in a fresh list
  std::size_t count_ = 0;
  std::vector<item> more_;
};

/// References that fit hypotheses of type H: one, an optional one, or any range of those.
template <class References, class H>
concept references_for = requires {
  typename detail::reference_type<References, kind_of<H>>::type;
};

}  // namespace evalpp::inline EVALPP_ABI
