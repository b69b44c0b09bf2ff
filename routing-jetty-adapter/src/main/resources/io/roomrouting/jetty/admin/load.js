/** The load of the host over time: a bounded number of samples, and a chart for each figure. */
import { Chart } from "./chart.js";
import { bytes, count, short } from "./words.js";

/** Ten minutes of a sample every two seconds. */
const MOST_SAMPLES = 300;

const MEGABYTE = 1024 * 1024;

const FIGURES = [
  { name: "Rooms", value: ({ rooms }) => rooms, format: count, floor: 4, beside: ({ capacity }) => atMost(capacity) },
  { name: "Connections", value: ({ connections }) => connections, format: count, floor: 4, beside: ({ maxConnections }) => atMost(maxConnections) },
  {
    name: "Memory", value: ({ memory }) => memory?.used, format: bytes, floor: 16 * MEGABYTE,
    beside: ({ memory }) => (memory?.max > 0 ? `of ${bytes(memory.max)}` : ""),
  },
  {
    name: "Load average", value: ({ loadAverage }) => loadAverage, format: short, floor: 1,
    beside: ({ cpus }) => (cpus === undefined ? "" : `on ${count(cpus)} processor${cpus === 1 ? "" : "s"}`),
  },
];

export class LoadView {
  #charts;
  #samples = [];
  #newest = {};

  constructor(parent) {
    this.#charts = FIGURES.map((figure) => ({ ...figure, chart: new Chart(parent, figure.name, figure.format, figure.floor) }));
  }

  show(load) {
    this.#newest = load;
    this.#add(load);
  }

  /** The host did not tell: the lines have a gap here. */
  miss() {
    if (this.#samples.length > 0) {
      this.#add({});
    }
  }

  #add(load) {
    this.#samples.push({ at: performance.now(), load });
    if (this.#samples.length > MOST_SAMPLES) {
      this.#samples.shift();
    }
    for (const { chart, value, beside } of this.#charts) {
      chart.show(this.#samples.map((sample) => ({ at: sample.at, value: finite(value(sample.load)) })), beside(this.#newest));
    }
  }
}

function atMost(bound) {
  return bound === undefined ? "" : `of ${count(bound)}`;
}

/** A load average is negative where the system has none. */
function finite(value) {
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
