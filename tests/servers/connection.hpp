// SPDX-License-Identifier: MIT
#pragma once

#include "reply.hpp"

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace model_server {

using steady = std::chrono::steady_clock;

/// A socket that is closed with its owner.
class descriptor {
 public:
  explicit descriptor(int fd) : fd_(fd) {}
  ~descriptor() { close(fd_); }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

enum class phase : std::uint8_t { reading, waiting, writing, hanging, draining };

struct connection {
  connection(int fd, std::uint64_t number) : socket(fd), serial(number) {}

  descriptor socket;
  std::uint64_t serial;  // tells it from an earlier one with the same descriptor
  phase now = phase::reading;
  bool in_flight = false;  // the question that it carries is counted
  bool continued = false;
  std::string in = {};
  reply out = {};
  std::size_t sent = 0;
  steady::time_point began = {};  // of the sending
  steady::time_point wakes = {};  // by the one timer that holds; later ones replace it
};

}  // namespace model_server
