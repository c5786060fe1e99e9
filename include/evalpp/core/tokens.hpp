// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>

namespace evalpp::inline EVALPP_ABI {

/// Text: anything a string_view can be made of.
template <class T>
concept text_like = std::convertible_to<const T&, std::string_view>;

/// One token: text, an integer id, or a value type of the user's with equality and std::hash.
template <class T>
concept token_like = text_like<T> || std::integral<T> ||
    (std::equality_comparable<T>&& std::copyable<T>&& requires(const T& t) {
      { std::hash<T>{}(t) } -> std::convertible_to<std::size_t>;
    });

/// A tokenized text: a random-access range of tokens.
template <class R>
concept token_range =
    std::ranges::random_access_range<const R> && std::ranges::sized_range<const R> && !text_like<R> &&
    token_like<std::ranges::range_value_t<const R>>;

namespace detail {
template <class T>
struct token_key;
template <text_like T>
struct token_key<T> {
  using type = std::string_view;
};
template <class T>
requires(std::integral<T> && !text_like<T>) struct token_key<T> {
  using type = std::uint64_t;
};
template <token_like T>
requires(!text_like<T> && !std::integral<T>) struct token_key<T> {
  using type = T;
};
}  // namespace detail

/// The kind of an example, which decides what prepared references look like: raw text ...
struct text_kind {};
/// ... or tokens that were made elsewhere. Key is string_view, uint64_t or the user's type.
template <class Key>
struct tokens_kind {};

namespace detail {
template <class Hypothesis>
struct kind_trait;
template <text_like H>
struct kind_trait<H> {
  using type = text_kind;
};
template <token_range H>
struct kind_trait<H> {
  using type = tokens_kind<typename token_key<std::ranges::range_value_t<const H>>::type>;
};
}  // namespace detail

/// `text_kind` for a string, `tokens_kind<Key>` for a range of tokens.
template <class Hypothesis>
using kind_of = typename detail::kind_trait<std::remove_cvref_t<Hypothesis>>::type;

}  // namespace evalpp::inline EVALPP_ABI
