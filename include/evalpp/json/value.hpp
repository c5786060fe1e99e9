// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/number.hpp>
#include <evalpp/json/detail/storage.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

/// What a value is. `absent` is no JSON: it is what a look-up gives that found nothing, and is
/// not the same as `null`.
enum class kind : std::uint8_t { absent, null, boolean, number, string, array, object };

namespace detail {

/// 16 bytes per value. The children of a container lie side by side, those of an object as
/// key, value, key, value; so element i is one addition away and nothing needs a destructor.
struct node {
  std::uint64_t tag;    ///< kind in the low 4 bits, then flags; from bit 8 the length, count or truth
  std::uint64_t where;  ///< offset into the bytes (string, number) or index of the first child

  static constexpr std::uint64_t whole = 0x10;  ///< a number without a point or an exponent

  static constexpr node of(kind k, std::size_t size, std::size_t where, std::uint64_t flags = 0) {
    return {static_cast<std::uint64_t>(k) | flags | static_cast<std::uint64_t>(size) << 8,
            static_cast<std::uint64_t>(where)};
  }
  kind type() const { return static_cast<kind>(tag & 0xFU); }
  bool is_whole() const { return (tag & whole) != 0; }
  std::size_t size() const { return static_cast<std::size_t>(tag >> 8); }
};

}  // namespace detail

class document;
struct member;
class item_range;
class member_range;

/// A value inside a `document`: three pointers, cheap to copy, valid as long as its document lives
/// and is not assigned to (moving the document is fine).
///
/// Look-ups never fail loudly: what is not there is an *absent* value, on which every question has
/// a harmless answer, so a path reads as it is written:
///
///     if (auto score = document.root()["metrics"][0]["bleu"].as_double()) use(*score);
class value {
 public:
  /// The absent value.
  value() = default;

  json::kind kind() const noexcept { return node_ == nullptr ? json::kind::absent : node_->type(); }
  bool exists() const noexcept { return node_ != nullptr; }
  /// Tells the values of one document apart; null when absent. Not to be looked into.
  const void* identity() const noexcept { return node_; }
  bool is_null() const noexcept { return kind() == json::kind::null; }
  bool is_bool() const noexcept { return kind() == json::kind::boolean; }
  bool is_number() const noexcept { return kind() == json::kind::number; }
  bool is_string() const noexcept { return kind() == json::kind::string; }
  bool is_array() const noexcept { return kind() == json::kind::array; }
  bool is_object() const noexcept { return kind() == json::kind::object; }
  /// A number without a fractional part, of any size: `3`, `3.0`, `30e-1`, `1e400`.
  bool is_integer() const { return is_number() && (node_->is_whole() || detail::is_integral(number_text())); }

  /// The value when it is of that kind; nothing otherwise.
  std::optional<bool> as_bool() const noexcept {
    if (!is_bool()) return std::nullopt;
    return node_->size() != 0;
  }
  std::optional<std::string_view> as_string() const noexcept {
    if (!is_string()) return std::nullopt;
    return bytes_of(*node_);
  }
  /// The nearest double of any number; infinity or zero when it lies outside the range.
  std::optional<double> as_double() const {
    if (!is_number()) return std::nullopt;
    return detail::to_double(number_text());
  }
  /// The exact integer; nothing when the number has a fraction or needs more than 64 bits.
  std::optional<std::int64_t> as_int64() const {
    if (!is_number()) return std::nullopt;
    return detail::to_int64(number_text());
  }
  /// A number as it was written, `1.50` stays `1.50`; empty for every other kind.
  std::string_view number_text() const noexcept {
    return is_number() ? bytes_of(*node_) : std::string_view{};
  }

  /// Elements of an array, members of an object, 0 for everything else.
  std::size_t size() const noexcept { return is_array() || is_object() ? node_->size() : 0; }
  bool empty() const noexcept { return size() == 0; }

  /// Element `i` of an array, in constant time; absent beyond the end and for other kinds.
  value at(std::size_t i) const noexcept {
    if (!is_array() || i >= node_->size()) return {};
    return child(i);
  }
  /// The member with this key, in time linear in the number of members; absent when there is none.
  value find(std::string_view key) const noexcept;
  bool contains(std::string_view key) const noexcept { return find(key).exists(); }
  /// The key of member `i` of an object as a string value, in constant time; absent beyond the end.
  value key_at(std::size_t i) const noexcept {
    if (!is_object() || i >= node_->size()) return {};
    return child(2 * i);
  }

  /// Member `i` of an object in the order of the text, in constant time; an absent value beyond the end.
  member member_at(std::size_t i) const noexcept;

  value operator[](std::size_t i) const noexcept { return at(i); }
  value operator[](std::string_view key) const noexcept { return find(key); }

  /// `for (json::value item : array.items())`; empty for other kinds.
  item_range items() const noexcept;
  /// `for (auto [key, item] : object.members())`, in the order of the text; empty for other kinds.
  member_range members() const noexcept;

 private:
  friend class document;
  friend class item_range;
  friend class member_range;

  value(const detail::node* node, const detail::node* nodes, const char* bytes)
      : node_(node), nodes_(nodes), bytes_(bytes) {}

  std::string_view bytes_of(const detail::node& n) const noexcept { return {bytes_ + n.where, n.size()}; }
  value child(std::size_t i) const noexcept { return {nodes_ + node_->where + i, nodes_, bytes_}; }

  const detail::node* node_ = nullptr;
  const detail::node* nodes_ = nullptr;
  const char* bytes_ = nullptr;
};

/// One `"key": value` of an object.
struct member {
  std::string_view key;
  json::value value;
};

/// The elements of an array.
class item_range {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = json::value;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = json::value;

    iterator() = default;
    iterator(value array, std::size_t i) : array_(array), i_(i) {}
    value operator*() const noexcept { return array_.child(i_); }
    iterator& operator++() noexcept {
      ++i_;
      return *this;
    }
    iterator operator++(int) noexcept { return {array_, i_++}; }
    bool operator==(const iterator& other) const noexcept { return i_ == other.i_; }

   private:
    value array_;
    std::size_t i_ = 0;
  };

  explicit item_range(value array) : array_(array.is_array() ? array : value{}) {}
  iterator begin() const noexcept { return {array_, 0}; }
  iterator end() const noexcept { return {array_, array_.size()}; }
  std::size_t size() const noexcept { return array_.size(); }

 private:
  value array_;
};

/// The members of an object.
class member_range {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = member;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = member;

    iterator() = default;
    iterator(value object, std::size_t i) : object_(object), i_(i) {}
    member operator*() const noexcept {
      const value key = object_.child(2 * i_);
      return {key.bytes_of(*key.node_), object_.child(2 * i_ + 1)};
    }
    iterator& operator++() noexcept {
      ++i_;
      return *this;
    }
    iterator operator++(int) noexcept { return {object_, i_++}; }
    bool operator==(const iterator& other) const noexcept { return i_ == other.i_; }

   private:
    value object_;
    std::size_t i_ = 0;
  };

  explicit member_range(value object) : object_(object.is_object() ? object : value{}) {}
  iterator begin() const noexcept { return {object_, 0}; }
  iterator end() const noexcept { return {object_, object_.size()}; }
  std::size_t size() const noexcept { return object_.size(); }

 private:
  value object_;
};

inline member value::member_at(std::size_t i) const noexcept {
  if (!is_object() || i >= node_->size()) return {};
  return {bytes_of(*child(2 * i).node_), child(2 * i + 1)};
}

inline item_range value::items() const noexcept { return item_range(*this); }
inline member_range value::members() const noexcept { return member_range(*this); }

inline value value::find(std::string_view key) const noexcept {
  if (!is_object()) return {};
  const detail::node* const first = nodes_ + node_->where;
  for (std::size_t i = 0; i < node_->size(); ++i) {
    if (bytes_of(first[2 * i]) == key) return child(2 * i + 1);
  }
  return {};
}

/// An immutable JSON text in memory. Holds two blocks of memory whatever its size, and destroying
/// it takes no recursion whatever its depth.
class document {
 public:
  /// A document whose root is absent.
  document() = default;

  value root() const& noexcept {
    if (nodes_.empty()) return {};
    return {nodes_.data() + (nodes_.size() - 1), nodes_.data(), bytes_.data()};
  }
  value root() const&& = delete;  // it would point into memory that is about to go

 private:
  friend class parser;

  detail::buffer<detail::node> nodes_;  // the root is the last one
  detail::buffer<char> bytes_;  // the text, each string unescaped in its place; no std::string: moving a
                                // short one moves its bytes
};

}  // namespace evalpp::inline EVALPP_ABI::json

namespace evalpp::inline EVALPP_ABI::json {
/// "null", "boolean", "number", "string", "array", "object", or "nothing" for an absent value.
inline std::string_view to_string(kind k) {
  switch (k) {
    case kind::absent:
      return "nothing";
    case kind::null:
      return "null";
    case kind::boolean:
      return "boolean";
    case kind::number:
      return "number";
    case kind::string:
      return "string";
    case kind::array:
      return "array";
    case kind::object:
      return "object";
  }
  return "nothing";
}
}  // namespace evalpp::inline EVALPP_ABI::json
