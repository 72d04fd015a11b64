// The settings that go with each picture.

import { element } from './dom.js';

const SEARCH = ['beam', 'top', 'max_length', 'length_penalty'];
const SAMPLING = ['temperature', 'top_k', 'top_p', 'seed'];

export class Controls {
  limits = null;
  objects = false; // whether the service can tell what is where
  alignment = false; // whether the service can tell where words belong
  #attention = false;

  constructor() {
    element('controls').addEventListener('input', () => this.#tidy());
    element('draw').addEventListener('change', () => this.#tidy());
  }

  /** Sets what the service told of itself. */
  set({ abilities, objects, alignment, search, defaults, limits }) {
    this.limits = limits;
    this.objects = objects;
    this.alignment = alignment;
    element('find').hidden = !search;
    this.#attention = abilities.attention;
    SEARCH.forEach((name) => { element(name).value = defaults[name]; });
    element('beam').max = limits.beam;
    element('sampling').hidden = !abilities.sampling;
    this.#tidy();
  }

  /** Captions can be no more than the beam; numbers stand beside their sliders. */
  #tidy() {
    const draw = element('draw').checked;
    SAMPLING.forEach((name) => { element(name).disabled = !draw; });
    const top = element('top');
    top.max = draw ? element('beam').max : element('beam').value;
    document.querySelectorAll('output[for]').forEach((output) => {
      output.textContent = element(output.htmlFor.value).value;
    });
  }

  /** The query of a request. Until the service has told its defaults they are its own. */
  query() {
    const names = element('draw').checked ? [...SEARCH, ...SAMPLING] : SEARCH;
    const known = this.limits ? names.map((name) => [name, element(name).value]) : [];
    return new URLSearchParams([...known, ...(this.#attention ? [['attention', 'true']] : [])]);
  }

  key() {
    return element('key').value;
  }
}
