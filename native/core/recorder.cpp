#include "recorder.hpp"

#include <algorithm>
#include <cstring>

#include "connectivity.hpp"
#include "error.hpp"

namespace neurarchy {

FieldRecorder::FieldRecorder(const FieldRecorderSpec& spec, const Population& population,
                             size_t parts)
    : population_(&population),
      slot_(static_cast<size_t>(spec.slot)),
      phase_(spec.phase),
      period_(spec.period),
      offset_(spec.offset),
      all_(!spec.ranks) {
  if (spec.slot < 0 || slot_ >= population.fields().size() || period_ < 1) {
    throw Error("BAD_SPEC", "no such field, or no such period", population.name());
  }
  const bool local = field().scope == FieldScope::kLocal;
  if (!local && !all_) throw Error("BAD_RANKS", "a global field has no ranks", population.name());
  width_ = all_ ? field().count : static_cast<int64_t>(spec.ranks->size());
  copies_.resize(parts);
  if (all_) return;
  for (size_t column = 0; column < spec.ranks->size(); column++) {
    const int32_t rank = (*spec.ranks)[column];
    if (rank < 0 || rank >= population.size())
      throw Error("BAD_RANKS", "rank outside the population", population.name());
    for (size_t part = 0; part < parts; part++) {
      const Range& range = population.range(part);
      if (rank >= range.begin && rank < range.end)
        copies_[part].push_back({column, static_cast<size_t>(rank)});
    }
  }
}

int64_t FieldRecorder::next_due(int64_t step) const noexcept {
  const int64_t remainder = ((step - offset_) % period_ + period_) % period_;
  return remainder == 0 ? step : step + period_ - remainder;
}

int64_t FieldRecorder::due(int64_t first_step, int64_t steps) const noexcept {
  const int64_t first = next_due(first_step);
  const int64_t end = first_step + steps;
  return first >= end ? 0 : (end - 1 - first) / period_ + 1;
}

void FieldRecorder::begin_run(int64_t first_step, int64_t steps) {
  first_due_ = next_due(first_step);
  const auto row = static_cast<size_t>(width_) * field().element_bytes;
  const auto rows = static_cast<size_t>(records_ + due(first_step, steps));
  size_t needed = 0;
  if (__builtin_mul_overflow(rows, row, &needed)) throw out_of_memory(population_->name());
  if (needed <= block_.size()) return;
  try {
    // Half as much again for many short runs, just enough for a long one.
    const size_t spare = std::min(block_.size() / 2, size_t{1} << 28);
    block_.resize(std::max(needed, block_.size() + spare));
  } catch (const std::bad_alloc&) {
    throw out_of_memory(population_->name());
  }
}

void FieldRecorder::record(RecordPhase phase, size_t part, int64_t step) noexcept {
  if (phase != phase_ || !is_due(step)) return;
  const Field& source = field();
  const size_t bytes = source.element_bytes;
  const auto row = static_cast<size_t>(records_ + (step - first_due_) / period_);
  std::byte* to = block_.data() + row * static_cast<size_t>(width_) * bytes;
  if (source.scope == FieldScope::kGlobal) {
    if (part == 0) std::memcpy(to, source.bytes(), bytes);
  } else if (all_) {
    const Range& range = population_->range(part);
    const int64_t end = std::min(range.end, population_->size());
    if (end <= range.begin) return;
    const size_t start = static_cast<size_t>(range.begin) * bytes;
    std::memcpy(to + start, source.bytes() + start, static_cast<size_t>(end - range.begin) * bytes);
  } else {
    for (const Copy& copy : copies_[part]) {
      std::memcpy(to + copy.column * bytes, source.bytes() + copy.element * bytes, bytes);
    }
  }
}

std::span<const std::byte> FieldRecorder::data() const noexcept {
  const auto bytes = static_cast<size_t>(records_ * width_) * field().element_bytes;
  return {block_.data(), bytes};
}

void* FieldRecorder::release() noexcept {
  records_ = 0;
  return block_.release();
}

SpikeRecorder::SpikeRecorder(const SpikeRecorderSpec& spec, const Population& population,
                             size_t parts)
    : population_(&population), axon_(spec.events == EventKind::kAxon), parts_(parts) {
  if (!population.spiking())
    throw Error("BAD_SPEC", "the population does not spike", population.name());
  if (axon_ && !population.has_axon_events())
    throw Error("BAD_SPEC", "the population has no axonal events", population.name());
  if (!spec.ranks) return;
  chosen_.assign(static_cast<size_t>(population.size()), 0);
  for (const int32_t rank : sorted_ranks(spec.ranks, population.size(), population.name())) {
    chosen_[static_cast<size_t>(rank)] = 1;
  }
}

bool SpikeRecorder::reserve(size_t index) noexcept {
  Part& part = parts_[index];
  const size_t two_steps = 2 * static_cast<size_t>(population_->range(index).size());
  try {
    if (part.spikes + two_steps > part.ranks.size())
      part.ranks.resize(part.spikes + part.spikes / 2 + two_steps);
    if (part.used_steps + 2 > part.steps.size())
      part.steps.resize(part.used_steps + part.used_steps / 2 + 64);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

void SpikeRecorder::begin_run() {
  for (size_t part = 0; part < parts_.size(); part++) {
    if (!reserve(part)) throw out_of_memory(population_->name());
  }
}

bool SpikeRecorder::record(size_t index, int64_t now, int64_t step) noexcept {
  const std::span<const int32_t> spikes =
      axon_ ? population_->axon_spikes_now(now, index) : population_->spikes_now(now, index);
  if (spikes.empty()) return true;
  Part& part = parts_[index];
  const size_t before = part.spikes;
  if (chosen_.empty()) {
    std::copy(spikes.begin(), spikes.end(), part.ranks.data() + before);
    part.spikes += spikes.size();
  } else {
    for (const int32_t rank : spikes) {
      if (chosen_[static_cast<size_t>(rank)] != 0) part.ranks[part.spikes++] = rank;
    }
  }
  if (part.spikes == before) return true;
  part.steps[part.used_steps++] = {now, step, static_cast<int64_t>(part.spikes - before)};
  return reserve(index);
}

SpikeRecorder::Spikes SpikeRecorder::collect() const {
  size_t total = 0;
  for (const Part& part : parts_) total += part.spikes;
  Spikes all{Array<int32_t>(total), Array<double>(total)};
  std::vector<size_t> entry(parts_.size(), 0);
  std::vector<size_t> spike(parts_.size(), 0);
  size_t written = 0;
  while (written < total) {
    int64_t earliest = INT64_MAX;
    for (size_t i = 0; i < parts_.size(); i++) {
      if (entry[i] < parts_[i].used_steps)
        earliest = std::min(earliest, parts_[i].steps[entry[i]].tick);
    }
    for (size_t i = 0; i < parts_.size(); i++) {
      const Part& part = parts_[i];
      if (entry[i] == part.used_steps || part.steps[entry[i]].tick != earliest) continue;
      const StepSpikes& found = part.steps[entry[i]++];
      const auto count = static_cast<size_t>(found.count);
      std::copy_n(part.ranks.data() + spike[i], count, all.ranks.data() + written);
      std::fill_n(all.steps.data() + written, count, static_cast<double>(found.step));
      spike[i] += count;
      written += count;
    }
  }
  return all;
}

void SpikeRecorder::clear() noexcept {
  for (Part& part : parts_) part.spikes = part.used_steps = 0;
}

size_t SpikeRecorder::bytes() const noexcept {
  size_t total = 0;
  for (const Part& part : parts_) total += part.ranks.bytes() + part.steps.bytes();
  return total;
}

}  // namespace neurarchy
