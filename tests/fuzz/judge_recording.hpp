// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/judge/clients/replay.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// Arbitrary bytes as a recording: an error with its place, or a client that answers.
inline int fuzz_judge_recording(const std::uint8_t* bytes, std::size_t size) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(bytes[i]);
  auto replay = evalpp::judge::replay_client::parse("f", text);
  if (!replay) {
    require(!replay.error().message.empty() && replay.error().file == "f" && replay.error().line != 0);
    return 0;
  }
  replay->complete({"m", {{"user", text}}});
  require(replay->missing() <= 1);
  return 0;
}
