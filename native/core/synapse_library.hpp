#pragma once

#include <string>

#include "kernel_abi.h"
#include "shared_library.hpp"
#include "spec.hpp"

namespace neurarchy {

/// A compiled synapse type, loaded from a shared library and checked against the contract in
/// kernel_abi.h.
class SynapseLibrary {
 public:
  /// Load the library of the projection `name`.
  /// @throws Error LIBRARY_NOT_LOADED, ABI_MISMATCH, PRECISION_MISMATCH or FIELD_MISMATCH, with the
  /// projection's name.
  SynapseLibrary(const SynapseSpec& synapse, Precision precision, const std::string& name);

  const NaSynapseKernel& kernel() const noexcept { return kernel_; }

 private:
  SharedLibrary library_;
  NaSynapseKernel kernel_{};
};

}  // namespace neurarchy
