#include <cmath>

#include "arguments.hpp"

namespace neurarchy {

namespace {

ValueSpec values(const Place& place) {
  place.object();
  const auto kind =
      place.at("kind").choice<ValueKind>({{"constant", ValueKind::kConstant},
                                          {"uniform", ValueKind::kUniform},
                                          {"discreteUniform", ValueKind::kDiscreteUniform},
                                          {"normal", ValueKind::kNormal},
                                          {"logNormal", ValueKind::kLogNormal},
                                          {"exponential", ValueKind::kExponential},
                                          {"gamma", ValueKind::kGamma},
                                          {"binomial", ValueKind::kBinomial},
                                          {"profile", ValueKind::kProfile},
                                          {"explicit", ValueKind::kExplicit}});
  if (kind == ValueKind::kConstant)
    return {kind, {place.at("value").number()}, -INFINITY, INFINITY};
  if (kind == ValueKind::kExplicit)
    return {kind, place.at("values").float64_array(), -INFINITY, INFINITY};
  if (kind == ValueKind::kProfile) return {kind, {}, -INFINITY, INFINITY};
  return {kind, place.at("parameters").list([](const Place& p) { return p.number(); }),
          place.at("min").number(), place.at("max").number()};
}

int64_t length(const Place& place) { return place.integer32(1); }

ProfileSpec profile(const Place& place) {
  place.object();
  return {place.at("preGeometry").list(length), place.at("postGeometry").list(length),
          place.at("terms").list([](const Place& term) {
            term.object();
            return ProfileSpec::Term{term.at("amplitude").number(), term.at("sigma").number()};
          }),
          place.at("threshold").number()};
}

ConnectorSpec connector(const Place& place) {
  place.object();
  const auto kind = place.at("kind").choice<ConnectorKind>(
      {{"allToAll", ConnectorKind::kAllToAll},
       {"oneToOne", ConnectorKind::kOneToOne},
       {"fixedProbability", ConnectorKind::kFixedProbability},
       {"fixedNumberPre", ConnectorKind::kFixedNumberPre},
       {"fixedNumberPost", ConnectorKind::kFixedNumberPost},
       {"profile", ConnectorKind::kProfile},
       {"explicit", ConnectorKind::kExplicit}});
  if (kind == ConnectorKind::kExplicit) {
    return {kind, place.at("preRanks").int32_array(),  place.at("postRanks").int32_array(), true,
            1.0,  place.at("rowStart").whole_numbers()};
  }
  ConnectorSpec spec{kind, place.at("preRanks").ranks(), place.at("postRanks").ranks(),
                     place.at("selfConnections").boolean(), 1.0};
  if (kind == ConnectorKind::kFixedProbability) spec.probability = place.at("probability").number();
  if (kind == ConnectorKind::kFixedNumberPre || kind == ConnectorKind::kFixedNumberPost)
    spec.number = place.at("number").integer32(0);
  if (kind == ConnectorKind::kProfile) spec.profile = profile(place.at("profile"));
  return spec;
}

SynapseFieldSpec synapse_field(const Place& place) {
  place.object();
  const auto owner = place.at("owner").choice<FieldOwner>(
      {{"self", FieldOwner::kSelf}, {"pre", FieldOwner::kPre}, {"post", FieldOwner::kPost}});
  const auto type = place.at("type").choice<FieldType>(
      {{"real", FieldType::kReal}, {"int32", FieldType::kInt32}});
  const Place scope = place.at("scope");
  if (owner != FieldOwner::kSelf) {
    return {owner, place.at("name").text(), type,
            scope.choice<SynapseScope>(
                {{"local", SynapseScope::kLocal}, {"global", SynapseScope::kGlobal}}),
            read_slot(place.at("slot"))};
  }
  return {owner, place.at("name").text(), type,
          scope.choice<SynapseScope>({{"local", SynapseScope::kLocal},
                                      {"global", SynapseScope::kGlobal},
                                      {"row", SynapseScope::kRow},
                                      {"column", SynapseScope::kColumn}}),
          -1};
}

std::optional<SynapseSpec> synapse(const Place& place) {
  if (place.is_null()) return std::nullopt;
  return read_synapse(place);
}

std::variant<int32_t, ValueSpec> delay(const Place& place) {
  if (place.value.IsNumber()) return place.integer32(1);
  return values(place);
}

}  // namespace

Structure read_structure(const Place& place) {
  place.object();
  const auto timing = [](const Place& rule) -> std::optional<RuleTiming> {
    if (rule.is_null()) return std::nullopt;
    rule.object();
    return RuleTiming{rule.at("period").integer(1, kMaxSafeInteger),
                      rule.at("offset").integer(0, kMaxSafeInteger)};
  };
  const auto first_value = [](const Place& first) -> FirstValue {
    first.object();
    const Place given = first.at("values");
    return {read_slot(first.at("slot")), static_cast<uint32_t>(first.at("draw").integer(0, 255)),
            given.is_null() ? std::nullopt : std::optional(values(given))};
  };
  return {timing(place.at("creating")), timing(place.at("pruning")), place.at("weight").number(),
          place.at("delay").integer32(1), place.at("firstValues").list(first_value)};
}

SynapseSpec read_synapse(const Place& place) {
  place.object();
  return {place.at("library").text(),
          place.at("fields").list(synapse_field),
          place.at("weightSlot").integer32(0),
          place.at("delaySlot").optional_slot(),
          place.at("lastEventSlots").list(read_slot),
          place.at("expandedSlots").list(read_slot)};
}

ProjectionSpec read_projection(const Place& place) {
  place.object();
  return {place.at("name").text(),
          place.at("pre").integer32(0),
          place.at("post").integer32(0),
          place.at("targetSlots").list(read_slot),
          delay(place.at("delay")),
          connector(place.at("connector")),
          values(place.at("weights")),
          place.at("singleWeight").boolean(),
          place.at("longestDelay").integer32(1),
          synapse(place.at("synapse"))};
}

}  // namespace neurarchy
