// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/text/utf8.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

namespace detail {

inline std::FILE* open_binary(const std::string& path, const char* mode) {
#if defined(_MSC_VER)
  std::FILE* file = nullptr;
  return fopen_s(&file, path.c_str(), mode) == 0 ? file : nullptr;
#else
  return std::fopen(path.c_str(), mode);
#endif
}

inline evalpp::error io_error(const std::string& path, const char* what, int number) {
  std::string message = what;
  if (number != 0) {
    message += ": ";
    message += std::generic_category().message(number);
  }
  return {.code = error_code::io, .message = std::move(message), .file = path.empty() ? "\"\"" : path};
}

}  // namespace detail

/// All bytes of a file, or of standard input when `path` is "-". Never seeks, so pipes work too.
inline result<std::string> read_bytes(const std::string& path) {
  const bool standard_input = path == "-";
  errno = 0;
  std::FILE* const file = standard_input ? stdin : detail::open_binary(path, "rb");
  if (file == nullptr) return detail::io_error(path, "cannot open the file", errno);
  std::string bytes;
  std::vector<char> block(std::size_t{1} << 18);
  for (std::size_t n = 0; (n = std::fread(block.data(), 1, block.size(), file)) > 0;) {
    bytes.append(block.data(), n);
  }
  const int number = errno;
  const bool failed = std::ferror(file) != 0;
  if (!standard_input) std::fclose(file);
  if (failed) return detail::io_error(path, "cannot read the file", number);
  return bytes;
}

/// Writes a file as a whole; on failure what stands there is not complete.
inline status write_bytes(const std::string& path, std::string_view bytes) {
  errno = 0;
  std::FILE* const file = detail::open_binary(path, "wb");
  if (file == nullptr) return detail::io_error(path, "cannot open the file for writing", errno);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed) return detail::io_error(path, "cannot write the file", errno);
  return std::monostate{};
}

/// Whether a file can be written there, without a change to what stands there. A file that was not
/// there is made, empty.
inline status check_writable(const std::string& path) {
  errno = 0;
  std::FILE* const file = detail::open_binary(path, "ab");
  if (file == nullptr) return detail::io_error(path, "cannot open the file for writing", errno);
  std::fclose(file);
  return std::monostate{};
}

/// Text as the readers take it: UTF-8 without a byte order mark.
struct source_text {
  std::string file;
  std::string text;
  bool had_byte_order_mark = false;
};

/// Checks that bytes are UTF-8 and drops a byte order mark at the front. `file` is for messages.
inline result<source_text> to_text(std::string file, std::string bytes) {
  const std::string_view view = bytes;
  const auto refuse = [&](error_code code, std::string message, const char* fix) {
    return evalpp::error{.code = code, .message = std::move(message), .fix = fix, .file = file};
  };
  if (view.substr(0, 2) == "\x1F\x8B") {
    return refuse(error_code::wrong_type, "the file is compressed with gzip",
                  "decompress it first: zcat FILE | evalpp ... -");
  }
  if (view.substr(0, 2) == "\xFF\xFE" || view.substr(0, 2) == "\xFE\xFF") {
    return refuse(error_code::invalid_utf8, "the file is UTF-16", "convert it: iconv -f UTF-16 -t UTF-8");
  }
  const std::size_t bad = text::first_invalid_utf8(view);
  if (bad != std::string_view::npos) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(view[bad]);
    const json::detail::position place = json::detail::locate(view, bad);
    evalpp::error e =
        refuse(error_code::invalid_utf8, "byte 0x", "convert the file to UTF-8, for instance with iconv");
    e.message += hex[byte >> 4];
    e.message += hex[byte & 0xFU];
    e.message += " at offset " + std::to_string(bad) + " is not UTF-8";
    e.offset = bad;
    e.line = place.line;
    e.column = place.column;
    return e;
  }
  source_text out{std::move(file), std::move(bytes), false};
  if (std::string_view(out.text).substr(0, 3) == "\xEF\xBB\xBF") {
    out.text.erase(0, 3);
    out.had_byte_order_mark = true;
  }
  return out;
}

/// A file as text: `read_bytes`, then `to_text`. Standard input is called "<stdin>" in messages.
inline result<source_text> read_text(const std::string& path) {
  auto bytes = read_bytes(path);
  if (!bytes) return std::move(bytes.error());
  return to_text(path == "-" ? "<stdin>" : path, std::move(*bytes));
}

}  // namespace evalpp::inline EVALPP_ABI::data
