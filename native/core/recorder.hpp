#pragma once

// All kinds of recorders.

#include "field_recorder.hpp"
#include "spike_recorder.hpp"
#include "synapse_recorder.hpp"
