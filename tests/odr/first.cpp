// SPDX-License-Identifier: MIT
#include "every_header.hpp"

const char* version_of_second();
const void* address_in_second();

// One inline function has one address in a program, whichever translation unit asks.
int main() {
  const auto address =
      reinterpret_cast<const void*>(static_cast<std::string (*)(const evalpp::error&)>(&evalpp::to_string));
  if (address != address_in_second()) return 1;
  return std::string(version_of_second()) == EVALPP_VERSION_STRING ? 0 : 2;
}
