#pragma once

#include <napi.h>

#include <optional>
#include <variant>

#include "place.hpp"
#include "spec.hpp"

// Reading descriptions from JavaScript (lib/native/spec.ts). Everything is checked here, whatever
// was checked before: nonsense throws an error with the code BAD_ARGUMENT, the place in its message
// and, inside a population or projection, the name of that as its object.

namespace neurarchy {

using RecorderSpec = std::variant<FieldRecorderSpec, SynapseRecorderSpec, SpikeRecorderSpec>;

NetworkSpec read_network_spec(const Place& place);
PopulationSpec read_population(const Place& place);
SourceSpec read_source(const Place& place);
ProjectionSpec read_projection(const Place& place);
SynapseSpec read_synapse(const Place& place);
RecorderSpec read_recorder_spec(const Place& place);
Switches read_switches(const Place& place);
Structure read_structure(const Place& place);
std::optional<Until> read_until(const Place& place);

}  // namespace neurarchy
