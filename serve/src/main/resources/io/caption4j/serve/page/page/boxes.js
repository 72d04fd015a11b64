// A place in a picture, drawn over it in shares of its sides, with the words that belong there.

import { make } from './dom.js';

const NEAR_ALL = 0.9; // of the picture's surface

export class Boxes {
  constructor() {
    this.node = make('div', 'boxes');
    this.node.setAttribute('aria-hidden', 'true');
    this.hide();
  }

  /** Shows a box of a picture of a size, in pixels; `words` stand in its corner. */
  show({ x, y, width, height }, size, words) {
    const box = make('div', 'box');
    const shares = { left: x / size.width, top: y / size.height, width: width / size.width, height: height / size.height };
    Object.entries(shares).forEach(([side, share]) => { box.style.setProperty(side, `${100 * share}%`); });
    if (words) {
      box.append(make('span', 'label', words));
    }
    this.node.replaceChildren(box);
    this.node.hidden = false;
  }

  hide() {
    this.node.hidden = true;
  }
}

/** Where a box lies, for those who do not see it. */
export function where({ x, y, width, height }, size) {
  if (width * height >= NEAR_ALL * size.width * size.height) {
    return 'the whole picture';
  }
  const third = (middle, names) => names[Math.min(2, Math.floor(3 * middle))];
  const row = third((y + height / 2) / size.height, ['top', 'middle', 'bottom']);
  const column = third((x + width / 2) / size.width, ['left', 'centre', 'right']);
  return `${row} ${column}`;
}
