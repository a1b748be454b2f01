// The remarks of `workshop check`, beside the page: a quiet line that opens into a list.
import { items } from './problems.js'

const box = document.getElementById('remarks')
const summary = box.querySelector('summary')
const list = box.querySelector('ul')
let shown = ''

// Shows the remarks of `state`; while something is to fix, that comes first.
export function setRemarks({ remarks, problems }, panels) {
  const now = remarks.join('\n')
  if (now !== shown) {
    summary.textContent = remarks.length === 1 ? '1 remark' : `${remarks.length} remarks`
    list.replaceChildren(...items(remarks))
  }
  shown = now
  box.hidden = !remarks.length || problems.length > 0
  // What the line covers can be scrolled into view.
  if (!box.hidden) panels.style.setProperty('--covered', `${summary.offsetHeight + 32}px`)
}
