/// Writes HTML in which text cannot become markup: names of elements are literals of the program, and everything else is
/// escaped on its way in.
struct HTMLWriter {
    /// What was written so far.
    private(set) var text = ""

    /// Markup of the program's own.
    mutating func raw(_ markup: StaticString) { text += "\(markup)" }

    /// An element with what `body` writes in it.
    mutating func element(_ name: StaticString, class kind: StaticString? = nil, _ body: (inout HTMLWriter) -> Void) {
        text += "<\(name)"
        if let kind { text += " class=\"\(kind)\"" }
        text += ">"
        body(&self)
        text += "</\(name)>\n"
    }

    /// An element with text in it.
    mutating func element(_ name: StaticString, class kind: StaticString? = nil, _ content: String) {
        element(name, class: kind) { $0.write(content) }
    }

    /// A text.
    mutating func write(_ content: String) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// A table with a head.
    mutating func table(_ head: [String], _ rows: [[String]]) {
        element("table") { html in
            html.element("thead") { html in
                html.element("tr") { html in
                    for name in head {
                        html.raw("<th scope=\"col\">")
                        html.write(name)
                        html.raw("</th>")
                    }
                }
            }
            html.element("tbody") { html in
                for row in rows {
                    html.element("tr") { html in for cell in row { html.element("td", cell) } }
                }
            }
        }
    }

    /// A table of names and values.
    mutating func pairs(_ rows: [(String, String)]) {
        element("table", class: "pairs") { html in
            html.element("tbody") { html in
                for (name, value) in rows {
                    html.element("tr") { html in
                        html.raw("<th scope=\"row\">")
                        html.write(name)
                        html.raw("</th>")
                        html.element("td", value)
                    }
                }
            }
        }
    }
}
