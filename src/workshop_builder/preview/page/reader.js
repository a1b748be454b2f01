// Shows an e-book in foliate-js, and a newer version of it at the same position.
import '/foliate/view.js'
import { collapse } from '/foliate/epubcfi.js'
import { remember, remembered } from './storage.js'

const stage = document.getElementById('book')
const contents = document.getElementById('contents')
const progress = document.getElementById('progress')
let view = null
let wanted = ''
let position = remembered('book position', null)

window.addEventListener('message', event => {
  if (event.origin !== location.origin || event.data.book === wanted) return
  wanted = event.data.book
  open(wanted).catch(error => console.warn(`the e-book cannot be shown: ${error}`))
})

// The new book is opened behind the old one, and shown when its page is there.
async function open(address) {
  const next = document.createElement('foliate-view')
  next.className = 'loading'
  stage.append(next)
  await next.open(address)
  await goToPosition(next)
  if (address !== wanted) return close(next)
  const old = view
  view = next
  view.addEventListener('relocate', event => relocated(event.detail))
  view.addEventListener('load', event => listenToKeys(event.detail.doc))
  view.renderer.getContents().forEach(({ doc }) => listenToKeys(doc))
  next.classList.remove('loading')
  if (old) close(old)
  fillContents(view.book.toc ?? [])
  if (view.lastLocation) relocated(view.lastLocation)
  document.documentElement.dataset.shows = address
}

// Where the exact spot is gone, goes to the same fraction of the book.
async function goToPosition(next) {
  const arrived = new Promise(resolve => next.addEventListener('relocate', resolve, { once: true }))
  try {
    await next.init({ lastLocation: position ? collapse(position.cfi) : null })
  } catch {
    await next.goToFraction(position.fraction)
  }
  await Promise.race([arrived, new Promise(resolve => setTimeout(resolve, 2000))])
}

function close(old) {
  old.close()
  old.remove()
}

function relocated({ cfi, fraction, tocItem }) {
  position = { cfi, fraction }
  remember('book position', position)
  progress.textContent = `${Math.round(100 * fraction)} %`
  if (tocItem) contents.value = tocItem.href
}

function fillContents(toc) {
  const entries = (items, depth) => items.flatMap(({ label, href, subitems }) => {
    const option = document.createElement('option')
    option.value = href
    option.textContent = '\u2003'.repeat(depth) + label.trim()
    return [option, ...entries(subitems ?? [], depth + 1)]
  })
  contents.replaceChildren(...entries(toc, 0))
}

function listenToKeys(target) {
  target.addEventListener('keydown', event => {
    if (event.target.closest?.('select')) return
    if (event.key === 'ArrowRight' || event.key === 'PageDown') view?.goRight()
    if (event.key === 'ArrowLeft' || event.key === 'PageUp') view?.goLeft()
  })
}

contents.addEventListener('change', () => view?.goTo(contents.value))
document.getElementById('back').addEventListener('click', () => view?.goLeft())
document.getElementById('forward').addEventListener('click', () => view?.goRight())
listenToKeys(document)
