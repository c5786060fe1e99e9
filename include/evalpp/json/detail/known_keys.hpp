// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/noinline.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The keys that objects at some depth have had, by their place: most often the next one has the same. A
/// right guess saves waiting for the kernels, and looking for keys that are there twice. Where object after
/// object has other keys, guessing costs more than it saves, and rests for a while.
class known_keys {
 public:
  static constexpr std::size_t depths = 6;
  struct key {
    char text[32];  // with the closing quote
    std::size_t size;
  };

  void begin_object() {
    if (rest_ != 0) {
      --rest_;
      return;
    }
    futile_ = missed_ ? futile_ + 1 : 0;
    if (futile_ > 8) {
      used_ = distinct_ = strikes_ = futile_ = 0;
      learning_ = false;
      rest_ = 64;
      missed_ = true;  // nothing is known of the objects that come
      return;
    }
    strikes_ = missed_ && !learning_ ? strikes_ + 1 : 0;
    learning_ = used_ == 0 || strikes_ > 1;
    missed_ = spoiled_ = false;
  }
  /// Whether objects are compared with what is known, and teach.
  bool rests() const { return rest_ != 0; }
  bool has(std::size_t place) const { return place < used_; }
  const key& operator[](std::size_t place) const { return keys_[place]; }

  /// The key at `place` is another one than is known there. `plain`: it stands at `raw` without escapes.
  EVALPP_NOINLINE void miss(std::size_t place, const char* raw, std::size_t size, bool plain) {
    missed_ = true;
    if (!learning_) return;  // the first one to be different may be the last
    distinct_ = 0;
    if (place >= most || place > used_) {
      spoiled_ = true;
      return;
    }
    key& slot = keys_[place];
    if (plain && size < sizeof slot.text) {
      std::memcpy(slot.text, raw, sizeof slot.text);
      slot.size = size;
    } else {  // the empty key holds the place
      slot.text[0] = '"';
      slot.size = 0;
      spoiled_ = true;
    }
    used_ = (std::max)(used_, place + 1);
  }

  /// The object has so many members, and closes. Are their keys known to be different?
  bool surely_distinct(std::size_t count) const { return !missed_ && count <= distinct_; }
  void end_object(std::size_t count, bool distinct) {
    if (missed_ && !learning_) return;  // the known keys are not those of this object
    distinct_ = distinct && !spoiled_ && count <= most ? count : 0;
  }

 private:
  static constexpr std::size_t most = 48;

  std::array<key, most> keys_;  // nothing from `used_` on
  std::size_t used_ = 0;
  std::size_t distinct_ = 0;  // the first so many are different from each other
  std::size_t strikes_ = 0;   // objects with other keys, one after the other, since some were learnt
  std::size_t futile_ = 0;    // the same, whether others were learnt or not
  std::size_t rest_ = 0;      // objects for which to guess nothing
  bool learning_ = false;
  bool missed_ = false;   // this object has other keys
  bool spoiled_ = false;  // or one that cannot be kept
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
