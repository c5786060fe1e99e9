// SPDX-License-Identifier: MIT
#pragma once

// Runs the real command line, the file EVALPP_CLI, as a user's shell would: arguments in, standard
// input from a string, standard output, standard error and exit code back.

#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

extern char** environ;

namespace cli_test {

namespace json = evalpp::json;

inline std::string read_file(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string bytes;
  char block[1 << 16];
  for (std::size_t n = 0; (n = std::fread(block, 1, sizeof block, file)) > 0;) bytes.append(block, n);
  std::fclose(file);
  return bytes;
}

/// A folder that is gone at the end of the test.
class folder {
 public:
  folder() {
    std::string name = ::testing::TempDir() + "evalpp-cli-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder " << name;
    path_ = name;
  }
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  std::string path(const std::string& name) const { return path_ + '/' + name; }
  std::string read(const std::string& name) const { return read_file(path(name)); }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, std::string_view bytes) const {
    std::string where = path(name);
    std::FILE* const file = std::fopen(where.c_str(), "wb");
    if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size())
      ADD_FAILURE() << "cannot write " << where;
    if (file != nullptr) std::fclose(file);
    return where;
  }

 private:
  std::string path_;
};

/// What a call left behind.
struct outcome {
  int code = -1;
  std::string out;
  std::string err;

  bool says(std::string_view text) const { return err.find(text) != std::string::npos; }
};

inline outcome run(const std::string& program, std::vector<std::string> words, std::string_view input = {}) {
  const folder streams;
  const std::string in = streams.write("in", input), out = streams.path("out"), err = streams.path("err");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT, 0600);
  words.insert(words.begin(), program);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  outcome result;
  pid_t child = 0;
  if (posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environ) != 0) {
    ADD_FAILURE() << "cannot start " << program;
  } else {
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) result.code = WEXITSTATUS(status);
  }
  posix_spawn_file_actions_destroy(&actions);
  result.out = read_file(out);
  result.err = read_file(err);
  return result;
}

/// `evalpp score ...`.
inline outcome score(std::vector<std::string> words, std::string_view input = {}) {
  words.insert(words.begin(), "score");
  return run(EVALPP_CLI, std::move(words), input);
}

/// The JSON document of a text; a test that gets none has failed.
inline json::document parsed(std::string_view text) {
  auto document = json::parse(text);
  if (document) return std::move(*document);
  ADD_FAILURE() << to_string(document.error()) << " in: " << text.substr(0, 300);
  return {};
}

/// One JSON document per line.
inline std::vector<json::document> parsed_lines(std::string_view text) {
  std::vector<json::document> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(parsed(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// The array that a successful call with `--format json` printed.
inline json::document scores(std::vector<std::string> words, std::string_view input = {}) {
  words.insert(words.end(), {"--format", "json"});
  const outcome done = score(std::move(words), input);
  EXPECT_EQ(done.code, 0) << done.err;
  return parsed(done.out);
}

/// A number; NaN, which equals nothing, for all else.
inline double number(json::value item) { return item.as_double().value_or(std::strtod("nan", nullptr)); }

inline std::string text(json::value item) { return std::string(item.as_string().value_or("(no string)")); }

/// Equality at the 1e-9 of the contract.
inline void expect_close(json::value actual, json::value expected, const std::string& what) {
  const double a = number(actual), b = number(expected);
  EXPECT_LE(a > b ? a - b : b - a, 1e-9) << what << ": " << a << " in place of " << b;
}

}  // namespace cli_test
