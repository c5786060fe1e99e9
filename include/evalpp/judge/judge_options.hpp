// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/request.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How often a question may be asked, see `judge_options::samples`.
inline constexpr std::uint32_t max_samples = 20;

/// Who judges, and how.
struct judge_options {
  std::string model;
  std::string base_url = {};  ///< where it is asked, or another name for the place: part of every call's key
  judge::sampling sampling = {};
  /// How often each question is asked, from 1 to `max_samples`: its verdict is what they say together, and
  /// how far they differ is reported. A seed is raised by 1 for each.
  std::uint32_t samples = 1;
  /// Whether a judge whose answer holds no verdict is asked once more, see reask.hpp: part of what a score
  /// means, because it is then conditioned on verdicts that can be read.
  bool reask = false;
  /// The models that judge together, see panel.hpp; empty for `model` alone. Where this is set, `model` is
  /// the one whose calls are made.
  std::vector<std::string> panel = {};

  bool operator==(const judge_options&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
