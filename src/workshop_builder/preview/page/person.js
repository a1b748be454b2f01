// For whom the sheet is: name, days, conditions, a word, and how it is printed.
import { element } from './elements.js'
import { Field } from './fields.js'

export class Person {
  constructor(studio) {
    this.studio = studio
    this.node = element('section', { class: 'person', 'aria-label': studio.words.student })
    this.fill()
  }

  fill() {
    const { words, student, catalogue } = this.studio
    const set = key => value => this.studio.set(key, value)
    const [day = '', hour = ''] = (student.next_visit ?? '').split(/[ T]+/)
    const editions = ['standard', 'large-print', 'ink-saver'].map(key => [key, words[`edition_${key}`]])
    const papers = ['a4', 'letter'].map(key => [key, words[`paper_${key}`]])
    this.fields = {
      name: new Field({ label: words.name, value: student.name ?? '', change: set('name'), more: { maxlength: 80 } }),
      date: new Field({ label: words.date, type: 'date', value: student.date ?? '', change: set('date') }),
      next_visit: new Field({ label: words.next_visit, type: 'date', value: day, change: () => this.setVisit() }),
      time: new Field({ label: words.time, type: 'time', value: hour.padStart(hour && 5, '0'), change: () => this.setVisit() }),
      weeks: new Field({ label: words.weeks, type: 'number', value: student.weeks ?? '', placeholder: catalogue.weeks ?? '',
        change: set('weeks'), more: { min: 1, max: 8 } }),
      pages: new Field({ label: words.pages, type: 'number', value: student.pages ?? '', placeholder: 1,
        change: set('pages'), more: { min: 1, max: 4 } }),
      edition: new Field({ label: words.edition, choices: editions, value: student.edition ?? 'standard',
        change: value => this.studio.set('edition', value === 'standard' ? '' : value) }),
      paper: new Field({ label: words.paper, choices: papers, value: student.paper ?? catalogue.paper,
        change: value => this.studio.set('paper', value === catalogue.paper ? '' : value) }),
      note: new Field({ label: words.note, rows: 3, value: student.note ?? '', change: set('note') }),
    }
    this.fault = element('p', { class: 'fault', lang: 'en', role: 'alert', hidden: '' })
    const { note, ...others } = this.fields
    this.node.replaceChildren(element('h2', {}, words.student),
      element('div', { class: 'fields' }, ...Object.values(others).map(field => field.node)),
      this.conditions(), note.node, this.fault)
  }

  setVisit() {
    const { next_visit: day, time } = this.fields
    this.studio.set('next_visit', [day.input.value, time.input.value].filter(Boolean).join(' '))
  }

  conditions() {
    const { words, student, catalogue } = this.studio
    const boxes = Object.entries(catalogue.conditions).map(([key, text]) => {
      const box = element('input', { type: 'checkbox', value: key })
      box.checked = (student.conditions ?? []).includes(key)
      box.addEventListener('change', () => {
        const others = (this.studio.student.conditions ?? []).filter(other => other !== key)
        this.studio.set('conditions', box.checked ? [...others, key] : others)
      })
      return element('label', {}, box, element('span', {}, text))
    })
    const set = element('fieldset', {}, element('legend', {}, words.conditions), ...boxes)
    set.hidden = !boxes.length
    return set
  }

  showFaults(faults) {
    for (const field of Object.values(this.fields)) field.setFault('')
    const others = []
    for (const { place, text } of faults) {
      if (['doses', 'exercises'].includes(place[0])) continue
      if (this.fields[place[0]]) this.fields[place[0]].setFault(text)
      else others.push(text)
    }
    this.fault.textContent = others.join(' ')
    this.fault.hidden = !others.length
  }
}
