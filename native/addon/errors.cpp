#include "errors.hpp"

namespace neurarchy {

Napi::Error js_error(Napi::Env env, const std::string& code, const std::string& message,
                     const std::string& object) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  if (!object.empty()) error.Set("object", Napi::String::New(env, object));
  return error;
}

Napi::Error js_error(Napi::Env env, const Error& error) {
  Napi::Error result = js_error(env, error.code(), error.what(), error.object());
  if (const std::optional<Divergence>& where = error.divergence()) {
    const Napi::Object details = Napi::Object::New(env);
    details.Set("slot", Napi::Number::New(env, where->slot));
    details.Set("element", Napi::Number::New(env, static_cast<double>(where->element)));
    details.Set("partner", Napi::Number::New(env, static_cast<double>(where->partner)));
    details.Set("step", Napi::Number::New(env, static_cast<double>(where->step)));
    result.Set("details", details);
  }
  return result;
}

void name_object(Napi::Error& error, const std::string& object) {
  // Only our own: whatever else the caller's objects throw passes as it is.
  if (!error.Value().Has("code") || error.Value().Has("object")) return;
  error.Set("object", Napi::String::New(error.Env(), object));
}

Napi::Error js_error_of_current_exception(Napi::Env env) {
  try {
    throw;
  } catch (const Error& error) {
    return js_error(env, error);
  } catch (const std::bad_alloc&) {
    return js_error(env, "OUT_OF_MEMORY", "not enough memory");
  } catch (const std::exception& error) {
    return js_error(env, "ENGINE_DEFECT", error.what());
  }
}

}  // namespace neurarchy
