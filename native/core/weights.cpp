#include "weights.hpp"

#include <algorithm>
#include <cmath>

#include "error.hpp"
#include "kernel_random.h"
#include "streams.hpp"

namespace neurarchy {

namespace {

size_t parameter_count(ValueKind kind) {
  if (kind == ValueKind::kProfile) return 0;
  return kind == ValueKind::kConstant || kind == ValueKind::kExponential ? 1 : 2;
}

void draw_block(const ValueSpec& spec, const NaStep* step, uint32_t draw, int64_t block,
                double* out) {
  const double a = spec.parameters[0];
  const double b = spec.parameters.size() > 1 ? spec.parameters[1] : 0.0;
  switch (spec.kind) {
    case ValueKind::kConstant:
      std::fill_n(out, NA_BLOCK, a);
      break;
    case ValueKind::kUniform:
      na_draw_uniform(out, a, b, step, draw, block);
      break;
    case ValueKind::kDiscreteUniform:
      na_draw_discrete_uniform(out, a, b, step, draw, block);
      break;
    case ValueKind::kNormal:
      na_draw_normal(out, a, b, step, draw, block);
      break;
    case ValueKind::kLogNormal:
      na_draw_lognormal(out, a, b, step, draw, block);
      break;
    case ValueKind::kExponential:
      na_draw_exponential(out, 1.0 / a, step, draw, block);
      break;
    case ValueKind::kGamma:
      na_draw_gamma(out, a, b, step, draw, block);
      break;
    case ValueKind::kExplicit:
    case ValueKind::kProfile:
      break;
    case ValueKind::kBinomial:
      na_draw_binomial(out, a, b, step, draw, block);
      break;
  }
}

double clamped(const ValueSpec& spec, double value) {
  // Written so that a not-a-number stays one.
  const double raised = value < spec.min ? spec.min : value;
  return raised > spec.max ? spec.max : raised;
}

}  // namespace

void check_values(const ValueSpec& spec, const std::string& name) {
  if (spec.kind != ValueKind::kExplicit && spec.parameters.size() != parameter_count(spec.kind)) {
    throw Error("BAD_VALUES", "wrong number of parameters of a distribution", name);
  }
  // What is given may be anything, also infinite.
  const bool given = spec.kind == ValueKind::kConstant || spec.kind == ValueKind::kExplicit;
  for (const double parameter : spec.parameters) {
    if (!given && !std::isfinite(parameter)) {
      throw Error("BAD_VALUES", "a parameter of a distribution is not finite", name);
    }
  }
  if (std::isnan(spec.min) || std::isnan(spec.max) || spec.min > spec.max) {
    throw Error("BAD_VALUES", "the bounds of a distribution are not in order", name);
  }
}

RowValues::RowValues(const ValueSpec& spec, uint32_t draw, const Connectivity& connectivity,
                     uint32_t seed, uint32_t object, const std::string& name)
    : spec_(spec), draw_(draw), connectivity_(connectivity), seed_(seed), object_(object) {
  const auto synapses = static_cast<size_t>(connectivity.synapses());
  if (spec.kind == ValueKind::kExplicit && spec.parameters.size() != synapses) {
    throw Error("BAD_VALUES",
                std::to_string(spec.parameters.size()) + " values for " + std::to_string(synapses) +
                    " synapses",
                name);
  }
}

void RowValues::fill(size_t row, std::span<const int32_t> pre_ranks, double* values) const {
  const size_t count = pre_ranks.size();
  if (spec_.kind == ValueKind::kExplicit) {
    std::copy_n(spec_.parameters.data() + connectivity_.row_start[row], count, values);
  } else if (spec_.kind == ValueKind::kProfile) {
    connectivity_.rule->weights(connectivity_.post_ranks[row], pre_ranks, values);
  } else {
    draw(row, {values, count});
  }
  for (size_t i = 0; i < count; i++) values[i] = clamped(spec_, values[i]);
}

void RowValues::draw(size_t row, std::span<double> values) const {
  const NaStep step = row_address(seed_, object_, connectivity_.post_ranks[row]);
  double block[NA_BLOCK];
  for (size_t first = 0; first < values.size(); first += NA_BLOCK) {
    draw_block(spec_, &step, draw_, static_cast<int64_t>(first / NA_BLOCK), block);
    std::copy_n(block, std::min<size_t>(NA_BLOCK, values.size() - first), &values[first]);
  }
}

Array<double> draw_values(const ValueSpec& spec, uint32_t draw, const Connectivity& connectivity,
                          uint32_t seed, uint32_t object, const std::string& name) {
  const RowValues rows(spec, draw, connectivity, seed, object, name);
  Array<double> values(static_cast<size_t>(connectivity.synapses()));
  connectivity.for_each_row(
      0, connectivity.post_ranks.size(), [&](size_t row, std::span<const int32_t> pre_ranks) {
        rows.fill(row, pre_ranks, values.data() + connectivity.row_start[row]);
      });
  return values;
}

double draw_pair(const ValueSpec& spec, const NaStep& step, uint32_t draw, int32_t pre,
                 int32_t post) {
  const double a = spec.parameters[0];
  const double b = spec.parameters.size() > 1 ? spec.parameters[1] : 0.0;
  const auto drawn = [&]() -> double {
    switch (spec.kind) {
      case ValueKind::kConstant:
      case ValueKind::kExplicit:
      case ValueKind::kProfile:
        break;
      case ValueKind::kUniform:
        return na_pair_uniform(a, b, &step, draw, pre, post);
      case ValueKind::kDiscreteUniform:
        return na_pair_discrete_uniform(a, b, &step, draw, pre, post);
      case ValueKind::kNormal:
        return na_pair_normal(a, b, &step, draw, pre, post);
      case ValueKind::kLogNormal:
        return na_pair_lognormal(a, b, &step, draw, pre, post);
      case ValueKind::kExponential:
        return na_pair_exponential(1.0 / a, &step, draw, pre, post);
      case ValueKind::kGamma:
        return na_pair_gamma(a, b, &step, draw, pre, post);
      case ValueKind::kBinomial:
        return na_pair_binomial(a, b, &step, draw, pre, post);
    }
    return a;
  };
  return clamped(spec, drawn());
}

std::vector<int32_t> draw_delays(const ProjectionSpec& spec, const Connectivity& connectivity,
                                 uint32_t seed, uint32_t object) {
  const auto* each = std::get_if<ValueSpec>(&spec.delay);
  if (each == nullptr) return {};
  const Array<double> values =
      draw_values(*each, kDelayDraw, connectivity, seed, object, spec.name);
  std::vector<int32_t> delays(values.size());
  for (size_t i = 0; i < delays.size(); i++) {
    // The rounding mode of the process is the default one: halves to even. Not-a-number becomes 1.
    const double rounded = std::nearbyint(values[i]);
    const double longest = spec.longest_delay;
    delays[i] = rounded >= 1.0 ? static_cast<int32_t>(std::min(rounded, longest)) : 1;
  }
  return delays;
}

}  // namespace neurarchy
