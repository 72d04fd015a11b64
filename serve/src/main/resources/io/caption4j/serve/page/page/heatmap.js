// Where the model looked, laid over the picture: one small canvas pixel a position, which the
// browser scales up smoothly.

import { make } from './dom.js';

const COLOUR = [255, 140, 0];
const STRONGEST = 200; // of 255, so that the picture still shows through

export class HeatMap {
  constructor() {
    this.node = make('canvas', 'heat');
    this.node.setAttribute('aria-hidden', 'true');
    this.node.hidden = true;
  }

  /** Shows weights of a square grid, row by row; without any it hides. */
  show(weights) {
    const side = Math.sqrt(weights?.length ?? 0);
    if (side === 0 || !Number.isInteger(side)) {
      this.hide();
      return;
    }
    this.node.width = side;
    this.node.height = side;
    const context = this.node.getContext('2d');
    const pixels = context.createImageData(side, side);
    const most = Math.max(...weights, Number.MIN_VALUE);
    weights.forEach((weight, i) => {
      pixels.data.set([...COLOUR, Math.round((STRONGEST * weight) / most)], 4 * i);
    });
    context.putImageData(pixels, 0, 0);
    this.node.hidden = false;
  }

  hide() {
    this.node.hidden = true;
  }
}
