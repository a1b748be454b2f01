// Pages of the workshop's own in a frame that runs no script: the website.
import { choice, made, outside } from './parts.js'
import { remember, remembered } from './memory.js'

const sandbox = 'allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox'
const sizes = [['desk', 'Desk'], ['phone', 'Phone']]

export class Frame {
  constructor(panel) {
    this.panel = panel
    this.version = ''
    this.size = remembered(`${panel.id} size`, 'desk')
    this.place = remembered(`${panel.id} place`, { path: '', top: 0 })
    this.tools = made('div', { class: 'tools' }, choice('Width', sizes, this.size, size => {
      this.size = size
      remember(`${panel.id} size`, size)
      this.stage.dataset.size = size
    }))
    this.stage = made('div', { class: 'stage', 'data-size': this.size })
    panel.append(this.tools, this.stage)
  }

  start(tab) { return `/site/${encodeURIComponent(tab.product)}/` }

  show(tab, chosen) {
    this.panel.hidden = !chosen
    if (!chosen || !tab.version || tab.version === this.version) return
    this.version = tab.version
    this.renew(tab)
  }

  // The new page is loaded behind the old one, scrolled to the same place, and then shown.
  renew(tab) {
    this.keep()
    const start = this.start(tab)
    const path = this.place.path.startsWith(start) ? this.place.path : start
    const next = made('iframe', { sandbox, src: path, title: tab.title, class: 'coming' })
    const version = tab.version
    next.addEventListener('load', () => {
      if (next.isConnected && version === this.version) this.arrived(next)
      else next.remove()
    }, { once: true })
    this.stage.append(next)
  }

  arrived(next) {
    next.contentWindow.scrollTo({ top: this.place.top, behavior: 'instant' })
    this.tend(next)
    next.addEventListener('load', () => this.tend(next))
    next.classList.remove('coming')
    for (const old of [...this.stage.children]) if (old !== next) old.remove()
  }

  keep() {
    const frame = this.stage.querySelector('iframe:not(.coming)')
    if (!frame?.contentWindow) return
    const { pathname } = frame.contentWindow.location
    if (pathname !== 'blank')
      this.place = { path: pathname, top: frame.contentWindow.scrollY }
    remember(`${this.panel.id} place`, this.place)
  }

  tend(frame) {
    frame.contentWindow.addEventListener('scroll', () => this.keep(), { passive: true })
    frame.contentDocument.addEventListener('click', event => {
      const link = event.target.closest?.('a[href]')
      if (!link || !outside(link.href)) return
      event.preventDefault()
      window.open(link.href, '_blank', 'noopener')
    })
    this.keep()
  }
}
