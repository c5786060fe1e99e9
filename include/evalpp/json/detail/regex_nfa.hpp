// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_program.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Simulates all threads of a program at once: time is text x program, without a stack or a table. It runs
/// what the subset automata cannot (counted runs, look-around of any kind) or have given up on.
class regex_nfa {
 public:
  /// For the truth of look-arounds, and for counted runs.
  static constexpr std::size_t max_bytes = std::size_t{8} << 20;

  /// Whether a match of the code at `entry` begins at the start of `text`, or, where the code begins with
  /// `emit_search`, anywhere.
  regex_verdict search(const regex_program& program, std::uint32_t entry, std::string_view text) {
    program_ = &program;
    text_ = text;
    seen_.resize(program.code.size());
    queues_.resize(program.runs.size());
    active_.resize(program.runs.size());
    const std::size_t row = text.size() / 64 + 1;
    if (program.looks.size() * row * sizeof(std::uint64_t) > max_bytes) return regex_verdict::budget;
    truths_.assign(program.looks.size() * row, 0);
    for (std::size_t i = 0; i < program.looks.size(); ++i) {
      const regex_look& look = program.looks[i];
      if (run(look.entry, !look.behind, truths_.data() + i * row) == regex_verdict::budget) {
        return regex_verdict::budget;
      }
    }
    return run(entry, false, nullptr);
  }

 private:
  struct span {
    std::size_t first = 0;  // steps at which the run was entered
    std::size_t last = 0;
  };
  /// When the threads in a counted run entered it, the oldest first. All counts grow together and end
  /// together, so that nothing has to be touched for a step.
  struct queue {
    std::vector<span> spans;
    std::size_t head = 0;

    bool empty() const { return head == spans.size(); }
    void forget() {  // what has left
      spans.erase(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(head));
      head = 0;
    }
  };

  /// With `truths`, sets the bit of each place that a match reaches, begins everywhere and never stops early.
  regex_verdict run(std::uint32_t entry, bool backward, std::uint64_t* truths) {
    const char* const begin = text_.data();
    const char* const end = begin + text_.size();
    const char* at = backward ? end : begin;
    const std::size_t edge = program_->symbols.edge();
    std::size_t consumed = edge;
    pending_.assign(1, entry);
    for (queue& threads : queues_) threads = {};
    active_.clear();
    spans_ = 0;
    for (step_ = 0;; ++step_) {
      regex_symbols::step read{edge, 0};
      if (at != (backward ? begin : end)) {
        read = backward ? program_->symbols.previous(begin, at) : program_->symbols.next(at, end);
      }
      place_ = static_cast<std::size_t>(at - begin);
      previous_ = backward ? read.symbol : consumed;
      upcoming_ = backward ? consumed : read.symbol;
      if (truths != nullptr && step_ != 0) pending_.push_back(entry);
      const bool matched = close();
      if (matched && truths == nullptr) return regex_verdict::yes;
      if (matched) truths[place_ / 64] |= std::uint64_t{1} << place_ % 64;
      if (read.length == 0) return regex_verdict::no;
      if (live_.empty() && active_.empty() && truths == nullptr) return regex_verdict::no;
      advance(read.symbol);
      if (spans_ * sizeof(span) > max_bytes) return regex_verdict::budget;
      consumed = read.symbol;
      at = backward ? at - read.length : at + read.length;
    }
  }

  /// Follows what consumes nothing from `pending_`; `live_` is then what waits for a symbol. True when a
  /// thread has matched.
  bool close() {
    bool matched = false;
    seen_.clear();
    live_.clear();
    while (!pending_.empty()) {
      const std::uint32_t number = pending_.back();
      pending_.pop_back();
      if (!seen_.insert(number)) continue;
      const regex_instruction& it = program_->code[number];
      switch (it.op) {
        case regex_op::match:
          matched = true;
          break;
        case regex_op::split:
          pending_.push_back(it.arg);
          pending_.push_back(it.next);
          break;
        case regex_op::previous:
          if (program_->contains(it.arg, previous_)) pending_.push_back(it.next);
          break;
        case regex_op::upcoming:
          if (program_->contains(it.arg, upcoming_)) pending_.push_back(it.next);
          break;
        case regex_op::look:
          if (truth(it.arg) != it.negative) pending_.push_back(it.next);
          break;
        case regex_op::count:
          enter(it);
          break;
        default:
          live_.push_back(number);
          break;
      }
    }
    return matched;
  }

  void advance(std::size_t symbol) {
    for (const std::uint32_t number : live_) {
      const regex_instruction& it = program_->code[number];
      if (program_->takes(it, symbol)) pending_.push_back(it.next);
    }
    if (active_.empty()) return;
    still_active_.clear();
    for (const std::uint32_t number : active_) {
      if (count(number, symbol)) still_active_.push_back(number);
    }
    active_.clear();
    for (const std::uint32_t number : still_active_) active_.insert(number);
  }

  bool truth(std::uint32_t look) const {
    const std::size_t row = text_.size() / 64 + 1;
    return (truths_[look * row + place_ / 64] >> place_ % 64 & 1U) != 0;
  }

  /// A thread comes to a counted run.
  void enter(const regex_instruction& it) {
    const regex_run& counted = program_->runs[it.arg];
    if (counted.min == 0) pending_.push_back(it.next);
    queue& threads = queues_[it.arg];
    active_.insert(it.arg);
    // Without a maximum the oldest thread can go on whenever another can.
    if (!threads.empty() && counted.max == unlimited) return;
    if (!threads.empty() && threads.spans.back().last + 1 == step_) {
      threads.spans.back().last = step_;
    } else {
      threads.spans.push_back({step_, step_});
      ++spans_;
    }
  }

  /// All threads in a run read a symbol. False when none is left.
  bool count(std::uint32_t number, std::size_t symbol) {
    const regex_run& counted = program_->runs[number];
    queue& threads = queues_[number];
    if (!program_->contains(counted.set, symbol)) threads.head = threads.spans.size();
    const auto longest = [&] { return step_ + 1 - threads.spans[threads.head].first; };
    while (!threads.empty() && counted.max != unlimited && longest() > counted.max) {
      span& oldest = threads.spans[threads.head];
      if (oldest.first++ == oldest.last) ++threads.head;
    }
    if (threads.empty() || threads.head > 64 + threads.spans.size() / 2) {
      spans_ -= threads.head;
      threads.forget();
    }
    if (threads.empty()) return false;
    if (longest() >= counted.min) pending_.push_back(counted.next);
    return true;
  }

  const regex_program* program_ = nullptr;
  std::string_view text_;
  sparse_numbers seen_;
  std::vector<std::uint32_t> live_, pending_;
  std::vector<std::uint64_t> truths_;  // of each look-around, one bit for each place
  std::vector<queue> queues_;          // of the runs
  sparse_numbers active_;              // runs that hold threads
  std::vector<std::uint32_t> still_active_;
  std::size_t spans_ = 0;
  std::size_t step_ = 0, place_ = 0, previous_ = 0, upcoming_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
