internal import Agent
internal import JSON

/// The rows of the knowledge base in lines: what `portcullis knowledge list` prints.
enum KnowledgeListing {
    /// Characters of a category and of a question that stand in a line for people.
    static let categoryCharactersMax = 24, questionCharactersMax = 80

    /// Id, category and question of each row in columns, each line with its end.
    static func columns(_ passages: [Passage]) -> [[UInt8]] {
        let rows = passages.map { passage in
            (
                id: String(decoding: passage.id, as: UTF8.self),
                category: shown(passage.category, charactersMax: categoryCharactersMax),
                question: shown(passage.question, charactersMax: questionCharactersMax)
            )
        }
        let idWidth = rows.map(\.id.count).max() ?? 0
        let categoryWidth = rows.map(\.category.count).max() ?? 0
        return rows.map { row in
            let line = "\(padded(row.id, to: idWidth))  \(padded(row.category, to: categoryWidth))  \(row.question)"
            return Array((line + "\n").utf8)
        }
    }

    /// All of each row as an object in a line with its end.
    static func objects(_ passages: [Passage]) -> [[UInt8]] {
        passages.map { passage in
            var json = JSONWriter()
            json.object { json in
                json.member("id", passage.id)
                json.member("question", passage.question)
                json.member("answer", passage.answer)
                json.member("category", passage.category)
                json.name("variants")
                json.array { json in for variant in passage.variants { json.string(variant) } }
                if let source = passage.source {
                    json.member("source", source.document)
                    if let page = source.page { json.member("page", page) }
                }
            }
            return json.bytes + [0x0A]
        }
    }

    /// A text cut to its first characters, in one line that a terminal cannot take for anything else.
    private static func shown(_ text: [UInt8], charactersMax: Int) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: plain.append(" ")
            default: plain.append(isDirection(scalar) ? " " : scalar)
            }
        }
        let characters = String(plain)
        return characters.count > charactersMax ? characters.prefix(charactersMax - 1) + "…" : characters
    }

    /// Bidirectional controls, which make a line read otherwise than it is (UAX #9 §2).
    private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

extension KnowledgeCommands {
    /// The rows in force, in the order of their file: a line each, with its end.
    /// - Parameter isJSON: whether each is an object with all of the row, or columns for people.
    /// - Throws: `CommandFailure`: 66 where there is no database, 74, 75.
    public static func list(database: String, isJSON: Bool) async throws(CommandFailure) -> [[UInt8]] {
        let passages = try await passages(of: try openExisting(database), database)
        return isJSON ? KnowledgeListing.objects(passages) : KnowledgeListing.columns(passages)
    }

    static func passages(of base: KnowledgeBase, _ database: String) async throws(CommandFailure) -> [Passage] {
        do throws(AgentError) { return try await base.passages() } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}
