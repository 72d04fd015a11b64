// A sentence as words that can be pointed at. One word is in the tab order; arrow keys move on.

import { formatted, make } from './dom.js';

export class Sentence {
  #look;

  /** `look` hears of a word that is looked at and its place from 0, `away` that none is any more. */
  constructor(look, away, className) {
    this.#look = look;
    this.node = make('p', `sentence ${className}`);
    this.node.addEventListener('keydown', (event) => this.#move(event));
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

  #move(event) {
    const words = [...this.node.querySelectorAll('button')];
    const at = words.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: words.length - 1 }[event.key];
    if (at >= 0 && words[to]) {
      event.preventDefault();
      words[at].tabIndex = -1;
      words[to].tabIndex = 0;
      words[to].focus();
    }
  }
}
