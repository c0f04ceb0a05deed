#include "arguments.hpp"

#include "errors.hpp"

namespace neurarchy {

namespace {

/// Read a part of the description that has a name: errors carry it.
template <class Read>
auto named(const Place& place, Read read) -> decltype(read(place)) {
  const std::string name = place.object().at("name").text();
  try {
    return read(place);
  } catch (Napi::Error& error) {
    name_object(error, name);
    throw;
  }
}

RecordPhase phase(const Place& place) {
  return place.choice<RecordPhase>({{"inputs", RecordPhase::kInputs}, {"end", RecordPhase::kEnd}});
}

int64_t period(const Place& place) { return place.integer(1, kMaxSafeInteger); }
int64_t offset(const Place& place) { return place.integer(-kMaxSafeInteger, kMaxSafeInteger); }

}  // namespace

NetworkSpec read_network_spec(const Place& place) {
  const Place& spec = place.object();
  return {spec.at("dt").number(),
          static_cast<uint32_t>(spec.at("seed").integer(0, UINT32_MAX)),
          spec.at("precision")
              .choice<Precision>({{"double", Precision::kDouble}, {"float", Precision::kFloat}}),
          spec.at("threads").integer32(1),
          spec.at("forceThreads").boolean(),
          spec.at("populations").list([](const Place& p) { return named(p, read_population); }),
          spec.at("projections").list([](const Place& p) { return named(p, read_projection); })};
}

RecorderSpec read_recorder_spec(const Place& place) {
  enum class Kind { kField, kSynapses, kSpikes, kAxonSpikes };
  const Place& spec = place.object();
  const Kind kind = spec.at("kind").choice<Kind>({{"field", Kind::kField},
                                                  {"synapses", Kind::kSynapses},
                                                  {"spikes", Kind::kSpikes},
                                                  {"axonSpikes", Kind::kAxonSpikes}});
  switch (kind) {
    case Kind::kField:
      return FieldRecorderSpec{spec.at("population").integer32(0),
                               spec.at("slot").integer32(0),
                               phase(spec.at("phase")),
                               spec.at("ranks").ranks(),
                               period(spec.at("period")),
                               offset(spec.at("offset"))};
    case Kind::kSynapses:
      return SynapseRecorderSpec{spec.at("projection").integer32(0), spec.at("slot").integer32(0),
                                 spec.at("rows").ranks(), period(spec.at("period")),
                                 offset(spec.at("offset"))};
    case Kind::kSpikes:
    case Kind::kAxonSpikes:
      break;
  }
  return SpikeRecorderSpec{spec.at("population").integer32(0), spec.at("ranks").ranks(),
                           kind == Kind::kSpikes ? EventKind::kSpike : EventKind::kAxon};
}

Switches read_switches(const Place& place) {
  const Place& switches = place.object();
  return {switches.at("transmission").boolean(), switches.at("axonTransmission").boolean(),
          switches.at("update").boolean(),       switches.at("plasticity").boolean(),
          period(switches.at("period")),         offset(switches.at("offset"))};
}

std::optional<Until> read_until(const Place& place) {
  if (place.is_null()) return std::nullopt;
  const Place& until = place.object();
  const auto condition = [](const Place& entry) -> Until::Condition {
    entry.object();
    return {entry.at("population").integer32(0),
            entry.at("quantifier").choice<bool>({{"any", false}, {"all", true}})};
  };
  return Until{until.at("populations").list(condition),
               until.at("operator").choice<bool>({{"or", false}, {"and", true}})};
}

}  // namespace neurarchy
