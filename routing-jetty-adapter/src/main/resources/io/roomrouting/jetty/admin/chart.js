/** One figure over time as a line, with its newest value in words. Knows nothing of where the figures come from. */
import { element, setText, shape } from "./dom.js";
import { span } from "./words.js";

const WIDTH = 300;
const HEIGHT = 72;
const SHORTEST_MS = 60_000;
const HEADROOM = 1.15;

export class Chart {
  #name;
  #format;
  #floor;
  #figure;
  #latest = element("p", { class: "chart-value" });
  #beside = element("p", { class: "chart-beside muted" });
  #line = shape("path", { class: "chart-line" });
  #area = shape("path", { class: "chart-area" });
  #mark = shape("line", { class: "chart-mark", y1: 0, y2: HEIGHT, visibility: "hidden" });
  #picture = shape(
    "svg",
    {
      class: "chart-picture", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
      pointermove: (event) => this.#point(event), pointerleave: () => this.#pointAway(),
    },
    this.#area, this.#line, this.#mark,
  );
  #points = [];
  #words = { latest: "", beside: "" };
  #pointing = false;

  /** The format turns a value into words; floor is the least height of the scale. */
  constructor(parent, name, format, floor) {
    this.#name = name;
    this.#format = format;
    this.#floor = floor;
    this.#figure = element("figure", { class: "chart", hidden: true }, element("figcaption", {}, name), this.#latest, this.#beside, this.#picture);
    parent.append(this.#figure);
  }

  /**
   * Shows samples, oldest first, `{at, value}` with the time in milliseconds; where a value is undefined the line has a gap.
   * The words stand beside the newest value, for example what it is at most.
   */
  show(samples, beside) {
    const known = samples.filter(({ value }) => value !== undefined);
    this.#figure.hidden = known.length === 0;
    if (known.length === 0) {
      return;
    }
    const values = known.map(({ value }) => value);
    const top = Math.max(this.#floor, ...values) * HEADROOM;
    const end = samples.at(-1).at;
    const length = Math.max(SHORTEST_MS, end - samples[0].at);
    this.#points = samples.map(({ at, value }) => ({
      at, value, x: WIDTH * (1 - (end - at) / length), y: value === undefined ? undefined : HEIGHT * (1 - value / top),
    }));
    this.#draw();
    this.#words = { latest: this.#format(values.at(-1)), beside };
    const range = `${this.#format(Math.min(...values))} to ${this.#format(Math.max(...values))}`;
    this.#picture.setAttribute("aria-label", `${this.#name}: ${range} in the last ${span(length / 1000)}`);
    if (!this.#pointing) {
      this.#tell(this.#words);
    }
  }

  #draw() {
    const stretches = stretchesOf(this.#points);
    this.#line.setAttribute("d", stretches.map((stretch) => `M${stretch.map(place).join("L")}`).join(""));
    this.#area.setAttribute("d", stretches.map((stretch) =>
      `M${stretch[0].x.toFixed(1)} ${HEIGHT}L${stretch.map(place).join("L")}L${stretch.at(-1).x.toFixed(1)} ${HEIGHT}Z`).join(""));
  }

  #point({ clientX }) {
    const { left, width } = this.#picture.getBoundingClientRect();
    const x = ((clientX - left) / width) * WIDTH;
    const known = this.#points.filter(({ value }) => value !== undefined);
    const nearest = known.reduce((best, point) => (best === undefined || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best), undefined);
    if (nearest === undefined) {
      return;
    }
    this.#pointing = true;
    this.#mark.setAttribute("x1", nearest.x);
    this.#mark.setAttribute("x2", nearest.x);
    this.#mark.setAttribute("visibility", "visible");
    this.#tell({ latest: this.#format(nearest.value), beside: `${span((this.#points.at(-1).at - nearest.at) / 1000)} ago` });
  }

  #pointAway() {
    this.#pointing = false;
    this.#mark.setAttribute("visibility", "hidden");
    this.#tell(this.#words);
  }

  #tell({ latest, beside }) {
    setText(this.#latest, latest);
    setText(this.#beside, beside);
  }
}

/** The points between gaps; a lonely one is a dot. */
function stretchesOf(points) {
  const stretches = [[]];
  for (const point of points) {
    if (point.value !== undefined) {
      stretches.at(-1).push(point);
    } else if (stretches.at(-1).length > 0) {
      stretches.push([]);
    }
  }
  return stretches.filter((stretch) => stretch.length > 0).map((stretch) => (stretch.length > 1 ? stretch : [...stretch, ...stretch]));
}

function place({ x, y }) {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
