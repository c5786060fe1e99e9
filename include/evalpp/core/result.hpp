// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/detail/throw.hpp>

#include <utility>
#include <variant>
#if EVALPP_HAS_EXCEPTIONS
#include <stdexcept>
#endif

namespace evalpp::inline EVALPP_ABI {

#if EVALPP_HAS_EXCEPTIONS
/// What `result<T>::value()` throws when there is no value.
class exception : public std::runtime_error {
 public:
  explicit exception(evalpp::error e) : std::runtime_error(to_string(e)), error_(std::move(e)) {}
  const evalpp::error& error() const noexcept { return error_; }

 private:
  evalpp::error error_;
};
#endif

namespace detail {
[[noreturn]] inline void raise_error(const error& e) {
#if EVALPP_HAS_EXCEPTIONS
  raise(exception(e));
#else
  raise_invalid(to_string(e).c_str());
#endif
}
}  // namespace detail

/// A value, or the error that took its place. Everything fallible in evalpp returns one.
///
///     if (auto document = json::parse(text)) use(*document); else report(document.error());
///
/// `value()` throws `evalpp::exception` when there is none, or aborts where exceptions are off.
template <class T>
class [[nodiscard]] result {
 public:
  using value_type = T;

  result(T held) : state_(std::in_place_index<0>, std::move(held)) {}
  result(evalpp::error failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  T& value() & {
    require();
    return **this;
  }
  const T& value() const& {
    require();
    return **this;
  }
  T&& value() && {
    require();
    return std::move(**this);
  }

  /// Only when there is no value.
  const evalpp::error& error() const noexcept { return *std::get_if<1>(&state_); }
  evalpp::error& error() noexcept { return *std::get_if<1>(&state_); }

 private:
  void require() const {
    if (!has_value()) detail::raise_error(error());
  }

  std::variant<T, evalpp::error> state_;
};

/// Success or an error, for operations that yield nothing.
using status = result<std::monostate>;

}  // namespace evalpp::inline EVALPP_ABI
