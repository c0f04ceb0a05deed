#pragma once

#include <cstdint>
#include <span>

#include "memory.hpp"
#include "segments.hpp"
#include "synapse_index.hpp"

// target[post] += weight, for the synapses of spikes: the innermost loops of static synapses.

namespace neurarchy {

// Columns lie anywhere in memory. While one is added, the first lines of the column after the next
// are under way; the hardware follows once a column is being read.
constexpr size_t kAhead = 2;
constexpr int64_t kLinesAhead = 4;

template <class Element>
void prefetch(const Element* first, int64_t count) noexcept {
  constexpr auto kPerLine = static_cast<int64_t>(kCacheLine / sizeof(Element));
  for (int64_t line = 0; line < kLinesAhead && line * kPerLine < count; line++) {
    __builtin_prefetch(first + line * kPerLine);
  }
}

/// Weights by position.
template <class Real>
struct EachWeight {
  const Real* values;

  Real operator[](int64_t position) const noexcept { return values[position]; }
  void fetch(int64_t begin, int64_t count) const noexcept { prefetch(values + begin, count); }
};

/// One weight for all.
template <class Real>
struct OneWeight {
  Real value;

  Real operator[](int64_t) const noexcept { return value; }
  void fetch(int64_t, int64_t) const noexcept {}
};

/// Add for segments given by `begin(s)` and `end(s)`, in their order. Returns the number of
/// synapses.
template <class Real, class Index, class Weights, class Begin, class End>
int64_t add_weights(size_t segments, Begin begin, End end, const Index* post, Weights weights,
                    Real* target) noexcept {
  int64_t events = 0;
  for (size_t s = 0; s < segments; s++) {
    if (s + kAhead < segments) {
      const int64_t coming = begin(s + kAhead);
      const int64_t count = end(s + kAhead) - coming;
      prefetch(post + coming, count);
      weights.fetch(coming, count);
    }
    const int64_t first = begin(s);
    const int64_t last = end(s);
    events += last - first;
    for (int64_t i = first; i < last; i++) target[post[i]] += weights[i];
  }
  return events;
}

/// The whole columns of neurons that spiked.
template <class Real, class Weights>
int64_t add_spikes(const SynapseIndex& index, std::span<const int32_t> spikes, Weights weights,
                   Real* target) noexcept {
  const int64_t* start = index.start.data();
  const auto begin = [&](size_t s) { return start[spikes[s]]; };
  const auto end = [&](size_t s) { return start[spikes[s] + 1]; };
  return index.partner16.size() > 0
             ? add_weights(spikes.size(), begin, end, index.partner16.data(), weights, target)
             : add_weights(spikes.size(), begin, end, index.partner32.data(), weights, target);
}

/// Segments.
template <class Real, class Weights>
int64_t add_segments(const SynapseIndex& index, std::span<const NaSegment> segments,
                     Weights weights, Real* target) noexcept {
  const auto begin = [&](size_t s) { return segments[s].begin; };
  const auto end = [&](size_t s) { return segments[s].end; };
  return index.partner16.size() > 0
             ? add_weights(segments.size(), begin, end, index.partner16.data(), weights, target)
             : add_weights(segments.size(), begin, end, index.partner32.data(), weights, target);
}

}  // namespace neurarchy
