#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace neurarchy {

/// What went wrong, in a form that survives translation: the code is stable, `object` is the user's
/// name of the population, projection or field at fault (empty where none is).
class Error : public std::runtime_error {
 public:
  Error(std::string code, const std::string& message, std::string object = "")
      : std::runtime_error(message), code_(std::move(code)), object_(std::move(object)) {}

  const std::string& code() const noexcept { return code_; }
  const std::string& object() const noexcept { return object_; }

 private:
  std::string code_;
  std::string object_;
};

/// The error for an allocation that failed on behalf of `object`.
inline Error out_of_memory(const std::string& object) {
  return Error("OUT_OF_MEMORY", "not enough memory", object);
}

}  // namespace neurarchy
