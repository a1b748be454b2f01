// The view of the website: its own pages, in a frame that runs no script.
import { element, isExternal, selection } from './elements.js'
import { remember, remembered } from './storage.js'

const sandbox = 'allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox'
const sizes = [['desktop', 'Desktop'], ['phone', 'Phone']]

export class Frame {
  constructor(panel) {
    this.panel = panel
    this.version = ''
    this.size = remembered(`${panel.id} size`, 'desktop')
    this.position = remembered(`${panel.id} position`, { path: '', top: 0 })
    this.tools = element('div', { class: 'tools' }, selection('Width', sizes, this.size, size => {
      this.size = size
      remember(`${panel.id} size`, size)
      this.stage.dataset.size = size
    }))
    this.stage = element('div', { class: 'stage', 'data-size': this.size })
    panel.append(this.tools, this.stage)
  }

  // The address of the first page.
  start(tab) { return `/site/${encodeURIComponent(tab.product)}/` }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    if (!chosen || !tab.version || tab.version === this.version) return
    this.version = tab.version
    this.load(tab)
  }

  // The new page is loaded behind the old one, scrolled to the same position, and then shown.
  load(tab) {
    this.savePosition()
    const start = this.start(tab)
    const path = this.position.path.startsWith(start) ? this.position.path : start
    const next = element('iframe', { sandbox, src: path, title: tab.title, class: 'loading' })
    const version = tab.version
    next.addEventListener('load', () => {
      if (next.isConnected && version === this.version) this.replace(next)
      else next.remove()
    }, { once: true })
    this.stage.append(next)
  }

  replace(next) {
    next.contentWindow.scrollTo({ top: this.position.top, behavior: 'instant' })
    this.watch(next)
    next.addEventListener('load', () => this.watch(next))
    next.classList.remove('loading')
    for (const old of [...this.stage.children]) if (old !== next) old.remove()
  }

  savePosition() {
    const frame = this.stage.querySelector('iframe:not(.loading)')
    if (!frame?.contentWindow) return
    const { pathname } = frame.contentWindow.location
    if (pathname !== 'blank')
      this.position = { path: pathname, top: frame.contentWindow.scrollY }
    remember(`${this.panel.id} position`, this.position)
  }

  // Saves the position while the page is scrolled, and opens external links in tabs of their own.
  watch(frame) {
    frame.contentWindow.addEventListener('scroll', () => this.savePosition(), { passive: true })
    frame.contentDocument.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]')
      if (!link || !isExternal(link.href)) return
      event.preventDefault()
      window.open(link.href, '_blank', 'noopener')
    })
    this.savePosition()
  }
}
