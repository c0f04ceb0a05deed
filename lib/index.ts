/** The public API: models, networks, arrays, random numbers, analysis and figures. */
export {
  coefficientOfVariation,
  histogram,
  interSpikeInterval,
  rasterPlot,
} from "./analysis/spikes.js";
export type { HistogramOptions, RasterData, SpikeDict, SpikeInput } from "./analysis/spikes.js";
export { meanFr, populationRate, smoothedRate } from "./analysis/rates.js";
export type { ArrayInput, Nested, Row, TypedArray } from "./array/input.js";
export { NDArray } from "./array/ndarray.js";
export { slice } from "./array/slices.js";
export type { Slice } from "./array/slices.js";
export {
  callbacksEnabled,
  clear,
  clearAllCallbacks,
  compile,
  disableCallbacks,
  disableLearning,
  dt,
  enableCallbacks,
  enableLearning,
  every,
  functions,
  getConstant,
  getCurrentStep,
  getPopulation,
  getProjection,
  getTime,
  load,
  loadParameters,
  magicNetwork,
  monitors,
  parallelRun,
  populations,
  projections,
  reset,
  save,
  saveParameters,
  setCurrentStep,
  setSeed,
  setTime,
  setup,
  simulate,
  simulateUntil,
  step,
} from "./classic/network.js";
export { report } from "./classic/report.js";
export type { ConnectorMethods, ConnectorName } from "./connect/connectors.js";
export type { ConnectorOptions, Num, SelfConnections } from "./connect/options.js";
export {
  CompileError,
  EquationError,
  InternalError,
  InvalidConfiguration,
  ReplicaError,
  SimulatorError,
} from "./errors.js";
export { InputArray } from "./inputs/input-array.js";
export { PoissonPopulation } from "./inputs/poisson-population.js";
export type { PoissonOptions } from "./inputs/poisson-population.js";
export { SpikeSourceArray } from "./inputs/spike-source-array.js";
export type { SpikeTimes } from "./inputs/spike-source-array.js";
export { TimedArray } from "./inputs/timed-array.js";
export type { Schedule, TimedArrayOptions, UpdateOptions } from "./inputs/timed-array.js";
export { Creating, Parameter, Pruning, Variable } from "./model/definition.js";
export type {
  LocalityName as Locality,
  MethodName as Method,
  NeuronOptions,
  Parameters,
  ParameterValue,
  Statements,
  SynapseOptions,
  ValueTypeName as ValueType,
  VariableOptions,
} from "./model/definition.js";
export type { Operation } from "./model/types.js";
export { EIF_cond_alpha_isfa_ista, EIF_cond_exp_isfa_ista } from "./models/adaptive-exponential.js";
export { GIF_curr, GIF_curr_exp } from "./models/generalised-integrate-and-fire.js";
export type { Given } from "./models/given.js";
export { Hebb, IBCM, Oja } from "./models/hebbian.js";
export { HH_cond_exp } from "./models/hodgkin-huxley.js";
export {
  IF_cond_alpha,
  IF_cond_exp,
  IF_curr_alpha,
  IF_curr_exp,
} from "./models/integrate-and-fire.js";
export { Izhikevich } from "./models/izhikevich.js";
export { LeakyIntegrator } from "./models/leaky-integrator.js";
export { STP } from "./models/short-term-plasticity.js";
export { STDP } from "./models/spike-timing.js";
export { CONTROL } from "./native/binding.js";
export type { Progress } from "./native/run-control.js";
export type { RunOptions } from "./network/advance.js";
export type { CallbackFunction, EveryOptions } from "./network/callbacks.js";
export type { NetworkConfig } from "./network/config.js";
export { Constant } from "./network/constant.js";
export { addFunction } from "./network/functions.js";
export type { HostFunction } from "./network/functions.js";
export type { Geometry } from "./network/geometry.js";
export type { NetworkHost, RunHandle } from "./network/host.js";
export type { Attributes, AttributesOf } from "./network/inference.js";
export type { ProjectionFilter } from "./network/lookups.js";
export { Monitor } from "./network/monitor.js";
export type { GetOptions, MonitorOptions, Recordable, SaveOptions } from "./network/monitor.js";
export { MonitorList } from "./network/monitor-list.js";
export type { SaveAllOptions } from "./network/monitor-list.js";
export type { Ragged, Recording } from "./network/recordable.js";
export type { MemoryReport } from "./network/memory.js";
export { Network } from "./network/network.js";
export type { NetworkOptions } from "./network/network.js";
export type { StateOptions } from "./network/network-files.js";
export { Neuron } from "./network/neuron.js";
export type { NamesOf } from "./network/neuron.js";
export type { LoadParametersOptions } from "./network/parameter-files.js";
export type { AttributeValues } from "./network/part-base.js";
export type { ParallelRunOptions, ReplicaMethod } from "./network/parallel-run.js";
export type { CompileOptions } from "./network/compile-options.js";
export { IndividualNeuron, Population, PopulationView } from "./network/population.js";
export type { PopLike, PopulationOptions } from "./network/population.js";
export { Projection } from "./network/projection.js";
export { CSR, LilConnectivity } from "./connect/lil.js";
export type { Matrix } from "./connect/matrix.js";
export type { MatrixOptions } from "./connect/from-matrix.js";
export type { SparseOptions } from "./connect/from-sparse.js";
export type { DogOptions } from "./connect/dog.js";
export type { ProfileOptions } from "./connect/profile.js";
export type { SparseMatrix } from "./connect/sparse.js";
export type { StorageFormat, StorageOptions, StorageOrder } from "./connect/options.js";
export { Dendrite, IndividualSynapse } from "./network/dendrite.js";
export { sparseDelaysFromWeights, sparseRandomMatrix } from "./network/sparse-matrices.js";
export { Synapse } from "./network/synapse.js";
export type { LearningOptions } from "./network/projection-switches.js";
export type { End } from "./network/ends.js";
export type { ConnectOptions, ProjectionOptions } from "./network/projection.js";
export type { ViewSpec } from "./network/ranks.js";
export type { ReportOptions } from "./network/report.js";
export type { ResetOptions } from "./network/reset.js";
export type { Run } from "./network/run.js";
export { timeit } from "./network/timeit.js";
export type { Segments } from "./network/track.js";
export type { UntilOptions } from "./network/until.js";
export type { ValueInput } from "./network/values.js";
export type { SynapticInput, SynapticValues } from "./network/synapse-values.js";
export { Figure } from "./plot/figure.js";
export { plot } from "./plot/plot.js";
export {
  Binomial,
  DiscreteUniform,
  Exponential,
  Gamma,
  LogNormal,
  Normal,
  RandomDistribution,
  Uniform,
} from "./random/distribution.js";
export type { Bounded, Seeded } from "./random/distribution.js";
export { RandomGenerator } from "./random/generator.js";
