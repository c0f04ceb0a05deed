#pragma once

#include <memory>
#include <string>

#include "row_rule.hpp"

namespace neurarchy {

/// The rule of a profile (ProfileSpec) between whole populations.
///
/// Beyond some distance no weight exceeds the threshold: only the neurons of the box around it are
/// looked at, so that the work is proportional to the number of synapses. Distances and weights are
/// in single precision, as in the reference, whose weights they equal to seven digits.
/// @throws Error BAD_SPEC, with `name`.
std::unique_ptr<RowRule> make_profile_rule(const ConnectorSpec& connector,
                                           const ProjectionEnds& ends, bool no_self,
                                           const std::string& name);

/// Synapses of a neuron in the middle, at most; known without making them.
double profile_row(const ProfileSpec& profile);

}  // namespace neurarchy
