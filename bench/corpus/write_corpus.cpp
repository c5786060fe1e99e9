// SPDX-License-Identifier: MIT
// Writes segments as text files, for whole runs of the command line: ref.txt, base.txt, cand1.txt to
// cand3.txt.
//
//     evalpp_corpus 1000000 DIRECTORY

#include "../common.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

int main(int count, char** words) {
  const std::size_t lines = count == 3 ? std::strtoull(words[1], nullptr, 10) : 0;
  if (lines == 0) {
    std::fputs("evalpp_corpus LINES DIRECTORY\n", stderr);
    return 2;
  }
  std::vector<std::ofstream> files;
  for (const char* name : {"ref", "base", "cand1", "cand2", "cand3"})
    files.emplace_back(std::string(words[2]) + '/' + name + ".txt", std::ios::binary);
  constexpr std::size_t at_once = 10'000;
  for (std::size_t begin = 0; begin < lines; begin += at_once) {
    // The first reference is the sentence, the others are edited as the hypothesis is.
    const auto made = bench::segments((std::min)(at_once, lines - begin), 4, 1000 + begin / at_once);
    for (std::size_t i = 0; i < made.size(); ++i) {
      files[1] << made.hypotheses[i] << '\n';
      for (std::size_t r = 0; r < 4; ++r) files[r == 0 ? 0 : r + 1] << made.references[i][r] << '\n';
    }
  }
  for (std::ofstream& file : files) {
    file.close();
    if (file) continue;
    std::fputs("evalpp_corpus: cannot write there\n", stderr);
    return 2;
  }
  return 0;
}
