// Given synapses: the order of the rows is the user's, wherever the engine stores them.
#include "synapse_support.hpp"

namespace neurarchy::testing {
namespace {

using Ints = std::vector<int32_t>;
using Reals = std::vector<double>;

ConnectorSpec unordered() {
  return explicit_rows({1, 70, 130, 199}, {{5, 2, 9}, {}, {0}, {8, 7, 6, 5}});
}
const Reals kWeights{10, 20, 30, 40, 50, 60, 70, 80};

struct Stored {
  std::string name;
  std::optional<SynapseSpec> synapse;
};

/// The same synapses in every form in which they are stored.
std::vector<Stored> forms() {
  return {{"plain", std::nullopt},
          {"by column", probe_synapse("probe_column")},
          {"by column, narrow", probe_synapse("probe_column_narrow")},
          {"by row", probe_synapse("probe_row")},
          {"by row, narrow", probe_synapse("probe_row_narrow")}};
}

NetworkSpec given(const Stored& form, int32_t threads) {
  ProjectionSpec spec = projection(0, 1, unordered(), each(kWeights));
  spec.synapse = form.synapse;
  NetworkSpec net = network({beat_population(10, "pre"), beat_population(200, "post")}, {spec});
  net.threads = threads;
  return net;
}

TEST(Explicit, RowsKeepTheirOrderAndEmptyOnesExist) {
  for (const Stored& form : forms()) {
    for (const int32_t threads : {1, 3}) {
      Network net(given(form, threads));
      const Projection& found = *net.projections()[0];
      const SynapseTable table = found.synapses();
      EXPECT_EQ(table.post_ranks, (Ints{1, 70, 130, 199})) << form.name;
      EXPECT_EQ(table.row_start, (std::vector<int64_t>{0, 3, 3, 4, 8})) << form.name;
      EXPECT_EQ(pre_ranks(found), (Ints{5, 2, 9, 0, 8, 7, 6, 5})) << form.name;
      EXPECT_EQ(synaptic_values(found), kWeights) << form.name;
    }
  }
}

TEST(Explicit, WeightsAreWrittenInTheOrderOfTheRows) {
  for (const Stored& form : forms()) {
    Network net(given(form, 2));
    Projection& found = *net.projections()[0];
    const Reals other{1, 2, 3, 4, 5, 6, 7, 8};
    found.set_values(0, other);
    EXPECT_EQ(synaptic_values(found), other) << form.name;
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 100;
    run(net, 2);
    const std::span<double> total = values<double>(net, 1, beat::kTotal);
    EXPECT_EQ((Reals{total[1], total[70], total[130], total[199]}), (Reals{6, 0, 4, 26}))
        << form.name;
  }
}

TEST(Explicit, OneWeightStandsForAll) {
  for (const Stored& form : forms()) {
    Network net(given(form, 2));
    const std::vector<double> one{3};
    net.projections()[0]->set_values(0, one);
    EXPECT_EQ(synaptic_values(*net.projections()[0]), Reals(8, 3.0)) << form.name;
    const std::vector<double> few{3, 4};
    EXPECT_EQ(refusal([&] { net.projections()[0]->set_values(0, few); }),
              std::pair(std::string("BAD_VALUES"), std::string("projection")));
  }
}

TEST(Explicit, RowsMustFitTheirSynapsesAndRanksThePopulations) {
  const auto refused = [](ConnectorSpec connector, Reals weights) {
    return refusal([&] {
             Network net(network({beat_population(10), beat_population(200)},
                                 {projection(0, 1, connector, each(weights))}));
           })
        .first;
  };
  EXPECT_EQ(refused(explicit_rows({1}, {{2, 3}}), {1, 2}), "none");
  EXPECT_EQ(refused(explicit_rows({1}, {{2, 3, 2}}), {1, 2, 3}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({1}, {{2, 10}}), {1, 2}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({1}, {{2, -1}}), {1, 2}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({200}, {{2}}), {1}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({2, 1}, {{2}, {3}}), {1, 2}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({1, 1}, {{2}, {3}}), {1, 2}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({1, 2}, {{2}}), {1}), "BAD_RANKS");
  EXPECT_EQ(refused(explicit_rows({1}, {{2, 3}}), {1}), "BAD_VALUES");
}

TEST(Explicit, NoSynapseAtAllIsAProjectionToo) {
  for (const Stored& form : forms()) {
    ProjectionSpec spec = projection(0, 1, explicit_rows({4}, {{}}), each({}));
    spec.synapse = form.synapse;
    Network net(network({beat_population(10), beat_population(200)}, {spec}));
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1;
    for (int32_t& period : values<int32_t>(net, 1, beat::kPeriod)) period = 1;
    run(net, 3);
    EXPECT_EQ(net.projections()[0]->synapse_count(), 0) << form.name;
    EXPECT_EQ(net.projections()[0]->synapses().post_ranks, (Ints{4})) << form.name;
  }
}

}  // namespace
}  // namespace neurarchy::testing
