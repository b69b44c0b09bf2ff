/** Builds and changes what is shown. Whatever comes from a server goes in as text: there is no way here to put in markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; children that are no elements become text, those that are undefined are left out. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Makes an element of a picture. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(name, value);
    } else if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Changes a text only if it is another one, so that a selection stays and nothing is read aloud twice. */
export function setText(target, text) {
  const words = String(text);
  if (target.textContent !== words) {
    target.textContent = words;
  }
}

/** Shows the words, or hides the element when there are none. */
export function setWords(target, words = "") {
  setText(target, words);
  target.hidden = words === "";
}

/** Children of one parent, one for each item. Those whose items stay are kept, and with them focus and place. */
export class KeyedList {
  #parent;
  #create;
  #update;
  #shown = new Map();

  constructor(parent, create, update) {
    this.#parent = parent;
    this.#create = create;
    this.#update = update;
  }

  /** Shows these items in this order: a map from keys to items. */
  show(items) {
    for (const [key, child] of this.#shown) {
      if (!items.has(key)) {
        child.remove();
        this.#shown.delete(key);
      }
    }
    let place = this.#parent.firstElementChild;
    for (const [key, item] of items) {
      const child = this.#shown.get(key) ?? this.#made(key, item);
      this.#update(child, item);
      if (child === place) {
        place = place.nextElementSibling;
      } else {
        this.#parent.insertBefore(child, place);
      }
    }
  }

  #made(key, item) {
    const child = this.#create(item);
    this.#shown.set(key, child);
    return child;
  }
}
