// SPDX-License-Identifier: MIT
#include "console.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace cli {

bool print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

void note(std::string_view text) {
  const std::string line = std::string(text) + '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int fail(const evalpp::error& e) {
  note("evalpp: " + to_string(e));
  return exit_usage;
}

bool colours() {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
#if defined(_WIN32)
  return _isatty(_fileno(stdout)) != 0;
#else
  const char* const term = std::getenv("TERM");
  return isatty(fileno(stdout)) != 0 && term != nullptr && std::string_view(term) != "dumb";
#endif
}

}  // namespace cli
