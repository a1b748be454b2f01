// What is on the sheet, in its order, with the doses that differ.
import { element } from './elements.js'
import { picture } from './picker.js'
import { Field } from './fields.js'

export class Order {
  constructor(studio) {
    this.studio = studio
    this.open = new Set() // the exercises whose dose is shown
    const { words } = studio
    this.list = element('ol', { class: 'chosen' })
    this.nothing = element('p', { class: 'hint' }, words.nothing_chosen, ' ', words.hint)
    this.fault = element('p', { class: 'fault', lang: 'en', role: 'alert', hidden: '' })
    this.node = element('section', { class: 'order', 'aria-label': words.chosen },
      element('h2', {}, words.chosen), this.nothing, this.list, this.fault)
    this.node.addEventListener('dragover', event => event.preventDefault())
    this.node.addEventListener('drop', event => this.drop(event))
    this.fill()
  }

  // Shows the exercises again; `focus` names one, and which of its buttons is to have the focus.
  fill(focus) {
    const ids = this.studio.chosen
    this.fields = new Map()
    this.list.replaceChildren(...ids.map((id, place) => this.row(id, place, ids.length)))
    this.nothing.hidden = ids.length > 0
    if (!focus) return
    const row = this.list.children[ids.indexOf(focus.id)]
    const button = row?.querySelector(`[data-does="${focus.does}"]:not(:disabled)`)
    ;(button ?? row?.querySelector('button:not(:disabled)'))?.focus()
  }

  row(id, place, total) {
    const item = this.studio.byId.get(id) ?? { id, name: id, own: {}, dose: '' }
    const { name } = item
    const row = element('li', { draggable: 'true' },
      element('div', { class: 'line' }, picture(item), element('span', { class: 'name' }, name),
        this.button('move_up', '↑', name, place === 0, () => this.move(id, place - 1, 'move_up')),
        this.button('move_down', '↓', name, place === total - 1, () => this.move(id, place + 1, 'move_down')),
        this.button('remove', '×', name, false, () => this.remove(id, place))),
      this.dose(item))
    row.addEventListener('dragstart', event => event.dataTransfer.setData('text/plain', id))
    row.addEventListener('keydown', event => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!event.altKey || !step) return
      event.preventDefault()
      this.move(id, place + step, step < 0 ? 'move_up' : 'move_down')
    })
    return row
  }

  button(does, sign, name, disabled, act) {
    const button = element('button', {
      type: 'button', class: 'sign', 'data-does': does, 'aria-label': this.studio.say(does, { name }),
    }, sign)
    button.disabled = disabled
    button.addEventListener('click', act)
    return button
  }

  move(id, place, does) { this.studio.insert(id, place, { id, does }) }

  remove(id, place) {
    const next = this.studio.chosen[place + 1] ?? this.studio.chosen[place - 1]
    this.studio.choose(this.studio.chosen.filter(other => other !== id), next && { id: next, does: 'remove' })
    this.studio.announce(this.studio.say('removed', { name: this.studio.byId.get(id)?.name ?? id }))
  }

  drop(event) {
    const id = event.dataTransfer.getData('text/plain')
    if (!this.studio.byId.has(id)) return
    event.preventDefault()
    const others = [...this.list.children].filter((_, place) => this.studio.chosen[place] !== id)
    const below = others.findIndex(row => {
      const { top, height } = row.getBoundingClientRect()
      return event.clientY < top + height / 2
    })
    this.studio.insert(id, below < 0 ? others.length : below)
  }

  dose(item) {
    const { words, student } = this.studio
    const details = element('details', {}, element('summary', {},
      element('span', { class: 'unseen' }, this.studio.say('dose', { name: item.name }), ': '),
      item.dose || words.hold))
    details.open = this.open.has(item.id) || item.id in (student.doses ?? {})
    details.addEventListener('toggle', () =>
      details.open ? this.open.add(item.id) : this.open.delete(item.id))
    const names = [item.own.takes ? 'takes' : 'hold', 'repeat', 'sides', 'frequency']
    const fields = names.map(name => {
      const value = student.doses?.[item.id]?.[name] ?? ''
      const choices = name === 'sides' ? [['', words.as_usual],
        ...['each', 'both', 'none'].map(key => [key, words[`sides_${key}`]])] : null
      const field = new Field({ label: words[name], value, choices, placeholder: item.own[name] ?? '',
        change: typed => this.set(item.id, name, typed) })
      this.fields.set(`${item.id} ${name}`, field)
      return field.node
    })
    details.append(element('div', { class: 'doses' }, ...fields))
    return details
  }

  set(id, name, typed) {
    const { [name]: _, ...others } = this.studio.student.doses?.[id] ?? {}
    this.studio.dose(id, typed ? { ...others, [name]: typed } : others)
  }

  // Shows what is wrong beside the field it is about, or else below the list.
  showFaults(faults) {
    for (const field of this.fields.values()) field.setFault('')
    const others = []
    for (const { place, text } of faults) {
      if (!['doses', 'exercises'].includes(place[0])) continue
      const field = this.fields.get(`${place[1]} ${place[2]}`)
      if (field) field.setFault(text)
      else others.push(text)
    }
    this.fault.textContent = others.join(' ')
    this.fault.hidden = !others.length
  }
}
