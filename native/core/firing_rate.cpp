#include "firing_rate.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace neurarchy {

template <class T>
void FiringRate::Queue<T>::reserve(size_t more) {
  if (end + more <= items.size()) return;
  const size_t used = end - begin;
  if (used + more > items.size() / 2) items.resize(2 * (used + more));
  std::memmove(items.data(), items.data() + begin, used * sizeof(T));
  begin = 0;
  end = used;
}

FiringRate::FiringRate(const Field& rate, const std::vector<Range>& ranges)
    : rate_(&rate), ranges_(ranges), parts_(ranges.size()) {}

bool FiringRate::reserve(size_t index) noexcept {
  Part& part = parts_[index];
  try {
    part.ranks.reserve(2 * static_cast<size_t>(ranges_[index].size()));
    part.steps.reserve(2);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void FiringRate::set_window(int64_t steps) {
  if (steps <= 0) {
    clear();
    window_ = 0;
    return;
  }
  counts_.resize(static_cast<size_t>(rate_->count));
  for (size_t part = 0; part < parts_.size(); part++) {
    if (!reserve(part)) throw std::bad_alloc();
  }
  window_ = steps;
  refresh();
}

bool FiringRate::update(size_t index, std::span<const int32_t> spikes,
                        const NaStep& step) noexcept {
  Part& part = parts_[index];
  const double scale = 1000.0 / (static_cast<double>(window_) * step.resolution);
  std::copy(spikes.begin(), spikes.end(), part.ranks.items.data() + part.ranks.end);
  part.ranks.end += spikes.size();
  if (!spikes.empty())
    part.steps.items[part.steps.end++] = {step.step, static_cast<int64_t>(spikes.size())};
  for (const int32_t rank : spikes) counts_[static_cast<size_t>(rank)] += 1;

  const size_t first_dropped = part.ranks.begin;
  while (part.steps.begin < part.steps.end &&
         part.steps.items[part.steps.begin].step <= step.step - window_) {
    part.ranks.begin += static_cast<size_t>(part.steps.items[part.steps.begin++].count);
  }
  const std::span<const int32_t> dropped(part.ranks.items.data() + first_dropped,
                                         part.ranks.begin - first_dropped);
  for (const int32_t rank : dropped) counts_[static_cast<size_t>(rank)] -= 1;

  if (part.stale) {
    const Elements all = elements(*rate_, ranges_[index]);
    for (size_t i = all.begin; i < all.end; i++) write(static_cast<int32_t>(i), scale);
    part.stale = false;
  } else {
    for (const int32_t rank : spikes) write(rank, scale);
    for (const int32_t rank : dropped) write(rank, scale);
  }
  return spikes.empty() || reserve(index);
}

void FiringRate::write(int32_t rank, double scale) noexcept {
  const auto i = static_cast<size_t>(rank);
  const double rate = static_cast<double>(counts_[i]) * scale;
  if (rate_->element_bytes == sizeof(double)) {
    static_cast<double*>(rate_->memory->data())[i] = rate;
  } else {
    static_cast<float*>(rate_->memory->data())[i] = static_cast<float>(rate);
  }
}

void FiringRate::clear() noexcept {
  std::fill(counts_.begin(), counts_.end(), 0);
  for (Part& part : parts_) {
    part.ranks.begin = part.ranks.end = 0;
    part.steps.begin = part.steps.end = 0;
  }
  refresh();
}

std::vector<StoredSpike> FiringRate::spikes(int64_t step) const {
  std::vector<StoredSpike> spikes;
  for (const Part& part : parts_) {
    size_t rank = part.ranks.begin;
    for (size_t i = part.steps.begin; i < part.steps.end; i++) {
      const StepSpikes& some = part.steps.items[i];
      for (int64_t n = 0; n < some.count; n++)
        spikes.push_back({step - some.step, part.ranks.items[rank++]});
    }
  }
  // Parts are in the order of ranks, and stay so within a step.
  std::stable_sort(spikes.begin(), spikes.end(),
                   [](const StoredSpike& a, const StoredSpike& b) { return a.age > b.age; });
  return spikes;
}

void FiringRate::restore(int64_t window, std::span<const StoredSpike> spikes, int64_t step) {
  set_window(window);
  clear();
  if (window_ == 0) return;
  for (const StoredSpike& spike : spikes) {
    for (size_t index = 0; index < parts_.size(); index++) {
      if (spike.rank < ranges_[index].begin || spike.rank >= ranges_[index].end) continue;
      Part& part = parts_[index];
      const int64_t then = step - spike.age;
      const bool same =
          part.steps.end > part.steps.begin && part.steps.items[part.steps.end - 1].step == then;
      if (!reserve(index)) throw std::bad_alloc();
      if (!same) part.steps.items[part.steps.end++] = {then, 0};
      part.steps.items[part.steps.end - 1].count += 1;
      part.ranks.items[part.ranks.end++] = spike.rank;
      counts_[static_cast<size_t>(spike.rank)] += 1;
    }
  }
  for (size_t index = 0; index < parts_.size(); index++) {
    if (!reserve(index)) throw std::bad_alloc();
  }
}

void FiringRate::refresh() noexcept {
  for (Part& part : parts_) part.stale = true;
}

size_t FiringRate::bytes() const noexcept {
  size_t total = counts_.size() * sizeof(int32_t);
  for (const Part& part : parts_) total += part.ranks.items.bytes() + part.steps.items.bytes();
  return total;
}

}  // namespace neurarchy
