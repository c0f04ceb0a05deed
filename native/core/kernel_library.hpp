#pragma once

#include "kernel_abi.h"
#include "shared_library.hpp"
#include "spec.hpp"

namespace neurarchy {

/// A compiled neuron type, loaded from a shared library and checked against the contract in
/// kernel_abi.h.
class KernelLibrary {
 public:
  /// Load the library of a population, which has one.
  /// @throws Error LIBRARY_NOT_LOADED, ABI_MISMATCH, PRECISION_MISMATCH or FIELD_MISMATCH, with the
  /// population's name.
  KernelLibrary(const PopulationSpec& population, Precision precision);

  const NaKernel& kernel() const noexcept { return *kernel_; }

 private:
  SharedLibrary library_;
  const NaKernel* kernel_;
};

}  // namespace neurarchy
