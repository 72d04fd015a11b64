// A sentence as words that can be pointed at.

import { formatted, make } from './dom.js';
import { moveByKeys } from './keys.js';

export class Sentence {
  #look;

  /** `look` hears of a word that is looked at and its place from 0, `away` that none is any more. */
  constructor(look, away, className) {
    this.#look = look;
    this.node = make('p', `sentence ${className}`);
    moveByKeys(this.node);
    this.node.addEventListener('pointerleave', away);
    this.node.addEventListener('focusout', away);
  }

  /** Appends a word with what is known of it; `plain` if there is nothing to see. */
  add(told, plain = false) {
    const index = this.node.childElementCount;
    const word = make(plain ? 'span' : 'button', 'word', told.text);
    if (!plain) {
      word.type = 'button';
      word.tabIndex = index === 0 ? 0 : -1;
      const look = () => this.#look(told, index);
      word.addEventListener('pointerenter', look);
      word.addEventListener('focus', look);
      word.addEventListener('click', look); // a finger does not hover
    }
    if (told.probability !== undefined) {
      const bar = make('span', 'sure');
      bar.setAttribute('aria-hidden', 'true');
      bar.style.setProperty('--share', told.probability);
      word.append(bar);
    }
    const more = told.place ?? (told.probability === undefined ? '' : formatted(told.probability));
    if (more) {
      word.title = more;
      word.setAttribute('aria-description', more);
    }
    if (index > 0) {
      this.node.append(' ');
    }
    this.node.append(word);
  }
}
