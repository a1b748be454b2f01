// The bar of tabs: the Tab key reaches it once, and the arrow keys move within it.

export class Tabs {
  constructor(bar, choose) {
    this.bar = bar
    this.choose = choose
    bar.addEventListener('keydown', event => this.moveFocus(event))
  }

  show(tabs, chosen, language) {
    const names = tabs.map(tab => `${tab.product}\n${tab.title}`).join('\n')
    if (names !== this.names) this.build(tabs, language)
    this.names = names
    for (const [index, button] of [...this.bar.children].entries()) {
      const isChosen = tabs[index].product === chosen
      const wasChosen = button.getAttribute('aria-selected') === 'true'
      button.setAttribute('aria-selected', isChosen)
      button.tabIndex = isChosen ? 0 : -1
      button.classList.toggle('waiting', !tabs[index].made)
      if (isChosen && !wasChosen) button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
  }

  build(tabs, language) {
    const focused = this.bar.contains(document.activeElement)
      ? document.activeElement.dataset.product : null
    this.bar.replaceChildren(...tabs.map(tab => {
      const button = document.createElement('button')
      button.type = 'button'
      button.id = tabId(tab.product)
      button.dataset.product = tab.product
      button.setAttribute('role', 'tab')
      button.setAttribute('aria-controls', panelId(tab.product))
      button.textContent = tab.title
      button.lang = tab.lang ?? language
      button.addEventListener('click', () => this.choose(tab.product))
      return button
    }))
    if (focused) document.getElementById(tabId(focused))?.focus()
  }

  moveFocus(event) {
    const buttons = [...this.bar.children]
    const here = buttons.indexOf(document.activeElement)
    if (here < 0) return
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }
    if (!(event.key in steps)) return
    event.preventDefault()
    const next = buttons[(steps[event.key] + buttons.length) % buttons.length]
    next.focus()
    this.choose(next.dataset.product)
  }

  setPanel(product, panel) {
    panel.id = panelId(product)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tabId(product))
  }
}

const tabId = product => `tab-${product}`
const panelId = product => `panel-${product}`
