// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/scan.hpp>
#include <evalpp/json/detail/structural_index.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/regex.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The names of members that no schema knows, of the objects that are open, so that none comes twice in one.
/// One table for all; it holds the names of an object as a stack does, on top of those of the objects around
/// it.
class name_set {
 public:
  void clear() {
    inserted_ = 0;
    steps_ = 0;
    stack_.clear();
    kept_.clear();
    if (++stamp_ != 0) return;
    entries_.assign(entries_.size(), {});
    stamp_ = 1;
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(stack_.size()); }
  /// How often a name was inserted since the set was cleared.
  std::size_t inserted() const { return inserted_; }

  /// False when the object has the name already. `kept`: where the bytes are stays as it is until `clear`.
  bool insert(std::uint32_t object, std::uint64_t hash, std::string_view name, bool kept) {
    if (2 * (stack_.size() + 1) > entries_.size()) grow();
    hash = mix(hash, object);
    std::size_t at = static_cast<std::size_t>(hash) & (entries_.size() - 1);
    for (; entries_[at].stamp == stamp_; at = (at + 1) & (entries_.size() - 1)) {
      const entry& e = entries_[at];
      if (e.hash == hash && e.object == object && name_of(e) == name) return false;
      ++steps_;
    }
    entry made{hash, name.data(), 0, name.size(), object, stamp_};
    if (!kept) {
      made.bytes = nullptr;
      made.offset = kept_.size();
      kept_.insert(kept_.end(), name.begin(), name.end());
    }
    entries_[at] = made;
    stack_.push_back(static_cast<std::uint32_t>(at));
    ++inserted_;
    return true;
  }

  /// Forgets all but the first `size` names. Since the last one goes first, nobody has looked further because
  /// of it.
  void shrink(std::uint32_t size) {
    for (; stack_.size() > size; stack_.pop_back()) {
      entry& e = entries_[stack_.back()];
      e.stamp = 0;
      if (e.bytes == nullptr) kept_.resize(e.offset);
    }
  }

  /// Somebody has chosen names that collide.
  bool degenerate() const { return steps_ > 16 * inserted_ + 1000; }

 private:
  struct entry {
    std::uint64_t hash = 0;
    const char* bytes = nullptr;  ///< null: in `kept_`
    std::size_t offset = 0;
    std::size_t size = 0;
    std::uint32_t object = 0;
    std::uint32_t stamp = 0;
  };

  std::string_view name_of(const entry& e) const {
    return {e.bytes != nullptr ? e.bytes : kept_.data() + e.offset, e.size};
  }
  /// In the order in which they came, which `shrink` relies on.
  void grow() {
    std::vector<entry> old(entries_.empty() ? 64 : 2 * entries_.size());
    old.swap(entries_);
    const std::size_t mask = entries_.size() - 1;
    for (std::uint32_t& place : stack_) {
      const entry& e = old[place];
      std::size_t at = static_cast<std::size_t>(e.hash) & mask;
      while (entries_[at].stamp == stamp_) at = (at + 1) & mask;
      entries_[at] = e;
      place = static_cast<std::uint32_t>(at);
    }
  }

  std::vector<entry> entries_;
  std::vector<std::uint32_t> stack_;  // places in entries_
  std::vector<char> kept_;
  std::size_t inserted_ = 0;
  std::size_t steps_ = 0;
  std::uint32_t stamp_ = 1;
};

/// A container that is open.
struct fused_frame {
  const fused_node* node = nullptr;
  std::size_t start = 0;              ///< where it begins, see `spots::number_of`
  const fused_key* guess = nullptr;   ///< the key that should come next; null: it is an array
  const fused_node* items = nullptr;  ///< of an array whose items all have the same node
  std::uint64_t seen = 0;             ///< a bit for each of the first 64 keys
  std::uint64_t count = 0;            ///< items; of an object, members that no schema knows
  std::uint64_t filter[4] = {};       ///< a `key_filter` of the members that no schema knows
  std::uint32_t object = 0;           ///< a number from 1, once it has a name that no schema knows
  std::uint32_t words = 0;            ///< of `fused_memory::words`: bits for the other keys
  std::uint32_t indent = 0;           ///< blanks that lines in it begin with; a guess
};

/// What reading writes to; reused from text to text.
struct fused_memory {
  std::string_view source;
  std::vector<char> text;  ///< room for a copy with 64 zero bytes behind it
#if EVALPP_X86_SIMD
  structural_index index;
#endif
  std::vector<fused_frame> frames;
  std::vector<std::uint64_t> words;
  name_set names;
  std::vector<char> decoded;  ///< a string without its escapes
  std::vector<regex::scratch> scratches;
  json::parser parser{{.duplicates = duplicate_keys::error}};
  json::detail::engine engine;

  validation_limits limits;
  std::size_t max_size = 0;  ///< of a text that no limit of the engine can hit
  std::size_t max_containers = 0;
  bool depth_is_syntax = true;  ///< deeper is no JSON, as the parser sees it; else undecided
  std::uint64_t again = 0;      ///< bytes that may still be read again
  std::uint32_t looks = 0;      ///< looks at values inside one another
  bool undecided = false;       ///< the document must decide
};

/// Prepares for the texts of one schema. False when the document has to decide about all of them.
inline bool prepare(fused_memory& m, const program& p, const fused_program& f,
                    const validation_limits& limits) {
  constexpr std::size_t max_containers = 1024;  // as many as a parser lets pass
  const std::size_t allowed = limits.max_depth / f.chain;
  if (!f.usable || allowed < 2) return false;
  m.limits = limits;
  m.depth_is_syntax = allowed > max_containers;
  m.max_containers = (std::min)(max_containers, allowed - 1);
  m.frames.resize(max_containers + 1);
  m.scratches.resize(p.scratches + 1U);
  m.max_size = (std::numeric_limits<std::uint32_t>::max)();
  if (f.steps_per_byte != 0) {
    const std::uint64_t steps = limits.max_steps > 2000 ? limits.max_steps - 2000 : 0;
    m.max_size = (std::min)(m.max_size, static_cast<std::size_t>(steps / f.steps_per_byte));
  }
  return true;
}

/// Takes a text in. False when the document has to decide.
inline bool load(fused_memory& m, std::string_view bytes) {
  if (bytes.size() > m.max_size) return false;
  if (m.text.size() < bytes.size() + padding) m.text.resize(bytes.size() + bytes.size() / 2 + padding);
  m.source = bytes;
  m.words.clear();
  if (m.names.inserted() != 0) m.names.clear();
  m.again = 64 * static_cast<std::uint64_t>(bytes.size()) + 4096;
  m.looks = 0;
  m.undecided = false;
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
