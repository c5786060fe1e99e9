// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clients/replay.hpp>
#include <evalpp/judge/price.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// Where a judge's answers come from: a server, or a recording of one.
struct judge_source {
  std::string place;  ///< names it in the keys of calls: the base URL, and what else shapes the answers
  std::vector<std::optional<evalpp::judge::price>> prices;  ///< of each model; nothing when it is unknown
  evalpp::judge::async_client* client = nullptr;
  std::vector<std::string> notes;

  /// Which of them is one of a recording, to ask it what it lacks.
  const evalpp::judge::replay_client* recording = nullptr;
  const evalpp::judge::recording_client* recorder = nullptr;
  std::vector<std::unique_ptr<evalpp::judge::async_client>> owned;
};

/// The options that `judge_source_from` reads.
std::vector<option> judge_source_options();

/// What `--replay`, or `--base-url` with its options, ask for; connects to nothing yet.
evalpp::result<judge_source> judge_source_from(const arguments& args, const std::vector<std::string>& models,
                                               std::size_t concurrency);

}  // namespace cli
