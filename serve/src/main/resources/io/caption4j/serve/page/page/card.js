// A picture in the gallery: preview, caption word by word, other captions, where the model looked.

import { formatted, make, still } from './dom.js';
import { HeatMap } from './heatmap.js';
import { Sentence } from './sentence.js';
import { captions } from './service.js';

const PACE = 70; // milliseconds between words, about as fast as one reads

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

export class Card {
  #request = null;
  #told = '';

  constructor(picture, limits, removed) {
    this.picture = picture;
    this.limits = limits;
    this.name = picture.name || 'Picture';
    this.node = make('li', 'card');
    const figure = make('figure');
    this.image = document.createElement('img');
    this.image.alt = '';
    this.image.src = URL.createObjectURL(picture);
    this.image.addEventListener('error', () => { this.image.hidden = true; }); // a format that only the service reads
    this.heat = new HeatMap();
    const frame = make('div', 'frame');
    const seen = make('div', 'seen'); // just as large as the picture, so that the heat map fits it
    this.image.addEventListener('load', () => {
      seen.style.setProperty('--ratio', this.image.naturalWidth / this.image.naturalHeight);
    });
    seen.append(this.image, this.heat.node);
    frame.append(seen);
    figure.append(frame, make('figcaption', 'name', this.name));
    const remove = make('button', 'remove', '\u00d7');
    remove.type = 'button';
    remove.setAttribute('aria-label', `Remove ${this.name}`);
    remove.addEventListener('click', () => this.remove());
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

  async caption(query, key) {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    this.heat.hide();
    this.answer.replaceChildren(make('p', 'looking', 'Looking at the picture \u2026'));
    this.node.classList.add('busy');
    this.node.removeAttribute('data-state');
    try {
      this.#check();
      await this.#stream(query, key, request.signal);
      this.node.dataset.state = 'done';
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
    const most = this.limits?.request_bytes;
    if (most && this.picture.size > most) {
      throw new Error(`The picture has ${(this.picture.size / 1e6).toFixed(1)} MB; the service takes ${most / 1e6} MB.`);
    }
  }

  async #stream(query, key, signal) {
    const best = new Sentence(this.heat, 'best');
    for await (const { event, data } of captions(this.picture, query, key, signal)) {
      if (signal.aborted) {
        return;
      }
      if (event === 'word') {
        if (!best.node.isConnected) {
          this.answer.replaceChildren(best.node);
        }
        best.add(data.word);
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
    this.answer.replaceChildren(best.node, make('p', 'probability', formatted(first.probability)));
    if (others.length > 0) {
      const list = make('ol', 'others');
      list.setAttribute('aria-label', 'Other captions');
      for (const other of others) {
        const item = document.createElement('li');
        const sentence = new Sentence(this.heat, 'other');
        other.words.forEach((word) => sentence.add(word));
        item.append(sentence.node, make('span', 'probability', formatted(other.probability)));
        list.append(item);
      }
      this.answer.append(list);
    }
    this.image.alt = first.text;
    this.#told = `${this.name}: ${first.text}`;
  }

  #fail(message) {
    this.node.dataset.state = 'failed';
    this.answer.replaceChildren(make('p', 'failure', message));
    this.#told = `${this.name}: ${message}`;
  }
}
