// Small things that several parts of the page need.

export const element = (id) => document.getElementById(id);

/** A new element; text is never taken for markup. */
export function make(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.textContent = text;
  return made;
}

/** Tells screen readers. */
export function say(text) {
  element('status').textContent = text;
}

/** Shows an error that belongs to no picture; an empty one hides it. */
export function showError(text) {
  element('error').textContent = text;
  element('error').hidden = text === '';
}

const SMALLEST = 1e-6;
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });

/** A probability for people. */
export function formatted(probability) {
  return probability >= SMALLEST ? percent.format(probability) : `under ${percent.format(SMALLEST)}`;
}

export const still = window.matchMedia('(prefers-reduced-motion: reduce)');
