// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

#if __has_include(<unistd.h>) && __has_include(<sys/file.h>) && !defined(EVALPP_NO_POSIX_FILES)
#define EVALPP_POSIX_FILES 1
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#define EVALPP_POSIX_FILES 0
#endif

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// A file that grows by whole lines and belongs to one process at a time. On POSIX every line is one `write`
/// at the end of the file, under a lock that the system takes back from a process that dies. Elsewhere it is
/// a stream without a buffer and there is no lock.
class append_file {
 public:
  append_file(append_file&& other) noexcept { swap(other); }
  append_file& operator=(append_file&& other) noexcept {
    append_file taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~append_file() {
#if EVALPP_POSIX_FILES
    if (handle_ >= 0) ::close(handle_);
#else
    if (stream_ != nullptr) std::fclose(stream_);
#endif
  }

  /// Opens the file, or makes an empty one. Fails when another process, or this one, has it open.
  static result<append_file> open(const std::string& path) {
    append_file file;
    file.path_ = path;
    errno = 0;
#if EVALPP_POSIX_FILES
    file.handle_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (file.handle_ < 0) return file.failed("cannot open the file for writing");
    while (::flock(file.handle_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) break;  // a file system without locks
      return evalpp::error{.code = error_code::io,
                           .message = "another process is writing this file",
                           .fix = "wait for it or stop it, or give this run a file of its own",
                           .file = path};
    }
    struct ::stat about = {};
    if (::fstat(file.handle_, &about) != 0) return file.failed("cannot read the file");
    if (!S_ISREG(about.st_mode)) {
      return evalpp::error{.code = error_code::io, .message = "this is no regular file", .file = path};
    }
    file.size_ = static_cast<std::size_t>(about.st_size);
#else
    if (!file.open_stream("ab")) return file.failed("cannot open the file for writing");
    std::fseek(file.stream_, 0, SEEK_END);
    const long end = std::ftell(file.stream_);
    file.size_ = end < 0 ? 0 : static_cast<std::size_t>(end);
#endif
    return file;
  }

  std::size_t size() const { return size_; }
  const std::string& path() const { return path_; }

  /// Writes a line, its LF included, behind the last. When that fails the file is as it was before, where the
  /// system can do that.
  status append(std::string_view line) {
    errno = 0;
#if EVALPP_POSIX_FILES
    // One write, unless a signal or a full disk cuts it.
    for (std::size_t written = 0; written < line.size();) {
      const ::ssize_t n = ::write(handle_, line.data() + written, line.size() - written);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) {
        const evalpp::error e = failed("cannot write the file");
        static_cast<void>(cut(size_));
        return e;
      }
      written += static_cast<std::size_t>(n);
    }
#else
    if (std::fwrite(line.data(), 1, line.size(), stream_) != line.size())
      return failed("cannot write the file");
#endif
    size_ += line.size();
    return std::monostate{};
  }

  /// Takes away what lies behind `size` bytes: a line that was torn. Where the system cannot, ends that line.
  status cut(std::size_t size) {
#if EVALPP_POSIX_FILES
    while (::ftruncate(handle_, static_cast<::off_t>(size)) != 0) {
      if (errno != EINTR) return failed("cannot write the file");
    }
    size_ = size;
    return std::monostate{};
#else
    if (size != 0) return append("\n");
    std::fclose(stream_);
    size_ = 0;
    if (!open_stream("wb")) return failed("cannot write the file");
    return std::monostate{};
#endif
  }

 private:
  append_file() = default;

#if !EVALPP_POSIX_FILES
  bool open_stream(const char* mode) {
#if defined(_MSC_VER)
    if (fopen_s(&stream_, path_.c_str(), mode) != 0) stream_ = nullptr;
#else
    stream_ = std::fopen(path_.c_str(), mode);
#endif
    if (stream_ != nullptr) std::setvbuf(stream_, nullptr, _IONBF, 0);
    return stream_ != nullptr;
  }
#endif

  void swap(append_file& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(size_, other.size_);
#if EVALPP_POSIX_FILES
    std::swap(handle_, other.handle_);
#else
    std::swap(stream_, other.stream_);
#endif
  }

  evalpp::error failed(const char* what) const {
    std::string message = what;
    if (errno != 0) message += ": " + std::generic_category().message(errno);
    return {.code = error_code::io, .message = std::move(message), .file = path_.empty() ? "\"\"" : path_};
  }

  std::string path_;
  std::size_t size_ = 0;
#if EVALPP_POSIX_FILES
  int handle_ = -1;
#else
  std::FILE* stream_ = nullptr;
#endif
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail

#undef EVALPP_POSIX_FILES
