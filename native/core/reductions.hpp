#pragma once

#include "field.hpp"
#include "spec.hpp"

namespace neurarchy {

/// A global operation over a population.
///
/// Sums are made in a fixed order, block by block, so that they do not depend on who makes them:
/// within a block of kReductionBlock elements eight sums run side by side.
struct Reduction {
  ReductionKind operation;
  const Field* source;  // local
  const Field* target;  // global, real

  /// Work it out and write it to the target.
  void apply() const noexcept;
};

constexpr size_t kReductionBlock = 1024;

}  // namespace neurarchy
