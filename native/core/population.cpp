#include "population.hpp"

#include <algorithm>
#include <cstring>

#include "error.hpp"
#include "flags.hpp"

namespace neurarchy {

namespace {

int32_t* flags_at(const std::vector<Field>& fields, Slot slot, const std::string& name) {
  if (!slot) return nullptr;
  const Field& field = field_at(fields, *slot, FieldType::kInt32, FieldScope::kLocal, name);
  return static_cast<int32_t*>(field.memory->data());
}

void zero(const Field& field) noexcept {
  std::memset(field.memory->data(), 0, field.memory->bytes());
}

}  // namespace

Population::Population(const PopulationSpec& spec, Precision precision, uint32_t object,
                       const std::vector<Range>& ranges, int32_t longest_delay)
    : name_(spec.name),
      size_(spec.size),
      object_(object),
      ranges_(ranges),
      fields_(make_fields(spec, precision, object)),
      ring_(spec.spiked_slot ? padded_size(spec.size) : 0, ranges, longest_delay),
      axon_ring_(spec.axon_slot ? padded_size(spec.size) : 0, ranges, 1),
      longest_delay_(longest_delay) {
  if (spec.library) library_.emplace(spec, precision);
  for (const Field& field : fields_) table_.push_back(field.memory->data());
  spiked_ = flags_at(fields_, spec.spiked_slot, name_);
  remaining_ = flags_at(fields_, spec.remaining_slot, name_);
  last_spike_ = flags_at(fields_, spec.last_spike_slot, name_);
  axon_ = flags_at(fields_, spec.axon_slot, name_);
  constexpr auto kReal = FieldType::kReal;
  constexpr auto kLocal = FieldScope::kLocal;
  for (const int32_t slot : spec.input_slots) {
    field_at(fields_, slot, kReal, kLocal, name_);
    inputs_.push_back(static_cast<size_t>(slot));
  }
  for (const ReductionSpec& reduction : spec.reductions) {
    const Field& target = field_at(fields_, reduction.slot, kReal, FieldScope::kGlobal, name_);
    if (reduction.source < 0 || static_cast<size_t>(reduction.source) >= fields_.size() ||
        !fields_[static_cast<size_t>(reduction.source)].local()) {
      throw Error("BAD_SPEC", "no local field to reduce", name_);
    }
    reductions_.push_back(
        {reduction.operation, &fields_[static_cast<size_t>(reduction.source)], &target});
  }
  if (spec.rate_slot) {
    rate_slot_ = static_cast<size_t>(*spec.rate_slot);
    rate_.emplace(field_at(fields_, *spec.rate_slot, kReal, kLocal, name_), ranges_);
  }
  if (spec.source) add_source(*spec.source);
  if (last_spike_ != nullptr) std::fill_n(last_spike_, padded_size(size_), kNeverSpiked);
}

void Population::add_source(const SourceSpec& spec) {
  if (const auto* blocks = std::get_if<BlockSourceSpec>(&spec)) {
    block_source_.emplace(*blocks, fields_, ranges_, name_);
    return;
  }
  if (spiked_ == nullptr || library_)
    throw Error("BAD_SPEC", "the population cannot be given spikes", name_);
  spike_source_.emplace(std::get<SpikeSourceSpec>(spec), ranges_, size_, name_);
}

bool Population::has_globals() const noexcept {
  return kernel() != nullptr && kernel()->globals != nullptr;
}

bool Population::has_stop() const noexcept {
  return kernel() != nullptr && kernel()->stop != nullptr;
}

void Population::set_enabled(bool enabled) noexcept {
  if (enabled == enabled_) return;
  if (enabled) {
    missed_ = next_tick_ - stopped_;
  } else {
    stopped_ = next_tick_ - missed_;
  }
  enabled_ = enabled;
}

void Population::clear_inputs(size_t part) noexcept {
  if (!enabled_) return;
  for (const size_t slot : inputs_) {
    const Field& field = fields_[slot];
    const Range& range = ranges_[part];
    std::memset(field.bytes() + static_cast<size_t>(range.begin) * field.element_bytes, 0,
                static_cast<size_t>(range.size()) * field.element_bytes);
  }
}

void Population::update_globals(const NaStep& step) const {
  if (enabled_ && has_globals()) kernel()->globals(table_.data(), &step);
}

void Population::update(size_t part, const NaStep& step) {
  if (!enabled_) return;
  if (block_source_) block_source_->next(part);
  const Range& range = ranges_[part];
  if (library_ && range.size() > 0) kernel()->update(table_.data(), range.begin, range.end, &step);
}

bool Population::emit(size_t part, int64_t tick, const NaStep& step) {
  if (!enabled_ || spiked_ == nullptr) return true;
  const int64_t now = clock_tick(tick);
  if (spike_source_) {
    emit_given(part, now, step);
  } else {
    emit_spikes(part, now, step);
  }
  if (axon_ != nullptr) emit_axon_events(part, now, step);
  return !rate_ || !rate_->active() || rate_->update(part, ring_.spikes(now, part), step);
}

void Population::emit_spikes(size_t part, int64_t now, const NaStep& step) {
  const Range& range = ranges_[part];
  int32_t* ranks = ring_.segment(now, part);
  // The padding may hold anything, also neurons that spike: it is never listed.
  const int64_t count = list_flags(spiked_, range.begin, std::min(range.end, size_), ranks);
  ring_.set_count(now, part, count);
  if (count > 0 && kernel() != nullptr && kernel()->reset != nullptr)
    kernel()->reset(table_.data(), ranks, count, &step);
}

void Population::emit_axon_events(size_t part, int64_t now, const NaStep& step) {
  if (kernel() == nullptr || kernel()->axon == nullptr) return;
  const Range& range = ranges_[part];
  if (range.size() > 0) kernel()->axon(table_.data(), range.begin, range.end, &step);
  int32_t* ranks = axon_ring_.segment(now, part);
  const int64_t count = list_flags(axon_, range.begin, std::min(range.end, size_), ranks);
  axon_ring_.set_count(now, part, count);
  if (count > 0 && kernel()->axon_reset != nullptr)
    kernel()->axon_reset(table_.data(), ranks, count, &step);
}

void Population::emit_given(size_t part, int64_t now, const NaStep& step) {
  for (const int32_t rank : ring_.spikes(now - 1, part)) spiked_[rank] = 0;
  int32_t* ranks = ring_.segment(now, part);
  const int64_t count = spike_source_->next(part, ranks);
  ring_.set_count(now, part, count);
  for (int64_t i = 0; i < count; i++) {
    spiked_[ranks[i]] = 1;
    if (last_spike_ != nullptr) last_spike_[ranks[i]] = static_cast<int32_t>(step.step);
  }
}

void Population::push_history(size_t part, int64_t tick) noexcept {
  if (!enabled_) return;
  for (History& history : histories_) history.push(ranges_[part], clock_tick(tick));
}

void Population::reduce() noexcept {
  if (!enabled_) return;
  for (const Reduction& reduction : reductions_) reduction.apply();
}

bool Population::stop_holds(bool all, const NaStep& step) const {
  if (!has_stop()) return false;
  const int64_t count = kernel()->stop(table_.data(), 0, size_, &step);
  return all ? count == size_ : count > 0;
}

std::span<const int32_t> Population::spikes(int64_t tick, int64_t age, size_t part) const noexcept {
  if (!enabled_) return {};
  return ring_.spikes(clock_tick(tick) - age, part);
}

std::span<const int32_t> Population::axon_spikes(int64_t tick, size_t part) const noexcept {
  if (!enabled_) return {};
  return axon_ring_.spikes(clock_tick(tick) - 1, part);
}

std::span<const int32_t> Population::axon_spikes_now(int64_t tick, size_t part) const noexcept {
  if (!enabled_) return {};
  return axon_ring_.spikes(clock_tick(tick), part);
}

void Population::keep_history(size_t slot, int32_t longest_delay) {
  extend_spikes(longest_delay);
  const auto kept = [&](const History& history) { return history.slot() == slot; };
  // A delay of one step is the field itself.
  if (longest_delay_ == 1 || std::any_of(histories_.begin(), histories_.end(), kept)) return;
  histories_.emplace_back(fields_[slot], slot, longest_delay_);
}

void Population::extend_spikes(int32_t longest_delay) {
  if (longest_delay <= longest_delay_) return;
  const int64_t pushed = clock_tick(next_tick_);
  ring_.extend(longest_delay, pushed);
  for (History& history : histories_) history.extend(longest_delay, pushed);
  longest_delay_ = longest_delay;
}

const std::byte* Population::past(size_t slot, int64_t age, int64_t pushed) const noexcept {
  for (const History& history : histories_) {
    if (history.slot() == slot) return history.past(age, clock_tick(pushed));
  }
  return fields_[slot].bytes();
}

void Population::clear_spikes() noexcept {
  ring_.clear();
  axon_ring_.clear();
  const auto neurons = static_cast<size_t>(padded_size(size_));
  if (spiked_ != nullptr) std::fill_n(spiked_, neurons, 0);
  if (axon_ != nullptr) std::fill_n(axon_, neurons, 0);
  if (rate_) rate_->clear();
  if (spike_source_) spike_source_->restart();
}

void Population::settle() noexcept {
  clear_spikes();
  const auto neurons = static_cast<size_t>(padded_size(size_));
  if (remaining_ != nullptr) std::fill_n(remaining_, neurons, 0);
  if (last_spike_ != nullptr) std::fill_n(last_spike_, neurons, kNeverSpiked);
  if (rate_) zero(fields_[rate_slot_]);
  for (const size_t slot : inputs_) zero(fields_[slot]);
  for (const Reduction& reduction : reductions_) zero(*reduction.target);
  if (block_source_) block_source_->restart();
  for (History& history : histories_) history.fill();
}

void Population::set_rate_window(int64_t steps) {
  if (!rate_) throw Error("BAD_ARGUMENT", "the population has no firing rate", name_);
  try {
    rate_->set_window(steps);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

void Population::set_source(const SourceSpec& spec, bool restart) {
  try {
    if (const auto* blocks = std::get_if<BlockSourceSpec>(&spec)) {
      if (!block_source_) throw Error("BAD_ARGUMENT", "the population has no blocks", name_);
      block_source_->replace(BlockSource(*blocks, fields_, ranges_, name_), restart);
    } else {
      if (!spike_source_) throw Error("BAD_ARGUMENT", "the population is not given spikes", name_);
      spike_source_->replace(SpikeSource(std::get<SpikeSourceSpec>(spec), ranges_, size_, name_),
                             restart);
    }
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

void Population::field_changed(size_t slot) noexcept {
  if (rate_ && slot == rate_slot_) rate_->refresh();
  const Field& field = fields_[slot];
  if (!field.local()) return;
  const auto size = static_cast<size_t>(size_);
  const auto padded = static_cast<size_t>(padded_size(size_));
  const std::byte* last = field.bytes() + (size - 1) * field.element_bytes;
  for (size_t i = size; i < padded; i++) {
    std::memcpy(field.bytes() + i * field.element_bytes, last, field.element_bytes);
  }
}

size_t Population::bytes() const noexcept {
  size_t total = ring_.bytes() + axon_ring_.bytes();
  for (const Field& field : fields_) total += field.memory->bytes();
  for (const History& history : histories_) total += history.bytes();
  if (rate_) total += rate_->bytes();
  if (spike_source_) total += spike_source_->bytes();
  if (block_source_) total += block_source_->bytes();
  return total;
}

}  // namespace neurarchy
