// The page: pictures come in by drop, paste, choice or camera; each becomes a card of the gallery.

import { takePhotograph } from './camera.js';
import { Card } from './card.js';
import { Controls } from './controls.js';
import { Search } from './search.js';
import { facts } from './service.js';
import { element, say, showError } from './dom.js';

const AT_ONCE = 3; // requests; the service batches them, and the browser has few connections

const file = element('file');
const drop = element('drop');
const gallery = element('gallery');
const controls = new Controls();
const cards = new Set();
const waiting = [];
let running = 0;

function pump() {
  while (running < AT_ONCE && waiting.length > 0) {
    const card = waiting.shift();
    running += 1;
    card.caption().finally(() => {
      running -= 1;
      say(card.told());
      pump();
    });
  }
}

function refresh() {
  const some = cards.size > 0;
  element('empty').hidden = some;
  element('clear').hidden = !some;
  element('again').disabled = !some;
  gallery.classList.toggle('many', cards.size > 1);
}

function add(pictures) {
  showError('');
  for (const picture of pictures) {
    const card = new Card(picture, controls, () => {
      cards.delete(card);
      waiting.splice(0, waiting.length, ...waiting.filter((other) => other !== card));
      refresh();
    });
    cards.add(card);
    waiting.push(card);
    gallery.prepend(card.node);
  }
  refresh();
  pump();
}

new Search(controls, (picture) => {
  add([picture]);
  gallery.focus();
});

function addFrom(transfer) {
  const pictures = transfer ? [...transfer.files] : [];
  if (pictures.length > 0) {
    add(pictures);
  }
}

for (const input of [file, element('capture')]) {
  input.addEventListener('change', () => addFrom(input));
  input.addEventListener('click', () => { input.value = ''; }); // so that the same file can be chosen again
}
document.addEventListener('paste', (event) => addFrom(event.clipboardData));
document.addEventListener('dragover', (event) => {
  event.preventDefault(); // else the browser would leave the page for the picture
  drop.classList.add('over');
});
document.addEventListener('dragleave', () => drop.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  addFrom(event.dataTransfer);
});
element('photograph').addEventListener('click', async () => {
  const picture = await takePhotograph();
  if (picture) {
    add([picture]);
  }
});
element('clear').addEventListener('click', () => {
  [...cards].forEach((card) => card.remove());
  file.focus();
});
element('controls').addEventListener('submit', (event) => {
  event.preventDefault();
  waiting.splice(0, waiting.length, ...cards);
  pump();
});

async function introduce() {
  try {
    const known = await facts(controls.key());
    const { model, abilities, objects, alignment } = known;
    controls.set(known);
    const parts = [];
    if (abilities.wordProbabilities) {
      parts.push('The line under a word is how sure the model was of it.');
    }
    const seen = [
      ...(abilities.attention ? ['where the model looked'] : []),
      ...(alignment ? ['in a box, where the alignment model finds it'] : []),
    ];
    if (seen.length > 0) {
      parts.push(`Point at a word, or reach it with the arrow keys, to see ${seen.join(' and, ')}.`);
    }
    if (objects) {
      parts.push('Point at an object\u2019s name, or at the picture, to see its box.');
    }
    parts.push('The percentage is how sure it was of a word in the mean.');
    element('legend').textContent = parts.join(' ');
    element('legend').hidden = false;
    element('model').textContent = `Model: ${model.name} (${model.description}; ${model.license})`;
  } catch (error) {
    element('model').textContent = '';
    showError(error.message);
    element('settings').open = error.status === 401;
  }
}

element('key').addEventListener('change', () => {
  showError('');
  introduce();
});
await introduce();
