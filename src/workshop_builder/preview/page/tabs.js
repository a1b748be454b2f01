// The bar of tabs: one stop of the Tab key, then the arrow keys.

export class Tabs {
  constructor(bar, choose) {
    this.bar = bar
    this.choose = choose
    bar.addEventListener('keydown', event => this.move(event))
  }

  show(tabs, chosen, language) {
    const wanted = tabs.map(tab => `${tab.product}\n${tab.title}`).join('\n')
    if (wanted !== this.wanted) this.build(tabs, language)
    this.wanted = wanted
    for (const [index, button] of [...this.bar.children].entries()) {
      const mine = tabs[index].product === chosen
      const was = button.getAttribute('aria-selected') === 'true'
      button.setAttribute('aria-selected', mine)
      button.tabIndex = mine ? 0 : -1
      button.classList.toggle('waiting', !tabs[index].made)
      if (mine && !was) button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
  }

  build(tabs, language) {
    const focused = this.bar.contains(document.activeElement)
      ? document.activeElement.dataset.product : null
    this.bar.replaceChildren(...tabs.map(tab => {
      const button = document.createElement('button')
      button.type = 'button'
      button.id = tabName(tab.product)
      button.dataset.product = tab.product
      button.setAttribute('role', 'tab')
      button.setAttribute('aria-controls', panelName(tab.product))
      button.textContent = tab.title
      button.lang = language
      button.addEventListener('click', () => this.choose(tab.product))
      return button
    }))
    if (focused) document.getElementById(tabName(focused))?.focus()
  }

  move(event) {
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

  owns(product, panel) {
    panel.id = panelName(product)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tabName(product))
  }
}

const tabName = product => `tab-${product}`
const panelName = product => `panel-${product}`
