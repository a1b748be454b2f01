// The list of problems, over the pages of the last good version.
import { counted } from './status.js'

const box = document.getElementById('problems')
let shown = ''

export function setProblems(lines, panels) {
  const now = lines.join('\n')
  if (now !== shown) box.replaceChildren(...(lines.length ? contents(lines) : []))
  shown = now
  box.hidden = !lines.length
  // What the box covers can be scrolled into view.
  panels.style.setProperty('--covered', box.hidden ? '0px' : `${box.offsetHeight + 16}px`)
}

function contents(lines) {
  const heading = document.createElement('h2')
  heading.textContent = `${counted(lines.length)} to fix; the last good version is shown`
  const list = document.createElement('ul')
  list.tabIndex = 0
  list.append(...items(lines))
  return [heading, list]
}

// An entry for each line, its place set apart.
export const items = lines => lines.map(item)

function item(line) {
  const entry = document.createElement('li')
  const place = /^\S+?(?::\d+)?(?=: )/.exec(line)?.[0] ?? ''
  const code = document.createElement('code')
  code.textContent = place
  entry.append(...(place ? [code] : []), line.slice(place.length))
  return entry
}
