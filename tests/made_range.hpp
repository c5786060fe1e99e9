// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <utility>

// A range that makes each element when it is asked for it, as a transforming view does.
template <class Make>
class made_range {
 public:
  using value_type = decltype(std::declval<Make>()(std::ptrdiff_t{}));
  class iterator {
   public:
    using value_type = made_range::value_type;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category = std::input_iterator_tag;

    iterator() = default;
    iterator(const Make* make, std::ptrdiff_t at) : make_(make), at_(at) {}
    value_type operator*() const { return (*make_)(at_); }
    value_type operator[](std::ptrdiff_t n) const { return (*make_)(at_ + n); }
    iterator& operator++() { return *this += 1; }
    iterator& operator--() { return *this += -1; }
    iterator operator++(int) { return std::exchange(*this, *this + 1); }
    iterator operator--(int) { return std::exchange(*this, *this - 1); }
    iterator& operator+=(std::ptrdiff_t n) {
      at_ += n;
      return *this;
    }
    iterator& operator-=(std::ptrdiff_t n) { return *this += -n; }
    friend iterator operator+(iterator i, std::ptrdiff_t n) { return i += n; }
    friend iterator operator+(std::ptrdiff_t n, iterator i) { return i += n; }
    friend iterator operator-(iterator i, std::ptrdiff_t n) { return i -= n; }
    friend std::ptrdiff_t operator-(iterator a, iterator b) { return a.at_ - b.at_; }
    friend bool operator==(iterator a, iterator b) { return a.at_ == b.at_; }
    friend auto operator<=>(iterator a, iterator b) { return a.at_ <=> b.at_; }

   private:
    const Make* make_ = nullptr;
    std::ptrdiff_t at_ = 0;
  };

  made_range(Make make, std::ptrdiff_t size) : make_(std::move(make)), size_(size) {}
  iterator begin() const { return {&make_, 0}; }
  iterator end() const { return {&make_, size_}; }

 private:
  Make make_;
  std::ptrdiff_t size_;
};
