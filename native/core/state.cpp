#include "state.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>
#include <utility>

#include "error.hpp"

namespace neurarchy {

static_assert(std::endian::native == std::endian::little,
              "states are stored as they are in memory");

namespace {

constexpr uint32_t kMark = 0x7453414e;  // "NASt"
constexpr uint32_t kVersion = 1;
enum class Kind : uint32_t { kPopulation = 1, kProjection = 2 };

class Packer {
 public:
  explicit Packer(Kind kind) {
    put(kMark);
    put(kVersion);
    put(kind);
  }

  template <class T>
  void put(T value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    append(&value, sizeof(T));
  }

  template <class T>
  void list(const std::vector<T>& values) {
    put(static_cast<uint64_t>(values.size()));
    append(values.data(), values.size() * sizeof(T));
  }

  void text(const std::string& value) { list(std::vector<char>(value.begin(), value.end())); }

  Array<std::byte> finish() {
    bytes_.resize(used_);
    return std::move(bytes_);
  }

 private:
  void append(const void* from, size_t size) {
    if (size == 0) return;
    if (used_ + size > bytes_.size()) bytes_.resize(2 * (used_ + size));
    std::memcpy(bytes_.data() + used_, from, size);
    used_ += size;
  }

  Array<std::byte> bytes_;
  size_t used_ = 0;
};

/// Reads what a Packer wrote; never beyond the end.
class Unpacker {
 public:
  Unpacker(std::span<const std::byte> bytes, Kind kind, const std::string& name)
      : rest_(bytes), name_(name) {
    if (get<uint32_t>() != kMark) fail("this is no state of a simulation");
    const auto version = get<uint32_t>();
    if (version != kVersion)
      fail("version " + std::to_string(version) + " of the state is not known here");
    if (get<Kind>() != kind) fail("this is the state of another kind of object");
  }

  template <class T>
  T get() {
    T value;
    take(&value, sizeof(T));
    return value;
  }

  /// Length of a list whose items take at least `bytes` each.
  size_t length(size_t bytes) {
    const auto size = get<uint64_t>();
    if (size > rest_.size() / bytes) fail("the state is cut off");
    return static_cast<size_t>(size);
  }

  template <class T>
  std::vector<T> list() {
    std::vector<T> values(length(sizeof(T)));
    take(values.data(), values.size() * sizeof(T));
    return values;
  }

  std::string text() {
    const std::vector<char> letters = list<char>();
    return {letters.begin(), letters.end()};
  }

  int64_t count() {
    const auto value = get<int64_t>();
    if (value < 0) fail("a negative number");
    return value;
  }

  /// A list of ascending ranks.
  std::vector<int32_t> ranks(int64_t size) {
    std::vector<int32_t> ranks = list<int32_t>();
    for (size_t i = 0; i < ranks.size(); i++) {
      if (ranks[i] < 0 || ranks[i] >= size || (i > 0 && ranks[i] <= ranks[i - 1]))
        fail("a list of spikes is damaged");
    }
    return ranks;
  }

  void finish() const {
    if (!rest_.empty()) fail("there is more than the state");
  }

  [[noreturn]] void fail(const std::string& what) const { throw Error("BAD_STATE", what, name_); }

 private:
  void take(void* to, size_t size) {
    if (size > rest_.size()) fail("the state is cut off");
    if (size > 0) std::memcpy(to, rest_.data(), size);
    rest_ = rest_.subspan(size);
  }

  std::span<const std::byte> rest_;
  const std::string& name_;
};

void put_fields(Packer& packer, const std::vector<StoredField>& fields) {
  packer.put(static_cast<uint64_t>(fields.size()));
  for (const StoredField& field : fields) {
    packer.text(field.name);
    packer.list(field.values);
  }
}

std::vector<StoredField> get_fields(Unpacker& unpacker) {
  std::vector<StoredField> fields(unpacker.length(2 * sizeof(uint64_t)));
  for (StoredField& field : fields) {
    field.name = unpacker.text();
    field.values = unpacker.list<double>();
  }
  return fields;
}

}  // namespace

Array<std::byte> pack(const PopulationState& state) {
  Packer packer(Kind::kPopulation);
  packer.put(state.size);
  packer.put(state.step);
  put_fields(packer, state.fields);
  packer.put(static_cast<uint64_t>(state.spikes.size()));
  for (const std::vector<int32_t>& ranks : state.spikes) packer.list(ranks);
  packer.list(state.axon_spikes);
  packer.put(static_cast<uint64_t>(state.histories.size()));
  for (const StoredHistory& history : state.histories) {
    packer.text(history.name);
    packer.put(static_cast<uint64_t>(history.steps.size()));
    for (const std::vector<double>& values : history.steps) packer.list(values);
  }
  packer.put(state.rate_window);
  packer.put(static_cast<uint64_t>(state.rate_spikes.size()));
  for (const StoredSpike& spike : state.rate_spikes) {
    packer.put(spike.age);
    packer.put(spike.rank);
  }
  packer.put(state.source_clock);
  packer.put(state.source_block);
  return packer.finish();
}

PopulationState unpack_population(std::span<const std::byte> bytes, const std::string& name) {
  Unpacker unpacker(bytes, Kind::kPopulation, name);
  PopulationState state;
  state.size = unpacker.count();
  state.step = unpacker.count();
  state.fields = get_fields(unpacker);
  state.spikes.resize(unpacker.length(sizeof(uint64_t)));
  for (std::vector<int32_t>& ranks : state.spikes) ranks = unpacker.ranks(state.size);
  state.axon_spikes = unpacker.ranks(state.size);
  state.histories.resize(unpacker.length(2 * sizeof(uint64_t)));
  for (StoredHistory& history : state.histories) {
    history.name = unpacker.text();
    history.steps.resize(unpacker.length(sizeof(uint64_t)));
    for (std::vector<double>& values : history.steps) values = unpacker.list<double>();
  }
  state.rate_window = unpacker.count();
  state.rate_spikes.resize(unpacker.length(sizeof(int64_t) + sizeof(int32_t)));
  for (size_t i = 0; i < state.rate_spikes.size(); i++) {
    StoredSpike& spike = state.rate_spikes[i];
    spike.age = unpacker.get<int64_t>();
    spike.rank = unpacker.get<int32_t>();
    const bool in_order = i == 0 || spike.age <= state.rate_spikes[i - 1].age;
    if (spike.rank < 0 || spike.rank >= state.size || spike.age < 1 || !in_order)
      unpacker.fail("a list of spikes is damaged");
  }
  state.source_clock = unpacker.get<int64_t>();
  state.source_block = unpacker.count();
  unpacker.finish();
  return state;
}

Array<std::byte> pack(const ProjectionState& state) {
  Packer packer(Kind::kProjection);
  packer.put(state.rows);
  packer.put(state.synapses);
  packer.put(state.columns);
  packer.put(state.step);
  packer.put(state.remembered);
  put_fields(packer, state.fields);
  return packer.finish();
}

ProjectionState unpack_projection(std::span<const std::byte> bytes, const std::string& name) {
  Unpacker unpacker(bytes, Kind::kProjection, name);
  ProjectionState state;
  state.rows = unpacker.count();
  state.synapses = unpacker.count();
  state.columns = unpacker.count();
  state.step = unpacker.count();
  state.remembered = unpacker.get<int64_t>();
  if (state.remembered < -1) unpacker.fail("a negative number");
  state.fields = get_fields(unpacker);
  unpacker.finish();
  return state;
}

}  // namespace neurarchy
