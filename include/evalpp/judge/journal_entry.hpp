// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/unscored.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What a journal belongs to: its first line.
struct journal_head {
  /// The secret that fences are made from. Drawn when the journal is made and never again, so that a resumed
  /// run sends the same bytes.
  std::string secret = {};
  /// Names and values that a resumed run must have too: digests of the rubric and the data, the model, the
  /// URL.
  std::vector<std::pair<std::string, std::string>> about = {};

  bool operator==(const journal_head&) const = default;
};

/// One attempt at one call, and what it yielded.
struct journal_entry {
  std::string key;    ///< of the request, see `request_key`
  std::string about;  ///< JSON value: what the call is for (item, order, sample); empty for none
  /// From 1, counted over all runs. 0 when no call was made: the answer to an equal request was taken.
  std::uint32_t attempt = 1;
  std::string outcome = {};             ///< JSON value: the verdict; empty when there is none
  std::optional<unscored> reason = {};  ///< why there is no verdict, when this attempt was the last
  std::string detail = {};              ///< what more there is to say of the reason
  std::optional<double> usd = {};       ///< what the call cost, when a price is known
  judge::completion completion = {};    ///< as the client gave it

  bool scored() const { return !outcome.empty(); }
  /// Neither a verdict nor a reason: the call was to be made again.
  bool open() const { return outcome.empty() && !reason; }
  /// An outcome that a rerun keeps. Calls that failed on their way are made again.
  bool settled() const {
    return scored() || (reason && *reason != unscored::timeout && *reason != unscored::transport);
  }

  bool operator==(const journal_entry&) const = default;
};

/// What a journal says.
struct journal_contents {
  journal_head head = {};
  std::vector<journal_entry> entries = {};  ///< in the order in which the attempts ended
  std::size_t broken_lines = 0;             ///< no lines of a journal: passed over
  bool torn = false;                        ///< the last line is cut: a process died, or is writing
  std::size_t replaced_surrogates = 0;      ///< halves of characters in the JSON, read as U+FFFD
  std::vector<std::string> notes = {};      ///< what a reader should be told of the three

  /// Of the entries with this key and, unless empty, this `about`: the last that is settled, else the last
  /// that is not open, else the last; null when there is none. A later failure does not take an outcome away.
  /// O(1) expected.
  const journal_entry* find(std::string_view key, std::string_view about = {}) const {
    const auto at = best_.find(joined(key, about));
    return at == best_.end() ? nullptr : &entries[at->second];
  }

  /// Attempts made for this key so far.
  std::uint32_t attempts(std::string_view key) const {
    const auto at = attempts_.find(std::string(key));
    return at == attempts_.end() ? 0 : at->second;
  }

  void add(journal_entry entry) {
    const std::size_t i = entries.size();
    std::uint32_t& most = attempts_[entry.key];
    most = entry.attempt > most ? entry.attempt : most;
    const auto rank = [](const journal_entry& e) { return e.settled() ? 2 : e.open() ? 0 : 1; };
    const auto offer = [&](std::string_view about) {
      const auto [at, first] = best_.try_emplace(joined(entry.key, about), i);
      if (!first && rank(entry) >= rank(entries[at->second])) at->second = i;
    };
    offer({});
    if (!entry.about.empty()) offer(entry.about);
    entries.push_back(std::move(entry));
  }

 private:
  // A key and an `about` as one text; the length tells where one ends.
  static std::string joined(std::string_view key, std::string_view about) {
    return std::to_string(key.size()).append(":").append(key).append(about);
  }

  std::unordered_map<std::string, std::size_t> best_;        // by key and `about`, and by key alone
  std::unordered_map<std::string, std::uint32_t> attempts_;  // by key
};

}  // namespace evalpp::inline EVALPP_ABI::judge
