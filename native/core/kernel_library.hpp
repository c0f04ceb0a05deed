#pragma once

#include <memory>
#include <string>

#include "kernel_abi.h"
#include "spec.hpp"

namespace neurarchy {

/// A compiled neuron type, loaded from a shared library and checked against the contract in
/// kernel_abi.h.
class KernelLibrary {
 public:
  /// Load the library of a population.
  /// @throws Error LIBRARY_NOT_LOADED, ABI_MISMATCH, PRECISION_MISMATCH or FIELD_MISMATCH, with the
  /// population's name.
  KernelLibrary(const PopulationSpec& population, Precision precision);

  const NaKernel& kernel() const noexcept { return *kernel_; }

 private:
  struct Close {
    void operator()(void* handle) const noexcept;
  };
  std::unique_ptr<void, Close> handle_;
  const NaKernel* kernel_;
};

/// Whether a library with this ABI version can be used: the same major number and no newer minor
/// one.
bool abi_compatible(uint32_t version) noexcept;

}  // namespace neurarchy
