// A caption as words that can be pointed at. One word is in the tab order; arrow keys move on.

import { formatted, make } from './dom.js';

export class Sentence {
  #heat;

  constructor(heat, className) {
    this.#heat = heat;
    this.node = make('p', `sentence ${className}`);
    this.node.addEventListener('keydown', (event) => this.#move(event));
    this.node.addEventListener('pointerleave', () => heat.hide());
    this.node.addEventListener('focusout', () => heat.hide());
  }

  /** Appends a word with what the model tells of it. */
  add({ text, probability, attention }) {
    const plain = probability === undefined && attention === undefined;
    const word = make(plain ? 'span' : 'button', 'word', text);
    if (!plain) {
      word.type = 'button';
      word.tabIndex = this.node.childElementCount === 0 ? 0 : -1;
      const look = () => this.#heat.show(attention);
      word.addEventListener('pointerenter', look);
      word.addEventListener('focus', look);
      word.addEventListener('click', look); // a finger does not hover
    }
    if (probability !== undefined) {
      const share = formatted(probability);
      word.title = share;
      word.setAttribute('aria-description', share);
      const bar = make('span', 'sure');
      bar.setAttribute('aria-hidden', 'true');
      bar.style.setProperty('--share', probability);
      word.append(bar);
    }
    if (this.node.childElementCount > 0) {
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
