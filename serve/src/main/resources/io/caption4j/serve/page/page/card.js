// A picture in the gallery: preview, caption word by word, other captions, where the model looked.

import { Boxes } from './boxes.js';
import { element, formatted, make, still } from './dom.js';
import { HeatMap } from './heatmap.js';
import { Objects } from './objects.js';
import { OwnSentence } from './own.js';
import { Places } from './places.js';
import { Sentence } from './sentence.js';
import { captions } from './service.js';

const PACE = 70; // milliseconds between words, about as fast as one reads

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

/** How sure the model was of a word, in the mean: by this it ranks captions, unless told otherwise. */
function sureness({ log_probability: whole, words }) {
  const mean = make('p', 'probability', formatted(Math.exp(whole / (words.length + 1)))); // and the end
  mean.title = `${formatted(Math.exp(whole))} for the whole sentence`;
  return mean;
}

export class Card {
  #request = null;
  #objects = null;
  #told = '';

  constructor(picture, controls, removed) {
    this.picture = picture;
    this.controls = controls;
    this.name = picture.name || 'Picture';
    this.node = make('li', 'card');
    const figure = make('figure');
    this.image = document.createElement('img');
    this.image.alt = '';
    this.image.src = URL.createObjectURL(picture);
    this.image.addEventListener('error', () => { this.image.hidden = true; }); // a format that only the service reads
    this.heat = new HeatMap();
    this.boxes = new Boxes();
    const frame = make('div', 'frame');
    this.seen = make('div', 'seen'); // just as large as the picture, so that the heat map fits it
    this.image.addEventListener('load', () => {
      this.seen.style.setProperty('--ratio', this.image.naturalWidth / this.image.naturalHeight);
    });
    this.seen.append(this.image, this.heat.node, this.boxes.node);
    frame.append(this.seen);
    figure.append(frame, make('figcaption', 'name', this.name));
    const remove = make('button', 'remove', '\u00d7');
    remove.type = 'button';
    remove.setAttribute('aria-label', `Remove ${this.name}`);
    remove.addEventListener('click', () => {
      const next = this.node.nextElementSibling ?? this.node.previousElementSibling;
      this.remove();
      (next?.querySelector('.remove') ?? element('file')).focus(); // else the keyboard's place is lost
    });
    this.answer = make('div', 'answer');
    this.node.append(figure, this.answer, remove);
    this.onRemoved = removed;
  }

  /** What a screen reader is told once the card is done. */
  told() {
    return this.#told;
  }

  remove() {
    this.#request?.abort();
    URL.revokeObjectURL(this.image.src);
    this.node.remove();
    this.onRemoved();
  }

  async caption() {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.#objects?.close();
    this.#objects = null;
    this.heat.hide();
    this.boxes.hide();
    this.answer.replaceChildren(make('p', 'looking', 'Looking at the picture \u2026'));
    this.node.classList.add('busy');
    this.node.removeAttribute('data-state');
    try {
      this.#check();
      await this.#stream(request.signal);
      if (!request.signal.aborted) { // else the card is being captioned again
        this.node.dataset.state = 'done';
        this.node.classList.remove('busy');
        await this.#objects?.find(this.picture, this.controls.key(), request.signal);
      }
    } catch (error) {
      if (!request.signal.aborted) {
        this.#fail(error.message);
      }
    } finally {
      if (this.#request === request) {
        this.node.classList.remove('busy');
      }
    }
  }

  #check() {
    const most = this.controls.limits?.request_bytes;
    if (most && this.picture.size > most) {
      throw new Error(`The picture has ${(this.picture.size / 1e6).toFixed(1)} MB; the service takes ${most / 1e6} MB.`);
    }
  }

  /** A caption to be filled with words; what belongs to one is seen while it is looked at. */
  #sentence(className) {
    const places = new Places(this.picture, this.controls.key(), this.boxes);
    const sentence = new Sentence(
      ({ attention }, index) => {
        this.heat.show(attention);
        places.show(index);
      },
      () => {
        this.heat.hide();
        places.hide();
      },
      className,
    );
    return { sentence, places };
  }

  #add(sentence, word) {
    const seen = word.probability !== undefined || word.attention !== undefined || this.controls.alignment;
    sentence.add(word, !seen);
  }

  async #stream(signal) {
    const best = this.#sentence('best');
    for await (const { event, data } of captions(this.picture, this.controls.query(), this.controls.key(), signal)) {
      if (signal.aborted) {
        return;
      }
      if (event === 'word') {
        if (!best.sentence.node.isConnected) {
          this.answer.replaceChildren(best.sentence.node);
        }
        this.#add(best.sentence, data.word);
        await pause(still.matches ? 0 : PACE);
      } else {
        this.#finish(best, data.captions);
      }
    }
  }

  #finish(best, all) {
    if (all.length === 0) {
      throw new Error('The model found no caption.');
    }
    const [first, ...others] = all;
    this.#whole(best, first);
    this.answer.replaceChildren(best.sentence.node, sureness(first));
    if (others.length > 0) {
      const list = make('ol', 'others');
      list.setAttribute('aria-label', 'Other captions');
      for (const other of others) {
        const item = document.createElement('li');
        const made = this.#sentence('other');
        other.words.forEach((word) => this.#add(made.sentence, word));
        this.#whole(made, other);
        item.append(made.sentence.node, sureness(other));
        list.append(item);
      }
      this.answer.append(list);
    }
    if (this.controls.objects) {
      this.#objects = new Objects(this.seen, this.boxes);
      this.answer.append(this.#objects.node);
    }
    if (this.controls.alignment) {
      this.answer.append(new OwnSentence(this.picture, this.boxes, () => this.controls.key()).node);
    }
    this.image.alt = first.text;
    this.#told = `${this.name}: ${first.text}`;
  }

  /** From here on the places of a caption's words can be asked for. */
  #whole({ places }, { text }) {
    places.text = this.controls.alignment ? text : '';
  }

  #fail(message) {
    this.node.dataset.state = 'failed';
    this.answer.replaceChildren(make('p', 'failure', message));
    this.#told = `${this.name}: ${message}`;
  }
}
