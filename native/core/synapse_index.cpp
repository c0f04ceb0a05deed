#include "synapse_index.hpp"

#include <algorithm>

#include "error.hpp"

namespace neurarchy {

namespace {

/// The rows of a connectivity that lie in a range.
struct PartRows {
  const Connectivity& connectivity;
  const Range& range;
  size_t first;
  size_t end;
  size_t begin_synapse;

  /// Visit (user position, row, pre rank), row by row.
  template <class Visit>
  void for_each(Visit visit) const {
    connectivity.for_each_row(first, end, [&](size_t row, std::span<const int32_t> pre_ranks) {
      const size_t user = static_cast<size_t>(connectivity.row_start[row]) - begin_synapse;
      const auto local = static_cast<uint32_t>(connectivity.post_ranks[row] - range.begin);
      for (size_t i = 0; i < pre_ranks.size(); i++)
        visit(user + i, local, static_cast<size_t>(pre_ranks[i]));
    });
  }
};

/// The same by (delay, row): what a counting sort by column makes of it stands by (column, delay,
/// row).
template <class Visit>
void for_each_by_delay(const PartRows& part, std::span<const int32_t> delays, Visit visit) {
  struct Synapse {
    uint32_t user;
    uint32_t row;
    uint32_t pre;
  };
  const int32_t longest = *std::max_element(delays.begin(), delays.end());
  std::vector<size_t> next(static_cast<size_t>(longest) + 2, 0);
  for (const int32_t delay : delays) next[static_cast<size_t>(delay) + 1] += 1;
  for (size_t delay = 1; delay < next.size(); delay++) next[delay] += next[delay - 1];
  Array<Synapse> sorted(delays.size());
  part.for_each([&](size_t user, uint32_t row, size_t pre) {
    sorted[next[static_cast<size_t>(delays[user])]++] = {static_cast<uint32_t>(user), row,
                                                         static_cast<uint32_t>(pre)};
  });
  for (size_t i = 0; i < sorted.size(); i++)
    visit(size_t{sorted[i].user}, sorted[i].row, size_t{sorted[i].pre});
}

Array<int64_t> row_offsets(const PartRows& part, int64_t rows) {
  Array<int64_t> start(static_cast<size_t>(rows) + 1);
  std::fill_n(start.data(), start.size(), int64_t{0});
  for (size_t row = part.first; row < part.end; row++) {
    const auto local = static_cast<size_t>(part.connectivity.post_ranks[row] - part.range.begin);
    start[local + 1] = part.connectivity.row_start[row + 1] - part.connectivity.row_start[row];
  }
  for (size_t row = 1; row < start.size(); row++) start[row] += start[row - 1];
  return start;
}

Array<int64_t> column_offsets(const PartRows& part, int64_t columns) {
  Array<int64_t> start(static_cast<size_t>(columns) + 1);
  std::fill_n(start.data(), start.size(), int64_t{0});
  part.for_each([&](size_t, uint32_t, size_t pre) { start[pre + 1] += 1; });
  for (size_t pre = 1; pre < start.size(); pre++) start[pre] += start[pre - 1];
  return start;
}

/// Runs of equal delays within the columns; `delays` stand in the order of columns.
void make_runs(SynapseIndex& index, const Array<int32_t>& delays) {
  index.run_start.resize(static_cast<size_t>(index.columns) + 1);
  std::vector<DelayRun> runs;
  for (size_t pre = 0; pre < static_cast<size_t>(index.columns); pre++) {
    index.run_start[pre] = static_cast<int64_t>(runs.size());
    const auto begin = static_cast<size_t>(index.column_start()[pre]);
    const auto end = static_cast<size_t>(index.column_start()[pre + 1]);
    for (size_t i = begin; i < end; i++) {
      if (i == begin || delays[i] != delays[i - 1]) runs.push_back({delays[i], 0});
      runs.back().end = static_cast<uint32_t>(i + 1 - begin);
    }
  }
  index.run_start[static_cast<size_t>(index.columns)] = static_cast<int64_t>(runs.size());
  index.runs.resize(runs.size());
  std::copy(runs.begin(), runs.end(), index.runs.data());
  for (const DelayRun& run : runs) index.run_delays.push_back(run.delay);
  std::sort(index.run_delays.begin(), index.run_delays.end());
  index.run_delays.erase(std::unique(index.run_delays.begin(), index.run_delays.end()),
                         index.run_delays.end());
}

constexpr int64_t kNarrowEnd = int64_t{1} << 16;
constexpr int64_t kPositionEnd = int64_t{1} << 32;

}  // namespace

SynapseIndex make_index(const Connectivity& connectivity, std::span<const int32_t> delays,
                        int64_t pre_size, int64_t post_size, const Range& range, StorageForm form,
                        const std::string& name) {
  const std::vector<int32_t>& posts = connectivity.post_ranks;
  const auto first = std::lower_bound(posts.begin(), posts.end(), range.begin);
  const auto last = std::lower_bound(first, posts.end(), range.end);
  SynapseIndex index;
  index.by_row = form.by_row;
  index.rows = std::max<int64_t>(0, std::min(range.end, post_size) - range.begin);
  index.columns = pre_size;
  index.first_post = range.begin;
  index.first_row = static_cast<size_t>(first - posts.begin());
  index.end_row = static_cast<size_t>(last - posts.begin());
  const auto begin = static_cast<size_t>(connectivity.row_start[index.first_row]);
  const auto end = static_cast<size_t>(connectivity.row_start[index.end_row]);
  const PartRows part{connectivity, range, index.first_row, index.end_row, begin};
  const size_t count = end - begin;
  index.count = static_cast<int64_t>(count);
  if (index.count >= kPositionEnd)
    throw Error("BAD_SPEC", "too many synapses for one thread", name);
  if (!index.owns_rows()) return index;
  if (form.narrow && (form.by_row ? pre_size : index.rows) > kNarrowEnd)
    throw Error("BAD_SPEC", "too many neurons for narrow indices", name);
  const bool ordered = !form.by_row && !form.cross && !connectivity.ascending;
  if (form.narrow) {
    index.partner16.resize(count);
  } else {
    index.partner32.resize(count);
  }
  const auto set_partner = [&](size_t position, uint32_t partner) {
    if (form.narrow) {
      index.partner16[position] = static_cast<uint16_t>(partner);
    } else {
      index.partner32[position] = partner;
    }
  };
  if (form.by_row) {
    index.start = row_offsets(part, index.rows);
    part.for_each(
        [&](size_t user, uint32_t, size_t pre) { set_partner(user, static_cast<uint32_t>(pre)); });
    if (!form.cross) return index;
    index.cross_start = column_offsets(part, pre_size);
  } else {
    index.start = column_offsets(part, pre_size);
    if (form.cross) index.cross_start = row_offsets(part, index.rows);
    if (ordered) index.order_.resize(count);
  }
  if (form.cross) index.cross.resize(count);

  std::vector<int64_t> next(index.column_start(), index.column_start() + pre_size);
  Array<int32_t> delays_by_column(delays.empty() ? 0 : count);
  const auto place = [&](size_t user, uint32_t row, size_t pre) {
    const auto position = static_cast<size_t>(next[pre]++);
    if (form.by_row) {
      index.cross[position] = {static_cast<uint32_t>(user), row};
    } else {
      set_partner(position, row);
      if (form.cross)
        index.cross[user] = {static_cast<uint32_t>(position), static_cast<uint32_t>(pre)};
      if (ordered) index.order_[position] = static_cast<uint32_t>(user);
    }
    if (!delays.empty()) delays_by_column[position] = delays[begin + user];
  };
  if (delays.empty()) {
    part.for_each(place);
    return index;
  }
  if (count > 0) for_each_by_delay(part, delays.subspan(begin, count), place);
  make_runs(index, delays_by_column);
  return index;
}

std::vector<uint32_t> SynapseIndex::positions() const {
  std::vector<uint32_t> positions(static_cast<size_t>(count));
  for_each([&](size_t user, size_t position, int32_t) {
    positions[user] = static_cast<uint32_t>(position);
  });
  return positions;
}

size_t SynapseIndex::bytes() const noexcept {
  return start.bytes() + partner16.bytes() + partner32.bytes() + cross_start.bytes() +
         cross.bytes() + run_start.bytes() + runs.bytes() + order_.bytes();
}

}  // namespace neurarchy
