#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "connectivity.hpp"
#include "kernel_abi.h"
#include "memory.hpp"
#include "partition.hpp"

namespace neurarchy {

/// How the synapses of a projection are to be stored.
struct StorageForm {
  bool by_row;  // else by column
  bool cross;   // the other order too
  bool narrow;  // partners in 16 bits
};

/// Synapses of a column with the same delay: [previous end, end), counted from the column's begin.
struct DelayRun {
  int32_t delay;  // [steps]
  uint32_t end;
};

/// Where each synapse of one part stands: the arrays of NaSynapses (kernel_abi.h), and the way back
/// to the order in which the user sees synapses.
///
/// The user sees rows (postsynaptic neurons, ascending), each in the order of its connector. The
/// place of a synapse in that order, counted from the part's first, is its user position. Stored by
/// row, it is the position itself. Stored by column, synapses stand by (pre rank, delay, row), and
/// the user position is found without an index where the rows ascend: every row is met in its own
/// order while the columns are walked through.
class SynapseIndex {
 public:
  int64_t count = 0;
  int64_t rows = 0;        // neurons of the part's range
  int64_t columns = 0;     // neurons of the pre population
  int64_t first_post = 0;  // rank of the neuron of row 0
  size_t first_row = 0;    // rows of the connectivity that lie in the part: [first_row, end_row)
  size_t end_row = 0;
  bool by_row = false;
  Array<int64_t> start;       // (rows + 1) or (columns + 1); empty without synapses
  Array<uint16_t> partner16;  // (count); one of the two is empty
  Array<uint32_t> partner32;
  Array<int64_t> cross_start;  // (columns + 1) or (rows + 1), or empty
  Array<NaEntry> cross;        // (count), or empty
  // With a delay each, where the columns are in some order:
  Array<int64_t> run_start;  // (columns + 1)
  Array<DelayRun> runs;
  std::vector<int32_t> run_delays;  // all that occur, ascending

  const void* partners() const noexcept {
    return partner16.size() > 0 ? static_cast<const void*>(partner16.data()) : partner32.data();
  }
  /// Where the synapses of each pre neuron begin, in the order of columns; null without.
  const int64_t* column_start() const noexcept {
    return by_row ? cross_start.data() : start.data();
  }
  /// Where the synapses of each row begin, in the order of rows; null without.
  const int64_t* row_start() const noexcept { return by_row ? start.data() : cross_start.data(); }

  uint32_t partner(size_t position) const noexcept {
    return partner16.size() > 0 ? uint32_t{partner16[position]} : partner32[position];
  }

  /// Whether any row of the connectivity lies in the part, be it without synapses.
  bool owns_rows() const noexcept { return first_row < end_row; }

  /// Position in storage by user position.
  std::vector<uint32_t> positions() const;

  /// Visit (user position, position in storage, pre rank) of all synapses, in some order.
  template <class Visit>
  void for_each(Visit visit) const;

  /// Visit (row, its pre ranks, their positions in storage) for each row of the part;
  /// `connectivity` is what the index was made of.
  template <class Visit>
  void for_each_row(const Connectivity& connectivity, Visit visit) const;

  /// Delay of every synapse, by position in the order of columns.
  template <class Visit>
  void for_each_delay(Visit visit) const;

  size_t bytes() const noexcept;

 private:
  friend SynapseIndex make_index(const Connectivity&, std::span<const int32_t>, int64_t, int64_t,
                                 const Range&, StorageForm, const std::string&);

  // (count): user position by position in storage, where it cannot be found otherwise.
  Array<uint32_t> order_;
};

/// Take the rows of a range out of a connectivity.
///
/// `delays` [steps] has one for each synapse of the connectivity, or none where all are equal.
/// @throws Error BAD_SPEC, with `name`, where indices do not fit the form.
SynapseIndex make_index(const Connectivity& connectivity, std::span<const int32_t> delays,
                        int64_t pre_size, int64_t post_size, const Range& range, StorageForm form,
                        const std::string& name);

template <class Visit>
void SynapseIndex::for_each(Visit visit) const {
  const auto synapses = static_cast<size_t>(count);
  if (by_row) {
    for (size_t i = 0; i < synapses; i++) visit(i, i, static_cast<int32_t>(partner(i)));
    return;
  }
  if (cross.size() > 0) {
    for (size_t i = 0; i < synapses; i++)
      visit(i, size_t{cross[i].position}, static_cast<int32_t>(cross[i].partner));
    return;
  }
  std::vector<size_t> next;
  if (order_.size() == 0 && synapses > 0) {
    next.assign(static_cast<size_t>(rows) + 1, 0);
    for (size_t i = 0; i < synapses; i++) next[partner(i) + 1] += 1;
    for (size_t row = 1; row < next.size(); row++) next[row] += next[row - 1];
  }
  for (size_t pre = 0; pre + 1 < start.size(); pre++) {
    for (auto i = static_cast<size_t>(start[pre]); i < static_cast<size_t>(start[pre + 1]); i++) {
      visit(next.empty() ? size_t{order_[i]} : next[partner(i)]++, i, static_cast<int32_t>(pre));
    }
  }
}

template <class Visit>
void SynapseIndex::for_each_row(const Connectivity& connectivity, Visit visit) const {
  // By column and without delays, a synapse stands behind those of the column in earlier rows.
  const bool sorted = !by_row && run_start.size() > 0;
  const std::vector<uint32_t> all = sorted ? positions() : std::vector<uint32_t>{};
  std::vector<int64_t> next;
  if (!by_row && !sorted && count > 0) next.assign(start.data(), start.data() + columns);
  std::vector<uint32_t> places;
  size_t user = 0;
  connectivity.for_each_row(first_row, end_row, [&](size_t row, std::span<const int32_t> ranks) {
    places.resize(ranks.size());
    for (size_t i = 0; i < ranks.size(); i++) {
      if (by_row) {
        places[i] = static_cast<uint32_t>(user + i);
      } else if (sorted) {
        places[i] = all[user + i];
      } else {
        places[i] = static_cast<uint32_t>(next[static_cast<size_t>(ranks[i])]++);
      }
    }
    user += ranks.size();
    visit(row, ranks, std::span<const uint32_t>(places));
  });
}

template <class Visit>
void SynapseIndex::for_each_delay(Visit visit) const {
  for (size_t pre = 0; pre + 1 < run_start.size(); pre++) {
    auto position = static_cast<size_t>(column_start()[pre]);
    const size_t begin = position;
    for (auto run = static_cast<size_t>(run_start[pre]);
         run < static_cast<size_t>(run_start[pre + 1]); run++) {
      for (; position < begin + runs[run].end; position++) visit(position, runs[run].delay);
    }
  }
}

}  // namespace neurarchy
