#include "spike_recorder.hpp"

#include <algorithm>
#include <span>

#include "connectivity.hpp"
#include "error.hpp"

namespace neurarchy {

SpikeRecorder::SpikeRecorder(const SpikeRecorderSpec& spec, const Population& population)
    : population_(&population), axon_(spec.events == EventKind::kAxon), parts_(population.parts()) {
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
