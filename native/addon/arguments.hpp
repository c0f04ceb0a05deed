#pragma once

#include <napi.h>

#include <string>
#include <variant>

#include "spec.hpp"

// Reading what JavaScript passes. Everything is checked here, whatever was checked before: a call
// with nonsense throws an error with the code BAD_ARGUMENT and the place in its message.

namespace neurarchy {

NetworkSpec read_network_spec(const Napi::Value& value);
std::variant<FieldRecorderSpec, SpikeRecorderSpec> read_recorder_spec(const Napi::Value& value);

/// A whole number within [low, high].
int64_t read_integer(const Napi::Value& value, int64_t low, int64_t high, const std::string& place);
bool read_boolean(const Napi::Value& value, const std::string& place);

/// Largest whole number JavaScript holds exactly.
constexpr int64_t kMaxSafeInteger = (int64_t{1} << 53) - 1;

[[noreturn]] void bad_argument(Napi::Env env, const std::string& place, const std::string& wanted);

}  // namespace neurarchy
