#include "source.hpp"

#include <algorithm>
#include <utility>

#include "error.hpp"

namespace neurarchy {

SpikeSource::SpikeSource(const SpikeSourceSpec& spec, const std::vector<Range>& ranges,
                         int64_t size, const std::string& name)
    : parts_(ranges.size()) {
  const auto neurons = static_cast<size_t>(size);
  if (spec.start.size() != neurons + 1 || spec.start.front() != 0 ||
      spec.start.back() != static_cast<int64_t>(spec.steps.size()) ||
      !std::is_sorted(spec.start.begin(), spec.start.end())) {
    throw Error("BAD_SPEC", "the lists of spikes do not fit the population", name);
  }
  for (size_t index = 0; index < ranges.size(); index++) {
    Part& part = parts_[index];
    const int64_t end = std::min(ranges[index].end, size);
    for (int64_t rank = ranges[index].begin; rank < end; rank++) {
      const auto first = static_cast<size_t>(spec.start[static_cast<size_t>(rank)]);
      const auto last = static_cast<size_t>(spec.start[static_cast<size_t>(rank) + 1]);
      for (size_t i = first; i < last; i++) {
        if (i > first && spec.steps[i] <= spec.steps[i - 1])
          throw Error("BAD_SPEC", "the spikes of a neuron do not ascend", name);
        part.spikes.push_back({spec.steps[i], static_cast<int32_t>(rank)});
      }
    }
    std::stable_sort(part.spikes.begin(), part.spikes.end(),
                     [](const Spike& a, const Spike& b) { return a.step < b.step; });
  }
}

void SpikeSource::replace(SpikeSource other, bool restart) noexcept {
  for (size_t index = 0; index < parts_.size(); index++) {
    // Spikes before the clock are passed over by `next`.
    other.parts_[index].clock = restart ? 0 : parts_[index].clock;
  }
  parts_ = std::move(other.parts_);
}

void SpikeSource::restart() noexcept {
  for (Part& part : parts_) {
    part.next = 0;
    part.clock = 0;
  }
}

void SpikeSource::set_clock(int64_t clock) noexcept {
  restart();
  for (Part& part : parts_) part.clock = clock;
}

int64_t SpikeSource::next(size_t index, int32_t* ranks) noexcept {
  Part& part = parts_[index];
  const std::vector<Spike>& spikes = part.spikes;
  while (part.next < spikes.size() && spikes[part.next].step < part.clock) part.next += 1;
  int64_t count = 0;
  while (part.next < spikes.size() && spikes[part.next].step == part.clock)
    ranks[count++] = spikes[part.next++].rank;
  part.clock += 1;
  return count;
}

size_t SpikeSource::bytes() const noexcept {
  size_t total = 0;
  for (const Part& part : parts_) total += part.spikes.size() * sizeof(Spike);
  return total;
}

BlockSource::BlockSource(const BlockSourceSpec& spec, const std::vector<Field>& fields,
                         const std::vector<Range>& ranges, const std::string& name)
    : ranges_(ranges),
      values_(spec.values),
      schedule_(spec.schedule),
      period_(spec.period),
      parts_(ranges.size()) {
  if (spec.slot < 0 || static_cast<size_t>(spec.slot) >= fields.size())
    throw Error("BAD_SPEC", "no such slot for the blocks of values", name);
  field_ = &fields[static_cast<size_t>(spec.slot)];
  if (!field_->local() || !field_->real())
    throw Error("BAD_SPEC", "the field " + field_->name + " is not a local real", name);
  const auto size = static_cast<size_t>(field_->count);
  if (values_.size() % size != 0 || schedule_.size() > values_.size() / size)
    throw Error("BAD_SPEC", "the blocks of values do not fit the population", name);
}

void BlockSource::replace(BlockSource other, bool restart) noexcept {
  for (size_t index = 0; index < parts_.size(); index++) {
    Part& part = other.parts_[index];
    if (!restart) part = parts_[index];
    if (part.block >= other.schedule_.size()) part.block = 0;
    if (!other.schedule_.empty()) other.take_block(ranges_[index], part.block);
  }
  *this = std::move(other);
}

void BlockSource::restart() noexcept {
  std::fill(parts_.begin(), parts_.end(), Part{});
  std::fill_n(field_->bytes(), field_->memory->bytes(), std::byte{0});
}

void BlockSource::set_clock(int64_t counter, int64_t block) noexcept {
  const auto chosen = static_cast<size_t>(block);
  for (Part& part : parts_) {
    part.counter = counter;
    part.block = chosen < schedule_.size() ? chosen : 0;
  }
}

void BlockSource::next(size_t index) noexcept {
  if (schedule_.empty()) return;
  Part& part = parts_[index];
  if (part.counter == schedule_[part.block]) {
    take_block(ranges_[index], part.block);
    part.block = (part.block + 1) % schedule_.size();
  }
  if (part.counter == period_ - 1) {
    part.block = 0;
    part.counter = -1;
  }
  part.counter += 1;
}

void BlockSource::take_block(const Range& range, size_t block) noexcept {
  const Elements part = elements(*field_, range);
  const double* values = values_.data() + block * static_cast<size_t>(field_->count);
  with_values(*field_, [&](auto* to) {
    using Value = std::remove_reference_t<decltype(*to)>;
    for (size_t i = part.begin; i < part.end; i++) to[i] = static_cast<Value>(values[i]);
  });
}

}  // namespace neurarchy
