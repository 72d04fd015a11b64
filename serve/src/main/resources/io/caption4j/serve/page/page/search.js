// Pictures of the service's folder, found by words.

import { Boxes } from './boxes.js';
import { element, make, say } from './dom.js';
import { Sentence } from './sentence.js';
import { image, search } from './service.js';

export class Search {
  #controls;
  #caption;
  #begun = 0;
  #addresses = [];

  /** `caption` hears of a picture that shall be captioned. */
  constructor(controls, caption) {
    this.#controls = controls;
    this.#caption = caption;
    element('find').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#find(element('words').value);
    });
    element('close-found').addEventListener('click', () => this.#close());
  }

  async #find(words) {
    this.#begun += 1;
    const mine = this.#begun;
    this.#clear();
    element('found').hidden = false;
    element('found-heading').textContent = `Pictures for \u201c${words}\u201d`;
    element('found-note').textContent = 'Searching \u2026';
    try {
      const answer = await search(words, this.#controls.key());
      if (mine === this.#begun) {
        this.#show(answer);
      }
    } catch (error) {
      if (mine === this.#begun) {
        element('found-note').textContent = error.message;
        say(error.message);
      }
    }
  }

  #show({ pictures, words, results }) {
    const said = `The best ${results.length} of ${pictures.toLocaleString('en')} pictures.`;
    element('found-note').textContent = results.length > 0 ? `${said} Point at a word to see where it fits best.` : 'There are no pictures.';
    say(said);
    const found = results.map((result) => this.#card(result));
    const sentence = new Sentence(
      (word, index) => found.forEach(({ boxes, result }) => boxes.show(result.boxes[index], result)),
      () => found.forEach(({ boxes }) => boxes.hide()),
      'asked',
    );
    words.forEach((text) => sentence.add({ text }, results.length === 0));
    element('found-words').replaceChildren(sentence.node);
    element('found-pictures').replaceChildren(...found.map(({ node }) => node));
  }

  #card(result) {
    const node = make('li', 'hit');
    const figure = make('figure');
    const frame = make('div', 'frame');
    const seen = make('div', 'seen');
    seen.style.setProperty('--ratio', result.width / result.height);
    const picture = make('img');
    picture.alt = result.name;
    const boxes = new Boxes();
    seen.append(picture, boxes.node);
    frame.append(seen);
    const caption = make('figcaption', 'name', result.name);
    caption.append(make('span', 'probability', result.score.toFixed(1)));
    figure.append(frame, caption);
    const button = make('button', 'caption-it', 'Caption it');
    button.type = 'button';
    button.disabled = true;
    button.setAttribute('aria-label', `Caption ${result.name}`);
    node.append(figure, button);
    this.#load(result, picture, button);
    return { node, boxes, result };
  }

  /** Through fetch, since an address in a picture's element cannot have a key. */
  async #load(result, picture, button) {
    const mine = this.#begun;
    try {
      const blob = await image(result.id, this.#controls.key());
      if (mine !== this.#begun) {
        return;
      }
      picture.src = URL.createObjectURL(blob);
      this.#addresses.push(picture.src);
      const name = result.name.split('/').pop();
      button.addEventListener('click', () => this.#caption(new File([blob], name, { type: blob.type })));
      button.disabled = false;
    } catch {
      picture.alt = `${result.name} (it cannot be shown)`;
    }
  }

  #clear() {
    this.#addresses.splice(0).forEach((address) => URL.revokeObjectURL(address));
    element('found-words').replaceChildren();
    element('found-pictures').replaceChildren();
  }

  #close() {
    this.#begun += 1;
    this.#clear();
    element('found').hidden = true;
    element('words').focus();
  }
}
