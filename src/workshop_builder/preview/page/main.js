// The page: hears the news from the server, and shows the tab that was chosen.
import { setFaults } from './faults.js'
import { setStatus } from './status.js'
import { Tabs } from './tabs.js'
import { Pages } from './pages.js'
import { Frame } from './frame.js'
import { Book } from './book.js'

const views = { pdf: Pages, site: Frame, epub: Book }
const shown = new Map() // the view of each product
const tabs = new Tabs(document.getElementById('tabs'), choose)
const panels = document.getElementById('panels')
let state = null
let chosen = decodeURIComponent(location.hash.slice(1))
let news = null

function choose(product) {
  chosen = product
  history.replaceState(null, '', `#${encodeURIComponent(product)}`)
  listen() // the server makes first what is looked at
  render()
}

// The stream names the tab, since no request but reading is answered.
function listen() {
  news?.close()
  news = new EventSource(`/events?tab=${encodeURIComponent(chosen)}`)
  news.onmessage = event => {
    state = JSON.parse(event.data)
    const known = state.tabs.some(tab => tab.product === chosen)
    if (!known && state.tabs.length) choose(state.tabs[0].product)
    else render()
  }
  news.onerror = () => setStatus(null)
}

function render() {
  if (!state) return
  document.title = `${state.faults.length ? '! ' : ''}${state.title || 'Workshop'} – preview`
  const title = document.getElementById('title')
  title.textContent = state.title || 'Preview'
  title.lang = state.title ? state.language : 'en'
  setStatus(state, state.tabs.find(tab => tab.product === chosen))
  setFaults(state.faults, panels)
  tabs.show(state.tabs, chosen, state.language)
  prune()
  for (const tab of state.tabs) {
    const view = viewOf(tab)
    view.show(tab, tab.product === chosen)
  }
  const nothing = document.getElementById('nothing')
  nothing.hidden = state.tabs.length > 0
  if (state.faults.length && !state.tabs.length)
    nothing.textContent = 'Nothing could be made yet. What is to be mended stands below.'
}

function viewOf(tab) {
  if (!shown.has(tab.product)) shown.set(tab.product, { format: tab.format, view: made(tab) })
  return shown.get(tab.product).view
}

function made(tab) {
  const panel = document.createElement('section')
  panel.className = `panel ${tab.format}`
  panel.hidden = true
  tabs.owns(tab.product, panel)
  panels.append(panel)
  return new views[tab.format](panel, { reader: state.reader, language: state.language })
}

// Products that are no longer made, or are made as something else, go with their panels.
function prune() {
  for (const [product, { format, view }] of shown) {
    const tab = state.tabs.find(tab => tab.product === product)
    if (tab?.format === format) continue
    view.panel.remove()
    shown.delete(product)
  }
}

listen()
