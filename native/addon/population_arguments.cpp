#include "arguments.hpp"

namespace neurarchy {

namespace {

FieldSpec field(const Place& place) {
  place.object();
  return {place.at("name").text(),
          place.at("type").choice<FieldType>(
              {{"real", FieldType::kReal}, {"int32", FieldType::kInt32}}),
          place.at("scope").choice<FieldScope>(
              {{"local", FieldScope::kLocal}, {"global", FieldScope::kGlobal}})};
}

ReductionSpec reduction(const Place& place) {
  place.object();
  return {place.at("operation")
              .choice<ReductionKind>({{"min", ReductionKind::kMin},
                                      {"max", ReductionKind::kMax},
                                      {"mean", ReductionKind::kMean},
                                      {"norm1", ReductionKind::kNorm1},
                                      {"norm2", ReductionKind::kNorm2}}),
          read_slot(place.at("source")), read_slot(place.at("slot"))};
}

std::optional<std::string> library(const Place& place) {
  if (place.is_null()) return std::nullopt;
  return place.text();
}

std::optional<SourceSpec> optional_source(const Place& place) {
  if (place.is_null()) return std::nullopt;
  return read_source(place);
}

}  // namespace

SourceSpec read_source(const Place& place) {
  enum class Kind { kSpikes, kBlocks };
  place.object();
  const Kind kind =
      place.at("kind").choice<Kind>({{"spikes", Kind::kSpikes}, {"blocks", Kind::kBlocks}});
  if (kind == Kind::kSpikes) {
    return SpikeSourceSpec{place.at("start").whole_numbers(), place.at("steps").whole_numbers()};
  }
  return BlockSourceSpec{read_slot(place.at("slot")), place.at("values").float64_array(),
                         place.at("schedule").whole_numbers(),
                         place.at("period").integer(-1, kMaxSafeInteger)};
}

PopulationSpec read_population(const Place& place) {
  place.object();
  return {place.at("name").text(),
          place.at("size").integer(1, INT32_MAX),
          library(place.at("library")),
          place.at("fields").list(field),
          place.at("spikedSlot").optional_slot(),
          place.at("remainingSlot").optional_slot(),
          place.at("lastSpikeSlot").optional_slot(),
          place.at("axonSlot").optional_slot(),
          place.at("rateSlot").optional_slot(),
          place.at("inputSlots").list(read_slot),
          place.at("reductions").list(reduction),
          optional_source(place.at("source"))};
}

}  // namespace neurarchy
