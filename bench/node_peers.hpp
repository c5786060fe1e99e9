// SPDX-License-Identifier: MIT
#pragma once

// Peers in JavaScript. They run in a process of their own, over the same bytes, sets taking turns as in
// `json_contest`; `EVALPP_PEER_NODE_DIR` names the folder with their `node_modules`, `EVALPP_NODE` another
// node. Time is that of the processor, with garbage collection and compiling on the same single thread.

#include <common.hpp>

#include <cstddef>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

/// Seconds of one pass over each set of texts, asked once in a process; none where the package is not there.
/// `script` defines `accepts(set, buffer)`; it finds `options`. A pass over a set must accept `accepted` of
/// it (no set may be left out), or the peer does something else and is left out.
inline std::vector<double> node_seconds(const std::string& name, const std::vector<std::string>& options,
                                        const std::vector<std::vector<std::string>>& sets,
                                        const std::vector<std::size_t>& accepted, const std::string& script) {
  const char* const directory = std::getenv("EVALPP_PEER_NODE_DIR");
  if (directory == nullptr || *directory == '\0') return {};
  std::string program = "const options = [";
  for (const auto& option : options) program += quoted_bytes(option) + ",\n";
  program += "];\nconst sets = [";
  for (const auto& texts : sets) {
    program += "[";
    for (const auto& text : texts) program += "Buffer.from(" + quoted_bytes(text) + ", 'latin1'),\n";
    program += "],\n";
  }
  program += "];\n" + script + R"(
const best = sets.map(() => Infinity);
const accepted = sets.map(() => 0);
for (let round = 0; round < 60; ++round) {
  sets.forEach((texts, set) => {
    let count = 0;
    const before = process.cpuUsage();
    for (const text of texts) count += accepts(set, text) ? 1 : 0;
    const spent = process.cpuUsage(before);
    best[set] = Math.min(best[set], (spent.user + spent.system) * 1e-6);
    accepted[set] = count;
  });
}
console.log([...best, ...accepted].join('\n'));
)";
  static std::map<std::string, std::vector<double>> known;
  if (const auto found = known.find(program); found != known.end()) return found->second;
  std::vector<double>& seconds = known[program];
  const char* const node = std::getenv("EVALPP_NODE");
  auto numbers = numbers_printed(name + ".js", program,
                                 "NODE_PATH='" + std::string(directory) + "/node_modules' " +
                                     (node != nullptr ? node : "node") + " --single-threaded");
  if (numbers.size() != 2 * sets.size()) return {};
  for (std::size_t set = 0; set < sets.size(); ++set)
    if (numbers[sets.size() + set] != static_cast<double>(accepted[set])) return {};
  numbers.resize(sets.size());
  return seconds = numbers;
}

}  // namespace bench
