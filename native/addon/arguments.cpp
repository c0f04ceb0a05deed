#include "arguments.hpp"

#include <cmath>
#include <initializer_list>
#include <utility>

#include "errors.hpp"

namespace neurarchy {

namespace {

/// A value and where it was found, for messages: `spec.populations[1].size`.
struct Place {
  Napi::Value value;
  std::string path;

  Place at(const char* key) const { return {value.As<Napi::Object>().Get(key), path + "." + key}; }
  Place at(uint32_t index) const {
    return {value.As<Napi::Array>().Get(index), path + "[" + std::to_string(index) + "]"};
  }
  [[noreturn]] void refuse(const std::string& wanted) const {
    bad_argument(value.Env(), path, wanted);
  }
};

Place object(const Place& place) {
  if (!place.value.IsObject()) place.refuse("an object");
  return place;
}

int64_t integer(const Place& place, int64_t low, int64_t high) {
  return read_integer(place.value, low, high, place.path);
}

int32_t integer32(const Place& place, int32_t low, int32_t high = INT32_MAX) {
  return static_cast<int32_t>(integer(place, low, high));
}

double number(const Place& place) {
  if (!place.value.IsNumber()) place.refuse("a number");
  return place.value.As<Napi::Number>().DoubleValue();
}

bool boolean(const Place& place) { return read_boolean(place.value, place.path); }

std::string text(const Place& place) {
  if (!place.value.IsString()) place.refuse("a string");
  return place.value.As<Napi::String>().Utf8Value();
}

template <class Read>
auto list(const Place& place, Read read) {
  if (!place.value.IsArray()) place.refuse("an array");
  std::vector<decltype(read(place))> items;
  const uint32_t length = place.value.As<Napi::Array>().Length();
  for (uint32_t i = 0; i < length; i++) items.push_back(read(place.at(i)));
  return items;
}

template <class Choice>
Choice choice(const Place& place, std::initializer_list<std::pair<const char*, Choice>> choices) {
  const std::string word = text(place);
  std::string words;
  for (const auto& [name, value] : choices) {
    if (word == name) return value;
    words += words.empty() ? name : std::string(" or ") + name;
  }
  place.refuse(words);
}

Ranks ranks(const Place& place) {
  if (place.value.IsNull()) return std::nullopt;
  if (!place.value.IsTypedArray() ||
      place.value.As<Napi::TypedArray>().TypedArrayType() != napi_int32_array) {
    place.refuse("an Int32Array or null");
  }
  const auto array = place.value.As<Napi::Int32Array>();
  return std::vector<int32_t>(array.Data(), array.Data() + array.ElementLength());
}

std::optional<int32_t> optional_slot(const Place& place) {
  if (place.value.IsNull()) return std::nullopt;
  return integer32(place, 0);
}

FieldSpec field(const Place& place) {
  object(place);
  return {text(place.at("name")),
          choice<FieldType>(place.at("type"),
                            {{"real", FieldType::kReal}, {"int32", FieldType::kInt32}}),
          choice<FieldScope>(place.at("scope"),
                             {{"local", FieldScope::kLocal}, {"global", FieldScope::kGlobal}})};
}

PopulationSpec population(const Place& place) {
  object(place);
  return {text(place.at("name")),
          integer(place.at("size"), 1, INT32_MAX),
          text(place.at("library")),
          list(place.at("fields"), field),
          optional_slot(place.at("spikedSlot")),
          optional_slot(place.at("remainingSlot"))};
}

ValueSpec values(const Place& place) {
  object(place);
  const auto kind =
      choice<ValueKind>(place.at("kind"), {{"constant", ValueKind::kConstant},
                                           {"uniform", ValueKind::kUniform},
                                           {"discreteUniform", ValueKind::kDiscreteUniform},
                                           {"normal", ValueKind::kNormal},
                                           {"logNormal", ValueKind::kLogNormal},
                                           {"exponential", ValueKind::kExponential},
                                           {"gamma", ValueKind::kGamma},
                                           {"binomial", ValueKind::kBinomial}});
  if (kind == ValueKind::kConstant) return {kind, {number(place.at("value"))}, -INFINITY, INFINITY};
  return {kind, list(place.at("parameters"), number), number(place.at("min")),
          number(place.at("max"))};
}

ConnectorSpec connector(const Place& place) {
  object(place);
  return {choice<ConnectorKind>(place.at("kind"),
                                {{"allToAll", ConnectorKind::kAllToAll},
                                 {"oneToOne", ConnectorKind::kOneToOne},
                                 {"fixedProbability", ConnectorKind::kFixedProbability}}),
          ranks(place.at("preRanks")), ranks(place.at("postRanks")),
          boolean(place.at("selfConnections")), number(place.at("probability"))};
}

ProjectionSpec projection(const Place& place) {
  object(place);
  return {text(place.at("name")),
          integer32(place.at("pre"), 0),
          integer32(place.at("post"), 0),
          list(place.at("targetSlots"), [](const Place& slot) { return integer32(slot, 0); }),
          integer32(place.at("delay"), 1),
          connector(place.at("connector")),
          values(place.at("weights")),
          boolean(place.at("singleWeight"))};
}

}  // namespace

void bad_argument(Napi::Env env, const std::string& place, const std::string& wanted) {
  throw js_error(env, "BAD_ARGUMENT", place + " must be " + wanted);
}

int64_t read_integer(const Napi::Value& value, int64_t low, int64_t high,
                     const std::string& place) {
  if (value.IsNumber()) {
    const double number = value.As<Napi::Number>().DoubleValue();
    // Compared as floating point first: converting what does not fit would be undefined.
    if (number >= static_cast<double>(low) && number <= static_cast<double>(high) &&
        std::floor(number) == number) {
      return static_cast<int64_t>(number);
    }
  }
  bad_argument(value.Env(), place,
               "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
}

bool read_boolean(const Napi::Value& value, const std::string& place) {
  if (!value.IsBoolean()) bad_argument(value.Env(), place, "true or false");
  return value.As<Napi::Boolean>().Value();
}

NetworkSpec read_network_spec(const Napi::Value& value) {
  const Place spec = object({value, "spec"});
  return {number(spec.at("dt")),
          static_cast<uint32_t>(integer(spec.at("seed"), 0, UINT32_MAX)),
          choice<Precision>(spec.at("precision"),
                            {{"double", Precision::kDouble}, {"float", Precision::kFloat}}),
          integer32(spec.at("threads"), 1),
          boolean(spec.at("forceThreads")),
          list(spec.at("populations"), population),
          list(spec.at("projections"), projection)};
}

std::variant<FieldRecorderSpec, SpikeRecorderSpec> read_recorder_spec(const Napi::Value& value) {
  enum class Kind { kField, kSpikes };
  const Place spec = object({value, "spec"});
  const Kind kind =
      choice<Kind>(spec.at("kind"), {{"field", Kind::kField}, {"spikes", Kind::kSpikes}});
  const int32_t population_index = integer32(spec.at("population"), 0);
  if (kind == Kind::kSpikes) return SpikeRecorderSpec{population_index, ranks(spec.at("ranks"))};
  return FieldRecorderSpec{population_index,
                           integer32(spec.at("slot"), 0),
                           choice<RecordPhase>(spec.at("phase"), {{"inputs", RecordPhase::kInputs},
                                                                  {"end", RecordPhase::kEnd}}),
                           ranks(spec.at("ranks")),
                           integer(spec.at("period"), 1, kMaxSafeInteger),
                           integer(spec.at("offset"), -kMaxSafeInteger, kMaxSafeInteger)};
}

}  // namespace neurarchy
