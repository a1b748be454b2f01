// The exercises as pictures, to be found and chosen.
import { element, selection } from './elements.js'

const filters = ['target', 'kind', 'position', 'need', 'suits']

export class Picker {
  constructor(studio) {
    this.studio = studio
    this.wanted = {}
    const { words } = studio
    this.search = element('input', { type: 'search', autocomplete: 'off' })
    this.search.addEventListener('input', () => this.filter())
    this.count = element('p', { class: 'count', role: 'status' })
    this.list = element('ul', { class: 'cards' }, ...studio.catalogue.exercises.map(each => this.card(each)))
    const searching = element('label', { class: 'search' }, element('span', {}, words.search), this.search)
    this.node = element('section', { class: 'picker', 'aria-label': words.exercises },
      element('h2', {}, words.exercises),
      element('div', { class: 'filters' }, searching, ...filters.map(name => this.selection(name)),
        this.groups()),
      this.count, this.list)
    this.filter()
    this.mark()
  }

  // What an exercise has of a filter.
  values(name, item) {
    const { conditions } = this.studio.catalogue
    if (name === 'target') return item.targets
    if (name === 'need') return item.needs
    if (name === 'suits') return Object.keys(conditions).filter(key => !item.avoid.includes(key))
    return item[name] ? [item[name]] : []
  }

  selection(name) {
    const { words, catalogue } = this.studio
    const found = new Set(catalogue.exercises.flatMap(item => this.values(name, item)))
    const listed = name === 'suits' ? Object.entries(catalogue.conditions)
      : [...found].sort((a, b) => a.localeCompare(b)).map(value => [value, value])
    const label = selection(words[name], [['', words.any], ...listed], '', value => {
      this.wanted[name] = value
      this.filter()
    })
    label.hidden = listed.length < 2 && name !== 'suits' || !listed.length
    return label
  }

  // A list of the groups; the one that is chosen goes onto the sheet, and the list is as before.
  groups() {
    const { words, catalogue } = this.studio
    const listed = Object.keys(catalogue.groups).map(name => [name, name])
    const label = selection(words.add_group, [['', words.choose], ...listed], '', name => {
      label.querySelector('select').value = ''
      if (name) this.studio.choose([...new Set([...this.studio.chosen, ...catalogue.groups[name]])])
    })
    label.hidden = !listed.length
    return label
  }

  card(item) {
    const button = element('button', { type: 'button', 'aria-pressed': 'false' },
      picture(item), element('strong', {}, element('span', { class: 'number' }, item.number), ` ${item.name}`),
      element('small', {}, [...item.targets.slice(0, 2)].join(', ')), element('small', {}, item.dose))
    button.addEventListener('click', () => this.studio.toggle(item.id))
    const edit = element('a', { class: 'edit', href: '#.content', 'aria-label': this.studio.say('edit', item) }, '✎')
    edit.addEventListener('click', event => {
      event.preventDefault()
      dispatchEvent(new CustomEvent('edit', { detail: item.path }))
    })
    const card = element('li', { draggable: 'true' }, button, edit)
    card.addEventListener('dragstart', event => {
      event.dataTransfer.setData('text/plain', item.id)
      event.dataTransfer.effectAllowed = 'copyMove'
    })
    card.item = item
    return card
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean)
    let found = 0
    for (const card of this.list.children) {
      const { item } = card
      const text = [item.number, item.name, item.kind, item.position, item.text, ...item.targets, ...item.needs]
        .join(' ').toLowerCase()
      const fits = filters.every(name =>
        !this.wanted[name] || this.values(name, item).includes(this.wanted[name]))
      card.hidden = !fits || !words.every(word => text.includes(word))
      found += !card.hidden
    }
    this.count.textContent = found ? this.studio.say(found === 1 ? 'found_one' : 'found', { n: found })
      : this.studio.words.none_found
  }

  mark() {
    for (const card of this.list.children)
      card.firstChild.setAttribute('aria-pressed', this.studio.chosen.includes(card.item.id))
  }
}

export const picture = item => item.picture
  ? element('img', { src: `/studio/picture/${item.picture}`, alt: '', loading: 'lazy', draggable: 'false' })
  : element('span', { class: 'no-picture' })
