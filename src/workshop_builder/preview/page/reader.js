// Shows an e-book in foliate-js, and a newer one at the same place.
import '/foliate/view.js'
import { collapse } from '/foliate/epubcfi.js'
import { remember, remembered } from './memory.js'

const stage = document.getElementById('book')
const contents = document.getElementById('contents')
const fraction = document.getElementById('fraction')
let view = null
let wanted = ''
let place = remembered('book place', null)

window.addEventListener('message', event => {
  if (event.origin !== location.origin || event.data.book === wanted) return
  wanted = event.data.book
  open(wanted).catch(error => console.warn(`the e-book cannot be shown: ${error}`))
})

// The new book is opened behind the old one, and shown when its page is there.
async function open(address) {
  const next = document.createElement('foliate-view')
  next.className = 'coming'
  stage.append(next)
  await next.open(address)
  await settle(next)
  if (address !== wanted) return discard(next)
  const old = view
  view = next
  view.addEventListener('relocate', event => moved(event.detail))
  view.addEventListener('load', event => listen(event.detail.doc))
  view.renderer.getContents().forEach(({ doc }) => listen(doc))
  next.classList.remove('coming')
  if (old) discard(old)
  fill(view.book.toc ?? [])
  if (view.lastLocation) moved(view.lastLocation)
  document.documentElement.dataset.shows = address
}

// Goes to the place where the reader was. Its exact spot may be no more; then as far on as it was.
async function settle(next) {
  const arrived = new Promise(resolve => next.addEventListener('relocate', resolve, { once: true }))
  try {
    await next.init({ lastLocation: place ? collapse(place.cfi) : null })
  } catch {
    await next.goToFraction(place.fraction)
  }
  await Promise.race([arrived, new Promise(resolve => setTimeout(resolve, 2000))])
}

function discard(old) {
  old.close()
  old.remove()
}

function moved({ cfi, fraction: part, tocItem }) {
  place = { cfi, fraction: part }
  remember('book place', place)
  fraction.textContent = `${Math.round(100 * part)} %`
  if (tocItem) contents.value = tocItem.href
}

function fill(toc) {
  const entries = (items, depth) => items.flatMap(({ label, href, subitems }) => {
    const option = document.createElement('option')
    option.value = href
    option.textContent = '\u2003'.repeat(depth) + label.trim()
    return [option, ...entries(subitems ?? [], depth + 1)]
  })
  contents.replaceChildren(...entries(toc, 0))
}

function listen(target) {
  target.addEventListener('keydown', event => {
    if (event.target.closest?.('select')) return
    if (event.key === 'ArrowRight' || event.key === 'PageDown') view?.goRight()
    if (event.key === 'ArrowLeft' || event.key === 'PageUp') view?.goLeft()
  })
}

contents.addEventListener('change', () => view?.goTo(contents.value))
document.getElementById('back').addEventListener('click', () => view?.goLeft())
document.getElementById('on').addEventListener('click', () => view?.goRight())
listen(document)
