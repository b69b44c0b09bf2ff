/** Numbers and times in words. */

const COUNT = new Intl.NumberFormat("en");
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const BYTE_UNITS = ["B", "KB", "MB", "GB", "TB"];
const BYTE_STEP = 1024;
const SPANS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];

export function count(number) {
  return COUNT.format(number);
}

/** `1 room`, `2 rooms`. */
export function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** A number with two digits at most after the point. */
export function short(number) {
  return COUNT.format(Math.round(number * 100) / 100);
}

/** `82 MB`, `1.9 GB`. */
export function bytes(number) {
  let value = number;
  let unit = 0;
  while (value >= BYTE_STEP && unit < BYTE_UNITS.length - 1) {
    value /= BYTE_STEP;
    unit++;
  }
  return `${COUNT.format(value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value))} ${BYTE_UNITS[unit]}`;
}

/** `8 s`, `5 min`, `2 h 5 min`, `4 d 3 h`. */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const first = SPANS.findIndex(([, length]) => whole >= length);
  if (first < 0) {
    return "0 s";
  }
  const [unit, length] = SPANS[first];
  const next = unit === "min" ? undefined : SPANS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((whole % length) / next[1]);
  return `${Math.floor(whole / length)} ${unit}${rest > 0 ? ` ${rest} ${next[0]}` : ""}`;
}

/** The time of day as this reader writes it. */
export function clock(date) {
  return TIME.format(date);
}
