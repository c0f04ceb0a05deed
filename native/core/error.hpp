#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace neurarchy {

/// Where Newton's method did not converge (NaFailure), and when.
struct Divergence {
  int32_t slot;     // of the variable
  int64_t element;  // rank of the neuron; of the post neuron for a synapse
  int64_t partner;  // rank of the pre neuron for a synapse, else -1
  int64_t step;
};

/// What went wrong, in a form that survives translation: the code is stable, `object` is the user's
/// name of the population, projection or field at fault (empty where none is).
class Error : public std::runtime_error {
 public:
  Error(std::string code, const std::string& message, std::string object = "")
      : std::runtime_error(message), code_(std::move(code)), object_(std::move(object)) {}

  const std::string& code() const noexcept { return code_; }
  const std::string& object() const noexcept { return object_; }

  /// Only of the code NOT_CONVERGED.
  const std::optional<Divergence>& divergence() const noexcept { return divergence_; }

 private:
  friend Error not_converged(const Divergence& divergence, const std::string& object);

  std::string code_;
  std::string object_;
  std::optional<Divergence> divergence_;
};

/// The error for an allocation that failed on behalf of `object`.
inline Error out_of_memory(const std::string& object) {
  return Error("OUT_OF_MEMORY", "not enough memory", object);
}

/// The error for an equation of `object` that could not be solved.
inline Error not_converged(const Divergence& divergence, const std::string& object) {
  Error error("NOT_CONVERGED", "Newton's method did not converge", object);
  error.divergence_ = divergence;
  return error;
}

}  // namespace neurarchy
