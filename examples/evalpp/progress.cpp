// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include "console.hpp"

#include <string>

namespace cli {

progress::progress(std::size_t rows, bool quiet, std::string_view what, std::string_view purpose)
    : rows_(rows), what_(what), purpose_(purpose), shown_(!quiet && stderr_is_terminal()) {}

progress::~progress() {
  if (wrote_.load()) write_stderr("\r\x1b[K");
}

void progress::advance(std::size_t rows) {
  const std::size_t done = done_.fetch_add(rows) + rows;
  if (!shown_) return;
  const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start_;
  const auto now = static_cast<std::int64_t>(elapsed.count());
  std::int64_t said = said_.load();
  if (now < said + 500 || !said_.compare_exchange_strong(said, now))
    return;  // too soon, or another thread's turn
  wrote_.store(true);
  const auto rate = static_cast<std::size_t>(1000.0 * static_cast<double>(done) / elapsed.count());
  const std::string what = ' ' + std::string(what_);
  write_stderr('\r' + std::string(purpose_) + std::to_string(done) + " of " + std::to_string(rows_) + what +
               ", " + std::to_string(rate) + what + "/s\x1b[K");
}

}  // namespace cli
