// SPDX-License-Identifier: MIT
#include "console.hpp"

#include <evalpp/report/format.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace cli {
namespace {

bool is_terminal(std::FILE* stream) {
#if defined(_WIN32)
  return _isatty(_fileno(stream)) != 0;
#else
  const char* const term = std::getenv("TERM");
  return isatty(fileno(stream)) != 0 && term != nullptr && std::string_view(term) != "dumb";
#endif
}

}  // namespace

bool print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

void write_stderr(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void note(std::string_view text) { write_stderr(evalpp::report::printable(text) + '\n'); }

int fail(const evalpp::error& e) {
  note("evalpp: " + to_string(e));
  return exit_usage;
}

int print_result(std::string_view text, int code) {
  if (print(text)) return code;
  return fail({evalpp::error_code::io, "cannot write to standard output"});
}

bool colours() {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  return is_terminal(stdout);
}

bool stderr_is_terminal() { return is_terminal(stderr); }

}  // namespace cli
