// A field of a form: its label, what is typed, and what is wrong with it.
import { element } from './elements.js'

let count = 0

export class Field {
  // `choices` are pairs of a value and its text, for a list; without them, text is typed.
  constructor({ label, value, change, choices = null, placeholder = '', type = 'text', rows = 0, more = {} }) {
    const id = `field-${++count}`
    this.fault = element('span', { class: 'fault', id: `${id}-fault`, lang: 'en', hidden: '' })
    this.input = choices ? element('select', {}, ...choices.map(([key, text]) => element('option', { value: key }, text)))
      : rows ? element('textarea', { rows }) : element('input', { type, placeholder, autocomplete: 'off' })
    for (const [key, each] of Object.entries({ id, ...more })) this.input.setAttribute(key, each)
    this.input.value = value
    this.input.addEventListener('input', () => change(this.input.value.trim()))
    this.node = element('div', { class: 'field' }, element('label', { for: id }, label), this.input, this.fault)
  }

  setFault(text) {
    this.fault.textContent = text
    this.fault.hidden = !text
    if (text) {
      this.input.setAttribute('aria-invalid', 'true')
      this.input.setAttribute('aria-describedby', this.fault.id)
    } else {
      this.input.removeAttribute('aria-invalid')
      this.input.removeAttribute('aria-describedby')
    }
  }
}
