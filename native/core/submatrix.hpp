#pragma once

#include <cstdint>
#include <span>

#include "connectivity.hpp"
#include "memory.hpp"
#include "partition.hpp"

namespace neurarchy {

/// The synapses of a projection that end in one range of postsynaptic neurons, by presynaptic
/// neuron.
template <class Real>
struct SubMatrix {
  int64_t rows = 0;          // postsynaptic neurons of the range that have synapses
  Array<int64_t> pre_start;  // (pre size + 1), or empty without synapses
  Array<uint16_t>
      post16;  // (synapses), from the start of the range, ascending for each presynaptic neuron;
  Array<uint32_t> post32;  //   one of the two is empty
  Array<Real> weights;     // (synapses), or empty where all have the same

  /// target[post] += weight for the synapses of each of the presynaptic neurons, in their order.
  int64_t deliver(std::span<const int32_t> spikes, Real single, Real* target) const noexcept {
    if (post16.size() > 0) {
      return weights.size() > 0 ? add(spikes, post16.data(), weights.data(), target)
                                : add_single(spikes, post16.data(), single, target);
    }
    return weights.size() > 0 ? add(spikes, post32.data(), weights.data(), target)
                              : add_single(spikes, post32.data(), single, target);
  }

  /// Visit (pre, local post, position) in the order of storage.
  template <class Visit>
  void for_each(Visit visit) const {
    for (size_t pre = 0; pre + 1 < pre_start.size(); pre++) {
      for (auto i = static_cast<size_t>(pre_start[pre]);
           i < static_cast<size_t>(pre_start[pre + 1]); i++) {
        visit(static_cast<int32_t>(pre), post16.size() > 0 ? uint32_t{post16[i]} : post32[i], i);
      }
    }
  }

  size_t bytes() const noexcept {
    return pre_start.bytes() + post16.bytes() + post32.bytes() + weights.bytes();
  }

 private:
  // Rows lie anywhere in memory. While one is added, the first lines of the row after the next are
  // under way; the hardware follows once a row is being read.
  static constexpr size_t kAhead = 2;
  static constexpr int64_t kLines = 4;

  template <class Element>
  static void prefetch(const Element* first, int64_t count) noexcept {
    constexpr auto kPerLine = static_cast<int64_t>(kCacheLine / sizeof(Element));
    for (int64_t line = 0; line < kLines && line * kPerLine < count; line++) {
      __builtin_prefetch(first + line * kPerLine);
    }
  }

  template <class Index>
  int64_t add(std::span<const int32_t> spikes, const Index* post, const Real* weight,
              Real* target) const noexcept {
    const int64_t* start = pre_start.data();
    int64_t events = 0;
    for (size_t s = 0; s < spikes.size(); s++) {
      if (s + kAhead < spikes.size()) {
        const auto coming = static_cast<size_t>(spikes[s + kAhead]);
        const int64_t count = start[coming + 1] - start[coming];
        prefetch(post + start[coming], count);
        prefetch(weight + start[coming], count);
      }
      const auto pre = static_cast<size_t>(spikes[s]);
      const int64_t end = start[pre + 1];
      events += end - start[pre];
      for (int64_t i = start[pre]; i < end; i++) target[post[i]] += weight[i];
    }
    return events;
  }

  template <class Index>
  int64_t add_single(std::span<const int32_t> spikes, const Index* post, Real weight,
                     Real* target) const noexcept {
    const int64_t* start = pre_start.data();
    int64_t events = 0;
    for (size_t s = 0; s < spikes.size(); s++) {
      if (s + kAhead < spikes.size()) {
        const auto coming = static_cast<size_t>(spikes[s + kAhead]);
        prefetch(post + start[coming], start[coming + 1] - start[coming]);
      }
      const auto pre = static_cast<size_t>(spikes[s]);
      const int64_t end = start[pre + 1];
      events += end - start[pre];
      for (int64_t i = start[pre]; i < end; i++) target[post[i]] += weight;
    }
    return events;
  }
};

/// Take the rows of a range out of a connectivity: one counting sort by presynaptic neuron.
/// `weights` is in the order of the connectivity, or empty for a single weight.
template <class Real>
SubMatrix<Real> make_submatrix(const Connectivity& connectivity, std::span<const double> weights,
                               int64_t pre_size, const Range& range) {
  SubMatrix<Real> matrix;
  const std::vector<int32_t>& posts = connectivity.post_ranks;
  size_t first = 0;
  while (first < posts.size() && posts[first] < range.begin) first++;
  size_t last = first;
  while (last < posts.size() && posts[last] < range.end) last++;
  const auto begin = static_cast<size_t>(connectivity.row_start[first]);
  const auto end = static_cast<size_t>(connectivity.row_start[last]);
  if (begin == end) return matrix;

  matrix.rows = static_cast<int64_t>(last - first);
  matrix.pre_start.resize(static_cast<size_t>(pre_size) + 1);
  const bool narrow = range.size() <= 65536;
  if (narrow) {
    matrix.post16.resize(end - begin);
  } else {
    matrix.post32.resize(end - begin);
  }
  if (!weights.empty()) matrix.weights.resize(end - begin);

  std::vector<int64_t> next(static_cast<size_t>(pre_size) + 1, 0);
  for (size_t i = begin; i < end; i++)
    next[static_cast<size_t>(connectivity.pre_ranks[i]) + 1] += 1;
  for (size_t pre = 1; pre < next.size(); pre++) next[pre] += next[pre - 1];
  std::copy(next.begin(), next.end(), matrix.pre_start.data());
  for (size_t row = first; row < last; row++) {
    const auto local = static_cast<uint32_t>(posts[row] - range.begin);
    for (auto i = static_cast<size_t>(connectivity.row_start[row]);
         i < static_cast<size_t>(connectivity.row_start[row + 1]); i++) {
      const auto place =
          static_cast<size_t>(next[static_cast<size_t>(connectivity.pre_ranks[i])]++);
      if (narrow) {
        matrix.post16[place] = static_cast<uint16_t>(local);
      } else {
        matrix.post32[place] = local;
      }
      if (!weights.empty()) matrix.weights[place] = static_cast<Real>(weights[i]);
    }
  }
  return matrix;
}

}  // namespace neurarchy
