#include "reductions.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace neurarchy {

namespace {

constexpr size_t kLanes = 8;

/// Sum of term(x) over n elements.
template <class T, class Term>
double sum(const T* values, size_t n, Term term) noexcept {
  double total = 0.0;
  for (size_t first = 0; first < n; first += kReductionBlock) {
    const size_t end = std::min(n, first + kReductionBlock);
    double lanes[kLanes] = {};
    size_t i = first;
    for (; i + kLanes <= end; i += kLanes) {
      for (size_t lane = 0; lane < kLanes; lane++)
        lanes[lane] += term(static_cast<double>(values[i + lane]));
    }
    for (; i < end; i++) lanes[i % kLanes] += term(static_cast<double>(values[i]));
    for (const double lane : lanes) total += lane;
  }
  return total;
}

template <class T>
double reduced(ReductionKind operation, const T* values, size_t n) noexcept {
  switch (operation) {
    case ReductionKind::kMin:
      return static_cast<double>(*std::min_element(values, values + n));
    case ReductionKind::kMax:
      return static_cast<double>(*std::max_element(values, values + n));
    case ReductionKind::kMean:
      return sum(values, n, [](double x) { return x; }) / static_cast<double>(n);
    case ReductionKind::kNorm1:
      return sum(values, n, [](double x) { return std::fabs(x); });
    case ReductionKind::kNorm2:
      return std::sqrt(sum(values, n, [](double x) { return x * x; }));
  }
  return 0.0;
}

}  // namespace

void Reduction::apply() const noexcept {
  const auto n = static_cast<size_t>(source->count);
  const double result =
      with_values(*source, [&](const auto* values) { return reduced(operation, values, n); });
  with_values(*target, [&](auto* value) {
    using Value = std::remove_reference_t<decltype(*value)>;
    *value = static_cast<Value>(result);
  });
}

}  // namespace neurarchy
