// The objects of a picture: a name that is pointed at shows its box, and the picture its names.

import { where } from './boxes.js';
import { formatted, make } from './dom.js';
import { moveByKeys } from './keys.js';
import { objects } from './service.js';

export class Objects {
  #boxes;
  #seen;
  #answer = null;
  #buttons = [];
  #pointed = (event) => this.#point(event);
  #left = () => this.#away();

  /** `seen` is the picture's place on the page, `boxes` what is drawn over it. */
  constructor(seen, boxes) {
    this.#seen = seen;
    this.#boxes = boxes;
    this.node = make('div', 'objects');
  }

  /** Asks the service. What fails is told in place: the caption stands without it. */
  async find(picture, key, signal) {
    try {
      this.#tell(await objects(picture, key, signal));
    } catch (error) {
      if (!signal.aborted) {
        this.node.replaceChildren(make('p', 'failure', error.message));
      }
    }
  }

  /** Ends the look from the picture to its names. */
  close() {
    this.#seen.removeEventListener('pointermove', this.#pointed);
    this.#seen.removeEventListener('pointerleave', this.#left);
  }

  #tell(answer) {
    this.#answer = answer;
    if (answer.objects.length === 0) {
      this.node.replaceChildren(make('p', 'none', 'No objects that the detector knows.'));
      return;
    }
    const list = make('ul');
    list.setAttribute('aria-label', 'Objects');
    this.#buttons = answer.objects.map((object, index) => this.#button(object, index));
    list.append(...this.#buttons.map((button) => {
      const item = document.createElement('li');
      item.append(button);
      return item;
    }));
    list.addEventListener('pointerleave', this.#left);
    list.addEventListener('focusout', this.#left);
    moveByKeys(list);
    this.node.replaceChildren(list);
    this.#seen.addEventListener('pointermove', this.#pointed);
    this.#seen.addEventListener('pointerleave', this.#left);
  }

  #button(object, index) {
    const button = make('button', 'object', object.name);
    button.type = 'button';
    button.tabIndex = index === 0 ? 0 : -1;
    const more = `${formatted(object.score)}, ${where(object.box, this.#answer)}`;
    button.title = more;
    button.setAttribute('aria-description', more);
    const look = () => this.#show(index);
    button.addEventListener('pointerenter', look);
    button.addEventListener('focus', look);
    button.addEventListener('click', look); // a finger does not hover
    return button;
  }

  #show(index) {
    const object = this.#answer.objects[index];
    this.#buttons.forEach((button, i) => button.classList.toggle('pointed', i === index));
    this.#boxes.show(object.box, this.#answer, object.name);
  }

  #away() {
    this.#buttons.forEach((button) => button.classList.remove('pointed'));
    this.#boxes.hide();
  }

  /** Shows the smallest object at a place of the picture. */
  #point({ clientX, clientY }) {
    const place = this.#seen.getBoundingClientRect();
    const x = ((clientX - place.left) / place.width) * this.#answer.width;
    const y = ((clientY - place.top) / place.height) * this.#answer.height;
    const area = (index) => this.#answer.objects[index].box.width * this.#answer.objects[index].box.height;
    const there = this.#answer.objects
      .map(({ box }, index) => (box.x <= x && x < box.x + box.width && box.y <= y && y < box.y + box.height ? index : -1))
      .filter((index) => index >= 0)
      .sort((one, other) => area(one) - area(other));
    if (there.length > 0) {
      this.#show(there[0]);
    } else {
      this.#away();
    }
  }
}
