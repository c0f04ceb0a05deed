/** A text of statements and what it means: each statement, then its flags. */
export type Reading = readonly [about: string, text: string, statements: readonly string[]];

/** The ways in which published notebooks write equations, resets and event code. */
export const equationTexts: readonly Reading[] = [
  [
    "several statements with comments",
    "# the membrane\n  dv/dt = (E - v)/tau # leak\n\n  r = pos(v) # output",
    ["dv/dt = (E - v) / tau", "r = pos(v)"],
  ],
  [
    "a conditional over lines, with bounds that are names",
    "x = if v > 0.0:\n    v\nelse:\n    0.0\n: min=-limit, max=limit, init=0.1\n",
    ["x = if v > 0: v else: 0 : min=-limit, max=limit, init=0.1"],
  ],
  [
    "statements between semicolons with flags close by",
    "mp = sum(exc) - sum(inh); r=sum(exc): min=0.0",
    ["mp = sum(exc) - sum(inh)", "r = sum(exc) : min=0"],
  ],
  ["a comment after a flag", "r = v : min = 0.0 # rates only", ["r = v : min=0"]],
  [
    "a negated condition in brackets",
    "dv/dt = if not(flag): a else: -v",
    ["dv/dt = if not flag: a else: -v"],
  ],
  ["a comparison with a number", "r = if a == 0.0: b else: c/a", ["r = if a == 0: b else: c / a"]],
  [
    "a draw in a condition",
    "p = if Uniform(0.0, 1.0) < f/1000.: 1.0 else: 0.0",
    ["p = if Uniform(0, 1) < f / 1000: 1 else: 0"],
  ],
  [
    "a compound assignment of a conditional",
    "w += if t_post >= t_pre: ltp else: - ltd",
    ["w += if t_post >= t_pre: ltp else: -ltd"],
  ],
  [
    "flags after the last branch",
    "dw/dt = if post.r > theta: eta*pre.r else: 0.0 : min=0.0, max=1.0, explicit",
    ["dw/dt = if post.r > theta: eta * pre.r else: 0 : min=0, max=1, explicit"],
  ],
  [
    "blanks before colons",
    "rates = if t < 200.0 : 2000.0 else : 0.0",
    ["rates = if t < 200: 2000 else: 0"],
  ],
  [
    "conditionals in both branches",
    "x = if a > 0: if b > 0: 1 else: 2 else: if b > 0: 3 else: 4",
    ["x = if a > 0: if b > 0: 1 else: 2 else: if b > 0: 3 else: 4"],
  ],
  [
    "powers",
    "dv/dt = 0.04*v^2 + n**4 + x**(1 / alpha)",
    ["dv/dt = 0.04 * v^2 + n^4 + x^(1 / alpha)"],
  ],
  [
    "powers of connected neurons in brackets",
    "dw/dt = eta*(pre.r*(post.r) - alpha*(post.r)^2*w)",
    ["dw/dt = eta * (pre.r * post.r - alpha * post.r^2 * w)"],
  ],
  [
    "functions of connected neurons",
    "y = power(pre.x * (post.y), 3) - fabs(tanh(clip(pre.r, -1, 1)))",
    ["y = power(pre.x * post.y, 3) - fabs(tanh(clip(pre.r, -1, 1)))"],
  ],
  [
    "a blank before the bracket of a call",
    "dm/dt = exp (-(v - V_m)/k) / tau_m",
    ["dm/dt = exp(-(v - V_m) / k) / tau_m"],
  ],
  [
    "targets of any name",
    "r = sum(in) + sum(exc) - sum( inh ) + sum(ampa) + sum(nmda) + sum(gabaa) + sum(gap) + sum(a) + sum(lambda)",
    [
      "r = sum(in) + sum(exc) - sum(inh) + sum(ampa) + sum(nmda) + sum(gabaa) + sum(gap) + sum(a) + sum(lambda)",
    ],
  ],
  [
    "conductances before their equation",
    "C*dv/dt = g_ampa - g_gap\ndg_ampa/dt = -g_ampa/5.0",
    ["C * dv/dt = g_ampa - g_gap", "dg_ampa/dt = -g_ampa / 5"],
  ],
  [
    "attributes called like names of mathematics",
    "I = E + C*alpha + beta*gamma + f*A - B*R/K + T - Lambda + w",
    ["I = E + C * alpha + beta * gamma + f * A - B * R / K + T - Lambda + w"],
  ],
  [
    "equations in all layouts",
    "tau*dr/dt + r = a\ndw / dt=b ;tau * d v/dt = -v\n(du/dt) * tau = c\ntau*dx/dt + x - a = 0",
    [
      "tau * dr/dt + r = a",
      "dw/dt = b",
      "tau * dv/dt = -v",
      "du/dt * tau = c",
      "tau * dx/dt + x - a = 0",
    ],
  ],
  [
    "continued lines that begin with an operator",
    "C * dv/dt = g_L * (E_L - v)\n    + g_Na * m^3 * h * (E_Na - v)\n    - w : init=-65.0, exponential",
    ["C * dv/dt = g_L * (E_L - v) + g_Na * m^3 * h * (E_Na - v) - w : init=-65, exponential"],
  ],
  ["a reset of only a comment", "# nothing to do\n", []],
  ["a reset of conductances", "v = c\ng_exc = 0.0; u += d", ["v = c", "g_exc = 0", "u += d"]],
  [
    "event code with trailing comments",
    "g_target += w # transmission\nx *= 1.0 - u; u += U*(1.0 - u)\nw = clip(w - y, 0.0, 2.0) : unless_post",
    ["g_target += w", "x *= 1 - u", "u += U * (1 - u)", "w = clip(w - y, 0, 2) : unless_post"],
  ],
  [
    "conductances of events under a condition",
    "g_target += if t - t_pre <= 2.0: w else: 0.0 : max=1.5",
    ["g_target += if t - t_pre <= 2: w else: 0 : max=1.5"],
  ],
  [
    "flags of synapses",
    "tau*dtheta/dt + theta = post.r^2 : postsynaptic, exponential\ndx/dt = -x/tau : event-driven\nm = mean(pre.r) : projection",
    [
      "tau * dtheta/dt + theta = post.r^2 : postsynaptic, exponential",
      "dx/dt = -x / tau : event-driven",
      "m = mean(pre.r) : projection",
    ],
  ],
  [
    "old flags",
    "dv/dt = -v : runge-kutta4\ndx/dt = -x : exact\nv = c : unless_refractory",
    ["dv/dt = -v : runge-kutta4", "dx/dt = -x : exact", "v = c : unless_refractory"],
  ],
  [
    "choices and logic",
    "s = ite((a > 0) and (b is not 1) or not(c), 1.0, ite(d, 2.0, 3.0))",
    ["s = ite(a > 0 and b != 1 or not c, 1, ite(d, 2, 3))"],
  ],
  [
    "global operations",
    "r = v/max(v) + norm2(v) - min(u) : population",
    ["r = v / max(v) + norm2(v) - min(u) : population"],
  ],
];

/** The ways in which they write parameters. */
export const parameterTexts: readonly Reading[] = [
  [
    "semicolons, flags close by and comments",
    "tau = 10.0; B=0.0;v0 = 1.05: population # volts\nalpha = 1/2.46 : population",
    ["tau = 10", "B = 0", "v0 = 1.05 : population", "alpha = 1 / 2.46 : population"],
  ],
  [
    "quotients, signs and powers of ten",
    "V = -70.\nG = 40/1000.\nk = 1e-3",
    ["V = -70", "G = 40 / 1000", "k = 0.001"],
  ],
  [
    "types",
    "n = 10000 : int, population\nflag = True",
    ["n = 10000 : int, population", "flag = True"],
  ],
  ["the output of a neuron that is set by hand", "r=0.0", ["r = 0"]],
];

/** The ways in which they write functions. */
export const functionTexts: readonly (readonly [about: string, text: string])[] = [
  ["arguments called like attributes and time", "nmda(v, t, s) = 1.0/(1.0 + exp(-(v - t)/s))"],
  ["several with conditionals", "up(x) = if x > 0: x\n  else: 0\nlog_power(x, a) = log(pos(x)^a)"],
  ["types", "count(n, x) = n + x : int, int, float"],
];

/** Conditions of spikes. */
export const conditionTexts: readonly string[] = [
  "\n  # above threshold\n  v > v_thresh\n",
  "(v > V_t) and (prev_v <= V_t)",
  "v >= 30.0",
  "not(refr) and 0 < v < 1",
  "p < rates",
];
