// Where the words of a sentence belong in its picture. The service is asked at the first look.

import { align } from './service.js';

export class Places {
  text = ''; // of the sentence, once it is whole
  #picture;
  #key;
  #boxes;
  #answer = null; // a promise
  #wanted = -1; // the word that is looked at

  constructor(picture, key, boxes) {
    this.#picture = picture;
    this.#key = key;
    this.#boxes = boxes;
  }

  /** The service's answer. One that failed is asked for again at the next look. */
  answer() {
    this.#answer ??= align(this.#picture, this.text, this.#key).catch((error) => {
      this.#answer = null;
      throw error;
    });
    return this.#answer;
  }

  /** Shows where a word belongs, as soon as it is known and if it is looked at still. */
  async show(index) {
    this.#wanted = index;
    if (!this.text) {
      return;
    }
    const known = await this.answer().catch(() => null); // a caption is of use without boxes too
    const word = known?.words[index];
    if (word && this.#wanted === index) {
      const part = known.snippets.find(({ from, to }) => from <= index && index < to);
      this.#boxes.show(part?.box ?? word.box, known, part?.text ?? word.text);
    }
  }

  hide() {
    this.#wanted = -1;
    this.#boxes.hide();
  }
}
