#include "parallel.hpp"

#include <atomic>
#include <condition_variable>
#include <limits>
#include <mutex>

#include "engine_threads.hpp"
#include "flags.hpp"
#include "float_mode.hpp"
#include "partition.hpp"
#include "population.hpp"
#include "support.hpp"

namespace neurarchy::testing {
namespace {

/// Every thread writes its own number and reads its neighbour's after the barrier.
class Relay final : public TeamWork {
 public:
  static constexpr int kRounds = 2000;

  void run(Member member) noexcept override {
    for (int round = 0; round < kRounds; round++) {
      numbers_[round % 2][member.index] = round;
      barrier_.arrive_and_wait(member.count);
      const int32_t neighbour = (member.index + 1) % member.count;
      if (numbers_[round % 2][neighbour] != round) wrong_.fetch_add(1);
    }
  }

  int wrong() const { return wrong_.load(); }

 private:
  Barrier barrier_;
  int numbers_[2][8] = {};
  std::atomic<int> wrong_{0};
};

TEST(Parallel, ABarrierSeparatesWhatComesBeforeFromWhatComesAfter) {
  for (const int32_t threads : {1, 2, 5}) {
    Relay relay;
    run_team(threads, relay);
    EXPECT_EQ(relay.wrong(), 0) << threads << " threads";
  }
}

/// Counts down to zero; threads wait for it.
class Gate {
 public:
  explicit Gate(int count) : count_(count) {}

  void arrive() {
    const std::lock_guard lock(mutex_);
    count_--;
    opened_.notify_all();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [this] { return count_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  int count_;
};

TEST(EngineThreads, AllTeamsAreLedByOneThreadInTheOrderOfTheirJobs) {
  std::vector<std::thread::id> ids;
  std::vector<int> order;
  Gate done(3);
  for (int i = 0; i < 3; i++) {
    EngineThreads::instance().post_team([&, i] {
      ids.push_back(std::this_thread::get_id());
      order.push_back(i);
      done.arrive();
    });
  }
  done.wait();
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_NE(ids[0], std::this_thread::get_id());
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
}

TEST(EngineThreads, JobsOfOneThreadEachRunBesideEachOther) {
  constexpr int kJobs = 20;
  // No job ends before all have begun.
  Gate begun(kJobs);
  Gate done(kJobs);
  for (int i = 0; i < kJobs; i++) {
    EngineThreads::instance().post_alone([&] {
      begun.arrive();
      begun.wait();
      done.arrive();
    });
  }
  done.wait();
}

TEST(EngineThreads, NetworksRunBesideEachOtherWithTheBitsTheyHaveAlone) {
  constexpr size_t kNetworks = 8;
  const auto make = [](size_t i) {
    NetworkSpec spec =
        network({beat_population(200)}, {projection(0, 0, fixed_probability(0.1), constant(1))});
    spec.seed = static_cast<uint32_t>(i);
    spec.threads = 1;
    return spec;
  };
  std::vector<std::unique_ptr<Network>> nets;
  for (size_t i = 0; i < kNetworks; i++) nets.push_back(std::make_unique<Network>(make(i)));
  Gate done(kNetworks);
  for (const auto& net : nets) {
    EngineThreads::instance().post_alone([&] {
      run(*net, 500);
      done.arrive();
    });
  }
  done.wait();
  for (size_t i = 0; i < kNetworks; i++) {
    Network alone(make(i));
    run(alone, 500);
    for (const size_t slot : {size_t{beat::kG}, size_t{beat::kTotal}}) {
      const auto expected = values<double>(alone, 0, slot);
      const auto found = values<double>(*nets[i], 0, slot);
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), found.begin())) << i;
    }
  }
}

double half_of_the_smallest() {
  volatile double smallest = std::numeric_limits<double>::min();
  return smallest * 0.5;
}

TEST(FlushToZero, HoldsWhileTheObjectLives) {
  EXPECT_GT(half_of_the_smallest(), 0.0);
  {
    const FlushToZero flush;
    EXPECT_EQ(half_of_the_smallest(), 0.0);
  }
  EXPECT_GT(half_of_the_smallest(), 0.0);
}

TEST(FlushToZero, DoesNotOutliveARun) {
  NetworkSpec spec = network({beat_population(300)});
  spec.threads = 2;
  Network net(spec);
  run(net, 10);
  EXPECT_GT(half_of_the_smallest(), 0.0);
}

TEST(Partition, RangesAreWholeBlocksThatCoverEveryNeuronOnce) {
  for (const int32_t threads : {1, 2, 3, 8}) {
    NetworkSpec spec = network({beat_population(1000), beat_population(1), beat_population(64)},
                               {projection(0, 0, fixed_probability(0.1), constant(1))});
    spec.threads = threads;
    const Partition partition = divide(spec, 2);
    ASSERT_EQ(partition.parts, threads);
    for (size_t population = 0; population < 3; population++) {
      int64_t next = 0;
      for (const Range& range : partition.ranges[population]) {
        EXPECT_EQ(range.begin, next);
        EXPECT_EQ(range.begin % NA_BLOCK, 0);
        next = range.end;
      }
      EXPECT_EQ(next, padded_size(spec.populations[population].size));
    }
  }
}

TEST(Partition, BalancesByTheSynapsesThatEnd) {
  NetworkSpec spec = network({beat_population(64'000)});
  ConnectorSpec connector = all_to_all();
  std::vector<int32_t> first(6400);
  for (size_t i = 0; i < first.size(); i++) first[i] = static_cast<int32_t>(i);
  connector.post_ranks = first;
  spec.projections = {projection(0, 0, connector, constant(1))};
  spec.threads = 2;
  const Partition partition = divide(spec, 2);
  EXPECT_LT(partition.ranges[0][0].size(), 6400);
}

TEST(Partition, SmallNetworksAreNotShared) {
  NetworkSpec spec = network({beat_population(1000)});
  spec.force_threads = false;
  spec.threads = 8;
  EXPECT_EQ(divide(spec, 8).parts, 1);
  spec.populations[0].size = 1'000'000;
  EXPECT_EQ(divide(spec, 8).parts, 8);
  EXPECT_EQ(divide(spec, 2).parts, 2);
}

TEST(Population, ListsFlagsInOrder) {
  std::vector<int32_t> flags(200, 0);
  std::vector<int32_t> ranks(200, -1);
  for (const size_t i : {0u, 15u, 16u, 63u, 64u, 130u, 199u}) flags[i] = 1;
  EXPECT_EQ(list_flags(flags.data(), 0, 200, ranks.data()), 7);
  EXPECT_EQ(std::vector<int32_t>(ranks.begin(), ranks.begin() + 7),
            (std::vector<int32_t>{0, 15, 16, 63, 64, 130, 199}));
  EXPECT_EQ(list_flags(flags.data(), 64, 131, ranks.data()), 2);
  EXPECT_EQ(ranks[1], 130);
  std::fill(flags.begin(), flags.end(), 1);
  EXPECT_EQ(list_flags(flags.data(), 0, 200, ranks.data()), 200);
}

TEST(Population, PaddingTakesTheValueOfTheLastNeuron) {
  Network net(network({beat_population(67)}));
  values<double>(net, 0, beat::kG)[66] = 3.5;
  net.population(0).field_changed(beat::kG);
  const auto* g = static_cast<const double*>(net.population(0).fields()[beat::kG].memory->data());
  for (size_t i = 66; i < 128; i++) EXPECT_EQ(g[i], 3.5);
}

TEST(Population, FieldsStartAtCacheLinesAndAtDifferentPlacesOfAPage) {
  Network net(network({beat_population(4096)}));
  const auto address = [&](size_t slot) {
    return reinterpret_cast<uintptr_t>(net.population(0).fields()[slot].memory->data());
  };
  for (const size_t slot : {0u, 1u, 2u, 3u}) EXPECT_EQ(address(slot) % 64, 0u);
  EXPECT_NE(address(beat::kG) % 4096, address(beat::kTotal) % 4096);
}

}  // namespace
}  // namespace neurarchy::testing
