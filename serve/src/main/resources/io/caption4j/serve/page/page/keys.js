// A row of buttons of which one is in the tab order; arrow keys move on.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Has the arrow keys, Home and End move the focus among the buttons in a node. */
export function moveByKeys(node) {
  node.addEventListener('keydown', (event) => {
    const buttons = [...node.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement);
    const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? at + STEPS[event.key];
    if (at >= 0 && buttons[to]) {
      event.preventDefault();
      buttons[at].tabIndex = -1;
      buttons[to].tabIndex = 0;
      buttons[to].focus();
    }
  });
}
