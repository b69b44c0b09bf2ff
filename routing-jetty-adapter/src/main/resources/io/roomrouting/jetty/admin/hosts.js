/** The living hosts that the registry knows. */
import { element, KeyedList, setText } from "./dom.js";
import { count, counted, span } from "./words.js";

const MOST_SHOWN = 200;

export class HostsView {
  #part;
  #list;
  #here;
  #shown = [[]];

  constructor(part) {
    this.#part = part;
    this.#list = new KeyedList(part("hosts-list"), hostItem, (item, host) => this.#fill(item, host));
  }

  /** Tells which of the hosts is the one that serves this page. */
  setHere(incarnation) {
    if (incarnation !== this.#here) {
      this.#here = incarnation;
      this.show(...this.#shown);
    }
  }

  /** Shows the hosts; there are so many in all, perhaps more than these. */
  show(hosts, total = hosts.length) {
    this.#shown = [hosts, total];
    const sorted = [...hosts].sort((one, other) => String(one.id).localeCompare(String(other.id), "en", { numeric: true }));
    this.#list.show(new Map(sorted.slice(0, MOST_SHOWN).map((host) => [`${host.id} ${host.incarnation}`, host])));
    setText(this.#part("hosts-count"), `${count(total)}${total > MOST_SHOWN ? `, the first ${count(MOST_SHOWN)} are shown` : ""}`);
  }

  #fill(item, host) {
    const { id, incarnation, state, address, rooms = 0, capacity, connections = 0, age, labels = {} } = host;
    const here = incarnation !== undefined && incarnation === this.#here;
    setText(item.querySelector(".host-id"), here ? `${id} (this one)` : id);
    setText(item.querySelector(".pill"), words(state));
    item.querySelector(".pill").dataset.state = words(state).toLowerCase();
    const told = Object.entries(labels).map(([name, value]) => `${name} ${value}`);
    setText(item.querySelector(".host-line"), [...(address === id ? [] : [address]), ...told, ...(age === undefined ? [] : [`for ${span(age)}`])].filter(Boolean).join(" · "));
    setText(item.querySelector(".host-load"), `${count(rooms)}${capacity === undefined ? "" : ` of ${count(capacity)}`} rooms, ${counted(connections, "connection")}`);
    const meter = item.querySelector("meter");
    meter.hidden = capacity === undefined;
    meter.max = Math.max(1, capacity ?? 1);
    meter.high = meter.max * 0.9;
    meter.value = rooms;
  }
}

function hostItem() {
  return element(
    "li", {},
    element("div", { class: "host-head" }, element("strong", { class: "host-id any-words" }), element("span", { class: "pill" })),
    element("p", { class: "host-line muted any-words" }),
    element("p", { class: "host-load" }),
    element("meter", { "aria-label": "Rooms in use", min: 0 }),
  );
}

function words(state) {
  const name = String(state ?? "unknown").toLowerCase();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
