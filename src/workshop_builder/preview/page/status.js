// The line that says how things stand.

const line = document.getElementById('status')

// Shows `state`, of which `tab` is looked at; null says that the server does not answer.
export function setStatus(state, tab) {
  const [kind, text] = state ? words(state, tab) : ['gone', gone]
  if (line.textContent !== text) line.textContent = text
  line.dataset.kind = kind
}

const gone = 'The preview has ended. Start it again: workshop preview'

function words(state, tab) {
  const again = state.restarted ? 'The engine stopped and was started anew. ' : ''
  const draft = tab?.draft ? 'Draft: the whole is being set' : ''
  if (state.busy) return ['busy', `${again}${draft || 'Making'}…`]
  if (state.faults.length) return ['wrong', `${again}Not made: ${many(state.faults.length)} to mend`]
  const time = new Date(1000 * state.rested).toLocaleTimeString('en-GB')
  return ['good', `${again}Up to date at ${time}`]
}

export const many = number => number === 1 ? '1 thing' : `${number} things`
