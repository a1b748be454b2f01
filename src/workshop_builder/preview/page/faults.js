// What is wrong, line by line, over the last good picture.
import { many } from './status.js'

const box = document.getElementById('faults')
let before = ''

export function setFaults(lines, panels) {
  const now = lines.join('\n')
  if (now !== before) box.replaceChildren(...(lines.length ? filled(lines) : []))
  before = now
  box.hidden = !lines.length
  // What the box covers can be scrolled into sight.
  panels.style.setProperty('--covered', box.hidden ? '0px' : `${box.offsetHeight + 16}px`)
}

function filled(lines) {
  const heading = document.createElement('h2')
  heading.textContent = `${many(lines.length)} to mend; shown is the last good state`
  const list = document.createElement('ul')
  list.tabIndex = 0
  list.append(...lines.map(item))
  return [heading, list]
}

function item(line) {
  const entry = document.createElement('li')
  const place = /^\S+?(?::\d+)?(?=: )/.exec(line)?.[0] ?? ''
  const code = document.createElement('code')
  code.textContent = place
  entry.append(...(place ? [code] : []), line.slice(place.length))
  return entry
}
