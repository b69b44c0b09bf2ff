/** The list of rooms: search, sort, a bounded number of rows. */
import { element, KeyedList, setText, setWords } from "./dom.js";
import { marks, matches, moreFields, named, occupancy } from "./room-facts.js";
import { count, counted, span } from "./words.js";

const ROWS_AT_A_TIME = 200;
const MOST_EXTRA_COLUMNS = 2;

const FIXED = [
  { key: "name", title: "Name", value: ({ name }) => name },
  { key: "type", title: "Type", value: ({ type }) => type ?? "", roomy: true },
  { key: "clients", title: "Clients", value: ({ clients }) => clients ?? 0, words: occupancy, numeric: true },
  { key: "openFor", title: "Open for", value: ({ openFor }) => openFor ?? 0, words: (room) => span(room.openFor ?? 0), numeric: true, roomy: true },
];

export class RoomsView {
  #part;
  #chosen;
  #rooms = [];
  #total = 0;
  #columns = [];
  #sort = { key: "name", down: false };
  #most = ROWS_AT_A_TIME;
  #rows;

  /** Tells the name of the room that is chosen, with what stands for it in the list, if it is there. */
  constructor(part, chosen) {
    this.#part = part;
    this.#chosen = chosen;
    this.#rows = new KeyedList(part("rooms-rows"), ({ name }) => this.#row(name), (row, room) => this.#fill(row, room));
    part("rooms-search").addEventListener("input", () => {
      this.#most = ROWS_AT_A_TIME;
      this.#draw();
    });
    part("rooms-search").addEventListener("keydown", (event) => event.key === "Enter" && this.#choose());
    part("rooms-more").addEventListener("click", () => {
      this.#most += ROWS_AT_A_TIME;
      this.#draw();
    });
  }

  /** Shows the rooms; the host has so many in all, perhaps more than these. */
  show(rooms, total) {
    this.#rooms = rooms;
    this.#total = total;
    this.#setColumns();
    this.#draw();
  }

  /** How many rooms the host had when it was asked. */
  get total() {
    return this.#total;
  }

  #setColumns() {
    const extra = [...new Set(this.#rooms.flatMap(moreFields))].slice(0, MOST_EXTRA_COLUMNS);
    const columns = [...FIXED, ...extra.map((key) => ({
      key, title: named(key), value: (room) => room[key] ?? "", numeric: this.#rooms.every((room) => typeof room[key] !== "string"),
    }))];
    if (columns.map(({ key }) => key).join() === this.#columns.map(({ key }) => key).join()) {
      return;
    }
    this.#columns = columns;
    this.#rows.show(new Map());
    this.#part("rooms-head").replaceChildren(...columns.map((column) => this.#head(column)));
  }

  #head({ key, title, numeric, roomy }) {
    const click = () => {
      this.#sort = { key, down: this.#sort.key === key ? !this.#sort.down : numeric === true };
      this.#draw();
    };
    const button = element("button", { class: "sort", type: "button", click }, title);
    return element("th", { scope: "col", class: classes(numeric, roomy), "data-key": key }, button);
  }

  #row(name) {
    const open = element("button", { class: "room-name", type: "button", click: () => this.#chosen(name) }, name);
    const cells = this.#columns.slice(1).map(({ numeric, roomy }) => element("td", { class: classes(numeric, roomy) }));
    return element("tr", {}, element("td", {}, open, element("span", { class: "marks" })), ...cells);
  }

  #fill(row, room) {
    setText(row.querySelector(".marks"), marks(room).join(", "));
    this.#columns.slice(1).forEach(({ value, words }, index) => setText(row.cells[index + 1], (words ?? value)(room)));
  }

  #draw() {
    const wanted = this.#part("rooms-search").value;
    const found = this.#rooms.filter((room) => matches(room, wanted)).sort(this.#order());
    this.#rows.show(new Map(found.slice(0, this.#most).map((room) => [room.name, room])));
    for (const head of this.#part("rooms-head").children) {
      const sorted = head.dataset.key === this.#sort.key;
      head.setAttribute("aria-sort", sorted ? (this.#sort.down ? "descending" : "ascending") : "none");
    }
    setText(this.#part("rooms-count"), this.#countWords(found.length, wanted));
    setWords(this.#part("rooms-empty"), this.#emptyWords(found.length));
    this.#part("rooms-table").hidden = found.length === 0;
    this.#part("rooms-more").hidden = found.length <= this.#most;
  }

  #order() {
    const { value } = this.#columns.find(({ key }) => key === this.#sort.key) ?? FIXED[0];
    const way = this.#sort.down ? -1 : 1;
    return (one, other) => way * compared(value(one), value(other)) || compared(one.name, other.name);
  }

  get #partial() {
    return this.#total > this.#rooms.length;
  }

  #countWords(found, wanted) {
    const all = this.#partial ? `the first ${count(this.#rooms.length)} of ${count(this.#total)}` : count(this.#rooms.length);
    return wanted.trim() === "" ? all : `${count(found)} of ${all}`;
  }

  #emptyWords(found) {
    if (found > 0) {
      return "";
    }
    if (this.#rooms.length === 0) {
      return "No rooms are open.";
    }
    return this.#partial
      ? `None of the first ${counted(this.#rooms.length, "room")}. Enter looks for a room of exactly this name.`
      : "No room matches.";
  }

  /** The only one found, or the very name: the list may not hold all rooms. */
  #choose() {
    const wanted = this.#part("rooms-search").value.trim();
    const found = this.#rooms.filter((room) => matches(room, wanted));
    if (wanted !== "" && found.length === 1) {
      this.#chosen(found[0].name);
    } else if (wanted !== "" && (this.#partial || this.#rooms.some(({ name }) => name === wanted))) {
      this.#chosen(wanted);
    }
  }
}

function classes(numeric, roomy) {
  return [...(numeric === true ? ["numeric"] : []), ...(roomy === true ? ["roomy"] : [])].join(" ");
}

function compared(one, other) {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en", { numeric: true });
}
