// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/error.hpp>

#include <string_view>

namespace cli {

/// Exit codes, the same for every command.
enum exit_code : int {
  exit_ok = 0,
  exit_gate_failed = 1,
  exit_usage = 2,      ///< usage, or input that cannot be scored
  exit_undecided = 4,  ///< too little data to tell, and that was to fail
  exit_stopped = 5,    ///< stopped before the end; a rerun goes on
};

/// The result, on stdout; false when it could not be written.
bool print(std::string_view text);
/// The result, on stdout; returns the exit code: `code`, or that of an error when it could not be written.
int print_result(std::string_view text, int code = exit_ok);
/// A note of one line, on stderr; what it quotes from a file cannot talk to the terminal.
void note(std::string_view text);
/// An error, on stderr; returns the exit code.
int fail(const evalpp::error& e);

/// Whether stdout is a terminal that shows colours, and NO_COLOR is not set.
bool colours();

/// Whether somebody watches stderr, so that progress is worth a line.
bool stderr_is_terminal();
/// Bytes on stderr as they are, without a line end.
void write_stderr(std::string_view text);

}  // namespace cli
