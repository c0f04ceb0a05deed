#pragma once

#include <napi.h>

#include <new>
#include <string>
#include <utility>

#include "error.hpp"

namespace neurarchy {

/// The JavaScript error for a code: an Error with `code`, and `object` where the user's object is
/// known.
Napi::Error js_error(Napi::Env env, const std::string& code, const std::string& message,
                     const std::string& object = "");

/// The JavaScript error for an error of the engine.
Napi::Error js_error(Napi::Env env, const Error& error);

/// Say whose fault an error is, where it does not say so itself.
void name_object(Napi::Error& error, const std::string& object);

/// The JavaScript error for the exception being handled.
Napi::Error js_error_of_current_exception(Napi::Env env);

/// Call `body`; whatever it throws becomes a JavaScript exception.
template <class Body>
auto guarded(Napi::Env env, Body body) -> decltype(body()) {
  try {
    return body();
  } catch (const Napi::Error&) {
    throw;
  } catch (...) {
    throw js_error_of_current_exception(env);
  }
}

}  // namespace neurarchy
