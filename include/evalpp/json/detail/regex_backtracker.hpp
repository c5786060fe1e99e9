// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_program.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Tries the choices of a program one after another, in the order of ECMA-262: what backreferences need,
/// for which no better way is known. Its stack is on the heap and bounded, and so are its steps.
class regex_backtracker {
 public:
  static constexpr std::size_t max_bytes = std::size_t{16} << 20;

  /// Whether a match begins anywhere in `text`, or, with `anchored`, at its start.
  regex_verdict search(const regex_program& program, std::uint32_t entry, std::string_view text,
                       bool anchored, std::uint64_t steps) {
    program_ = &program;
    begin_ = text.data();
    end_ = begin_ + text.size();
    steps_ = steps;
    registers_.assign(program.registers + 2 * (program.groups + std::size_t{1}), unset);
    for (const char* start = begin_;;) {  // an attempt that fails leaves no trace in the registers
      const regex_verdict verdict = run(entry, start);
      if (verdict != regex_verdict::no || anchored || start == end_) return verdict;
      start += program.symbols.next(start, end_).length;
    }
  }

 private:
  static constexpr std::size_t unset = (std::numeric_limits<std::size_t>::max)();

  enum class kind : std::uint8_t {
    choice,   // go on at `code` and `place`
    shorter,  // the run `code` may be shorter: it ends at `place` and has `extra` more than it needs
    longer,   // the run `code` may be longer: it ends at `place` and may take `extra` more
    restore,  // register `code` was `place`
    look,     // the look-around `code` began at `place`
  };
  struct frame {
    kind what = kind::choice;
    std::uint32_t code = 0;
    std::size_t place = 0;
    std::size_t extra = 0;
  };

  /// One attempt. `code_` and `at_` are where it is; a step that fails goes back to the latest frame.
  regex_verdict run(std::uint32_t entry, const char* start) {
    frames_.clear();
    code_ = entry;
    at_ = start;
    for (;;) {
      if (steps_-- == 0) return give_up();
      if (frames_.size() * sizeof(frame) > max_bytes) return regex_verdict::budget;
      const regex_instruction& it = program_->code[code_];
      if (it.op == regex_op::match) return regex_verdict::yes;
      if (!step(it) && !go_back()) return steps_ == 0 ? give_up() : regex_verdict::no;
    }
  }

  regex_verdict give_up() {
    steps_ = 0;
    return regex_verdict::budget;
  }

  bool step(const regex_instruction& it) {
    switch (it.op) {
      case regex_op::symbol:
      case regex_op::set: {
        if (at_ == (it.backward ? begin_ : end_)) return false;
        const regex_symbols::step read = neighbour(it.backward);
        if (!program_->takes(it, read.symbol)) return false;
        move(read.length, it.backward);
        break;
      }
      case regex_op::split:
        frames_.push_back({kind::choice, it.arg, place()});
        break;
      case regex_op::previous:
        if (!program_->contains(it.arg, neighbour(true).symbol)) return false;
        break;
      case regex_op::upcoming:
        if (!program_->contains(it.arg, neighbour(false).symbol)) return false;
        break;
      case regex_op::run:
        return begin_run(it);
      case regex_op::open:
        set_register(it.arg, place());
        break;
      case regex_op::close: {
        const std::size_t other = registers_[it.extra];
        set_register(group_register(it.arg), it.backward ? place() : other);
        set_register(group_register(it.arg) + 1, it.backward ? other : place());
        break;
      }
      case regex_op::forget:
        spend(it.extra - it.arg);
        for (std::uint32_t group = it.arg; group <= it.extra; ++group) {
          set_register(group_register(group), unset);
          set_register(group_register(group) + 1, unset);
        }
        break;
      case regex_op::progress:
        if (registers_[it.arg] == place()) return false;
        break;
      case regex_op::back_reference:
        if (!repeat_group(it)) return false;
        break;
      case regex_op::look_begin:
        frames_.push_back({kind::look, code_, place()});
        code_ = it.arg;
        return true;
      case regex_op::look_end:
        return end_look();
      default:
        return false;
    }
    code_ = it.next;
    return true;
  }

  /// Undoes frames until one offers another way. False when none does.
  bool go_back() {
    while (!frames_.empty()) {
      const frame last = frames_.back();
      frames_.pop_back();
      if (last.what == kind::restore) {
        registers_[last.code] = last.place;
        continue;
      }
      const regex_instruction& it = program_->code[last.code];
      switch (last.what) {
        case kind::restore:
          break;
        case kind::choice:
          code_ = last.code;
          at_ = begin_ + last.place;
          return true;
        case kind::shorter:
          at_ = begin_ + last.place;
          move(neighbour(!it.backward).length, !it.backward);
          if (last.extra > 1) frames_.push_back({kind::shorter, last.code, place(), last.extra - 1});
          code_ = it.next;
          return true;
        case kind::longer: {
          at_ = begin_ + last.place;
          const regex_symbols::step read = neighbour(it.backward);
          if (!program_->contains(program_->runs[it.arg].set, read.symbol)) break;
          move(read.length, it.backward);
          if (last.extra > 1) frames_.push_back({kind::longer, last.code, place(), last.extra - 1});
          code_ = it.next;
          return true;
        }
        case kind::look:  // its body has failed
          if (!it.negative) break;
          at_ = begin_ + last.place;
          code_ = it.next;
          return true;
      }
    }
    return false;
  }

  /// Takes as many characters as the run can, or, lazy, as few.
  bool begin_run(const regex_instruction& it) {
    const regex_run& bounds = program_->runs[it.arg];
    const std::size_t most = it.lazy ? bounds.min : bounds.max;
    std::size_t count = 0;
    for (; count < most; ++count) {
      const regex_symbols::step read = neighbour(it.backward);
      if (!program_->contains(bounds.set, read.symbol)) break;
      move(read.length, it.backward);
      spend(1);
    }
    if (count < bounds.min || steps_ == 0) return false;
    if (it.lazy) {
      if (bounds.max > bounds.min) frames_.push_back({kind::longer, code_, place(), bounds.max - bounds.min});
    } else if (count > bounds.min) {
      frames_.push_back({kind::shorter, code_, place(), count - bounds.min});
    }
    code_ = it.next;
    return true;
  }

  /// A group that has not matched is empty.
  bool repeat_group(const regex_instruction& it) {
    const std::size_t first = registers_[group_register(it.arg)];
    const std::size_t last = registers_[group_register(it.arg) + 1];
    if (first == unset || last == unset) return true;
    const std::string_view matched(begin_ + first, last - first);
    const std::size_t room = static_cast<std::size_t>(it.backward ? at_ - begin_ : end_ - at_);
    if (room < matched.size()) return false;
    spend(matched.size() / 16);
    if (std::string_view(it.backward ? at_ - matched.size() : at_, matched.size()) != matched) return false;
    move(matched.size(), it.backward);
    return true;
  }

  /// The body of the innermost open look-around has matched: no other way through it will be tried.
  bool end_look() {
    std::size_t first = frames_.size();
    while (frames_[--first].what != kind::look) {
    }
    const frame look = frames_[first];
    const regex_instruction& it = program_->code[look.code];
    if (it.negative) {
      for (; frames_.size() > first; frames_.pop_back()) {
        if (frames_.back().what == kind::restore) registers_[frames_.back().code] = frames_.back().place;
      }
      return false;
    }
    // What groups inside have matched stays, and is undone when something before is.
    std::size_t kept = first;
    for (std::size_t i = first + 1; i < frames_.size(); ++i) {
      if (frames_[i].what == kind::restore) frames_[kept++] = frames_[i];
    }
    frames_.resize(kept);
    at_ = begin_ + look.place;
    code_ = it.next;
    return true;
  }

  void spend(std::uint64_t steps) { steps_ -= (std::min)(steps_, steps); }

  void set_register(std::uint32_t number, std::size_t value) {
    if (registers_[number] == value) return;
    frames_.push_back({kind::restore, number, registers_[number]});
    registers_[number] = value;
  }
  std::uint32_t group_register(std::uint32_t group) const { return program_->registers + 2 * group; }

  std::size_t place() const { return static_cast<std::size_t>(at_ - begin_); }
  void move(std::size_t length, bool backward) { at_ = backward ? at_ - length : at_ + length; }
  /// The symbol before or behind the place.
  regex_symbols::step neighbour(bool before) const {
    if (at_ == (before ? begin_ : end_)) return {program_->symbols.edge(), 0};
    return before ? program_->symbols.previous(begin_, at_) : program_->symbols.next(at_, end_);
  }

  const regex_program* program_ = nullptr;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t steps_ = 0;
  std::uint32_t code_ = 0;
  const char* at_ = nullptr;
  std::vector<frame> frames_;
  std::vector<std::size_t> registers_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
