/// How a report looks: on paper, on a light and on a dark screen.
enum ReportStyle {
    static let text: StaticString = """
        :root { color-scheme: light dark; --ink: #1a1a1a; --dim: #555; --line: #ccc; --ground: #fff; --soft: #f4f4f4 }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e8e8; --dim: #aaa; --line: #444; --ground: #161616; --soft: #222 }
        }
        body { color: var(--ink); background: var(--ground); font: 15px/1.45 system-ui, sans-serif; max-width: 60em;
          margin: 2em auto; padding: 0 1em }
        h1 { font-size: 1.4em; overflow-wrap: anywhere } h2 { font-size: 1.05em; margin: 1.6em 0 .4em }
        .verdict { font-size: 1.2em; font-weight: 600; border-left: .3em solid var(--dim); padding-left: .7em }
        table { border-collapse: collapse; width: 100%; margin: .4em 0 }
        th, td { text-align: left; vertical-align: top; padding: .25em .6em .25em 0; border-bottom: 1px solid var(--line);
          overflow-wrap: anywhere }
        th { color: var(--dim); font-weight: 500 } .pairs th { width: 14em }
        pre { background: var(--soft); padding: .7em; white-space: pre-wrap; overflow-wrap: anywhere }
        @media print {
          :root { --ink: #000; --dim: #333; --line: #999; --ground: #fff; --soft: #fff }
          body { font-size: 10pt; margin: 0; max-width: none } h2, tr, pre { break-inside: avoid; break-after: auto }
          h2 { break-after: avoid }
        }
        """
}
