// SPDX-License-Identifier: MIT
#include "every_header.hpp"

const char* version_of_second();
const void* address_in_second();

const char* version_of_second() { return EVALPP_VERSION_STRING; }
const void* address_in_second() {
  return reinterpret_cast<const void*>(
      static_cast<std::string (*)(const evalpp::error&)>(&evalpp::to_string));
}
