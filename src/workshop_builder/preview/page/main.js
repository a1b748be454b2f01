// The page: listens to the states that the server sends, and shows the tab that was chosen.
import { setProblems } from './problems.js'
import { setRemarks } from './remarks.js'
import { setStatus } from './status.js'
import { element } from './elements.js'
import { Tabs } from './tabs.js'
import { Pages } from './pages.js'
import { Frame } from './frame.js'
import { Book } from './book.js'

const viewClasses = { pdf: Pages, site: Frame, epub: Book }
const views = new Map() // by product, with the format that each is for
const tabs = new Tabs(document.getElementById('tabs'), choose)
const panels = document.getElementById('panels')
let state = null
let chosen = decodeURIComponent(location.hash.slice(1))
let stream = null
const studioTabs = { sheets: '.sheets', content: '.content' } // no product can have such names

function choose(product) {
  chosen = product
  history.replaceState(null, '', `#${encodeURIComponent(product)}`)
  listen() // so that the server makes first what is viewed
  render()
}

// The address of the stream names the tab, since the server answers only requests to read.
function listen() {
  stream?.close()
  stream = new EventSource(`/events?tab=${encodeURIComponent(chosen)}`)
  stream.onmessage = event => {
    state = JSON.parse(event.data)
    if (state.studio) addStudio(state)
    const known = state.tabs.some(tab => tab.product === chosen)
    if (!known && state.tabs.length) choose(state.tabs[0].product)
    else render()
  }
  stream.onerror = () => setStatus(null)
}

// The studio has the first two tabs; their views are loaded where there is one.
function addStudio(state) {
  const { sheets, content, version } = state.studio
  state.tabs.unshift(
    { product: studioTabs.sheets, format: 'sheets', title: sheets, version, made: !!version },
    { product: studioTabs.content, format: 'content', title: content, version, made: true })
  if ('sheets' in viewClasses) return
  viewClasses.sheets = viewClasses.content = null
  Promise.all([import('./studio.js'), import('./editor.js')]).then(([{ Studio }, { Editor }]) => {
    Object.assign(viewClasses, { sheets: Studio, content: Editor })
    render()
  })
}

// An exercise among those for sheets is to be edited.
addEventListener('edit', ({ detail }) => {
  choose(studioTabs.content)
  viewOf(state.tabs.find(tab => tab.product === chosen)).open(detail, true)
})

function render() {
  if (!state) return
  document.title = `${state.problems.length ? '! ' : ''}${state.title || 'Workshop'} – preview`
  const title = document.getElementById('title')
  title.textContent = state.title || 'Preview'
  title.lang = state.title ? state.language : 'en'
  setStatus(state, state.tabs.find(tab => tab.product === chosen))
  setProblems(state.problems, panels)
  setRemarks(state, panels)
  tabs.show(state.tabs, chosen, state.language)
  removeOldViews()
  for (const tab of state.tabs)
    if (viewClasses[tab.format]) viewOf(tab).show(tab, tab.product === chosen)
  const nothing = document.getElementById('nothing')
  nothing.hidden = state.tabs.length > 0
  if (state.problems.length && !state.tabs.length)
    nothing.textContent = 'Nothing could be built yet. Please fix the problems below.'
}

function viewOf(tab) {
  if (!views.has(tab.product)) views.set(tab.product, { format: tab.format, view: newView(tab) })
  return views.get(tab.product).view
}

function newView(tab) {
  const panel = element('section', { class: `panel ${tab.format}`, hidden: '' })
  tabs.setPanel(tab.product, panel)
  panels.append(panel)
  return new viewClasses[tab.format](panel, { hasReader: state.hasReader })
}

// Products that are no longer made, or are made in another format, go with their panels.
function removeOldViews() {
  for (const [product, { format, view }] of views) {
    const tab = state.tabs.find(tab => tab.product === product)
    if (tab?.format === format) continue
    view.panel.remove()
    views.delete(product)
  }
}

listen()
