// A field for a sentence of one's own, to be held against a picture.

import { make } from './dom.js';
import { where } from './boxes.js';
import { Places } from './places.js';
import { Sentence } from './sentence.js';

let count = 0;

export class OwnSentence {
  constructor(picture, boxes, key) {
    count += 1;
    this.node = make('form', 'own');
    const label = make('label', '', 'Where is \u2026');
    const input = make('input');
    input.id = label.htmlFor = `own-${count}`;
    input.placeholder = 'a dog in the snow';
    input.maxLength = 500;
    input.required = true;
    input.autocomplete = 'off';
    const button = make('button', '', 'Show');
    this.told = make('div', 'own-answer');
    this.told.setAttribute('role', 'status');
    const line = make('div', 'line');
    line.append(input, button);
    this.node.append(label, line, this.told);
    this.node.addEventListener('submit', (event) => {
      event.preventDefault();
      const places = new Places(picture, key(), boxes);
      places.text = input.value;
      this.#ask(places);
    });
  }

  async #ask(places) {
    this.latest = places;
    this.told.replaceChildren(make('p', 'looking', 'Looking \u2026'));
    try {
      const answer = await places.answer();
      if (this.latest === places) {
        this.#tell(answer, places);
      }
    } catch (error) {
      if (this.latest === places) {
        this.told.replaceChildren(make('p', 'failure', error.message));
      }
    }
  }

  #tell(answer, places) {
    const sentence = new Sentence((_, index) => places.show(index), () => places.hide(), 'mine');
    answer.words.forEach(({ text, box }) => sentence.add({ text, place: where(box, answer) }));
    const score = `Score ${answer.score.toFixed(1)}: the larger, the better they fit.`;
    this.told.replaceChildren(sentence.node, make('p', 'probability', score));
  }
}
