import Foundation
import Testing

/// `portcullis knowledge import`, `versions` and `rollback`, on tables, documents and folders.
@Suite(.enabled(if: Place.options.isEmpty, "a sanitizer takes more memory and calls than an extraction may"))
struct `Importing knowledge by hand` {
    private static let head = "id,question,answer,category,variants\n"

    /// A folder with documents, `handbook`.
    private func handbook(in scratch: Scratch) async throws -> String {
        try await succeed(
            "python3", [Place.root.path + "/Tests/EndToEnd/Support/documents.py", scratch.file("all")],
            scratch: scratch)
        let folder = scratch.file("handbook")
        try FileManager.default.createDirectory(atPath: folder + "/cards", withIntermediateDirectories: true)
        for (name, place) in [
            ("good.pdf", "cards/fees.pdf"), ("good.docx", "cards/karten.docx"), ("good.html", "account.html"),
            ("encrypted.pdf", "secret.pdf"), ("plain.txt", "note.txt"),
        ] {
            try FileManager.default.copyItem(atPath: scratch.file("all/\(name)"), toPath: "\(folder)/\(place)")
        }
        try write("# Vault\n\nThe vault is below the crater.\n".utf8, to: folder + "/vault.md")
        try write([0x89, 0x50, 0x4E, 0x47], to: folder + "/logo.png")
        try write("hidden".utf8, to: folder + "/.hidden.txt")
        try FileManager.default.createSymbolicLink(atPath: folder + "/link.txt", withDestinationPath: "/etc/hostname")
        return folder
    }

    @Test func `a folder's documents and a table become one knowledge base, and a second import tells what changed`()
        async throws
    {
        let scratch = try Scratch()
        let (folder, database) = (try await handbook(in: scratch), scratch.file("k.db"))
        let paths = [Place.root.path + "/knowledge/faq.csv", folder]
        func take(_ options: String...) async throws -> Finished {
            try await run(
                Place.binary, ["knowledge", "import", "--database", database] + options + paths, scratch: scratch)
        }
        let dry = try await take("--dry-run")
        #expect(dry.status == 0 && dry.text.contains("nothing was changed: 111 added"), "\(dry.text) \(dry.errors)")
        #expect(!FileManager.default.fileExists(atPath: database))
        let first = try await take()
        #expect(first.status == 0, "\(first.errors)")
        #expect(
            first.text.contains("106 rows taken, 0 refused\n5 documents taken, 1 refused: 5 passages"), "\(first.text)")
        #expect(first.text.contains("2 files of other kinds passed over"), "the image and the link: \(first.text)")
        #expect(first.text.contains("version 1: 111 added, 0 changed, 0 unchanged, 0 removed"), "\(first.text)")
        #expect(first.errors.contains("handbook/secret.pdf: it takes a password"), "\(first.errors)")
        let found = try await portcullis(
            "knowledge", "search", "--database", database, "yearly fee for students", scratch: scratch)
        #expect(found.text.contains("(handbook/cards/fees.pdf, page 1)"), "\(found.text)")
        #expect(found.text.contains("\nconfidence 0."), "\(found.text)")

        try write("# Vault\n\nThe vault has moved.\n".utf8, to: folder + "/vault.md")
        try FileManager.default.removeItem(atPath: folder + "/note.txt")
        let second = try await take("--strict")
        #expect(second.status == 65, "a document was refused")
        #expect(second.text.contains("version 2: 0 added, 1 changed, 109 unchanged, 1 removed"), "\(second.text)")
        let listed = try await portcullis("knowledge", "list", "--database", database, "--json", scratch: scratch)
        #expect(listed.text.contains(#""source":"handbook/cards/fees.pdf","page":1"#), "\(listed.text.suffix(900))")

        let back = try await portcullis("knowledge", "rollback", "--database", database, scratch: scratch)
        #expect(back.text.hasPrefix("version 3 is version 1 again: 1 added, 1 changed"), "\(back.text) \(back.errors)")
        let versions = try await portcullis("knowledge", "versions", "--database", database, scratch: scratch)
        #expect(versions.text.contains("111 passages  in force  the same as 1"), "\(versions.text)")
        let unknown = try await portcullis("knowledge", "rollback", "--database", database, "9", scratch: scratch)
        #expect(unknown.status == 69 && unknown.errors.contains("it keeps 2, 1"), "\(unknown.errors)")
    }

    @Test func `a gateway that serves takes an import and a rollback`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let file = deployment.scratch.file("vault.md")
        try write("# Where is the vault of the moon?\n\nBelow the crater.\n".utf8, to: file)
        let taken = try await portcullis(
            "knowledge", "import", "--database", deployment.database, file, scratch: deployment.scratch)
        #expect(taken.status == 0, "\(taken.errors)")
        func knows() async -> Bool {
            (try? await gateway.ask("Where is the vault of the moon?"))?.text.contains("Below the crater") == true
        }
        #expect(await eventually { await knows() })
        let back = try await portcullis(
            "knowledge", "rollback", "--database", deployment.database, scratch: deployment.scratch)
        #expect(back.status == 0, "\(back.errors)")
        #expect(await eventually { await !knows() })
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `an import that is killed leaves the version before in force`() async throws {
        let scratch = try Scratch()
        let database = scratch.file("k.db")
        let small = scratch.file("small.csv")
        try write((Self.head + "a,Where is the vault?,Below.,c,\n").utf8, to: small)
        let first = try await portcullis("knowledge", "import", "--database", database, small, scratch: scratch)
        #expect(first.status == 0, "\(first.errors)")
        let rows = (0..<60_000).map { "row\($0),Question number \($0) of the table?,Answer \($0).,c,\n" }
        try write((Self.head + rows.joined()).utf8, to: scratch.file("large.csv"))
        let child = try Child(
            Place.binary, ["knowledge", "import", "--database", database, scratch.file("large.csv")], scratch: scratch)
        // It writes once the journal grows.
        let journal = database + "-wal"
        #expect(
            await eventually {
                let size = (try? FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int) ?? 0
                return size > 500_000 || child.ending != nil
            })
        child.signal(SIGKILL)
        #expect(try await child.wait() == .killed(signal: SIGKILL), "it was done before it was killed: \(child.output)")
        let found = try await portcullis("knowledge", "search", "--database", database, "vault", scratch: scratch)
        #expect(found.status == 0 && found.text.contains("Below."), "\(found.text) \(found.errors)")
        let versions = try await portcullis("knowledge", "versions", "--database", database, scratch: scratch)
        #expect(versions.text.contains("1 passages  in force") && !versions.text.contains("\n2"), "\(versions.text)")
        let again = try await portcullis("knowledge", "import", "--database", database, small, scratch: scratch)
        #expect(again.text.contains("version 2: 0 added, 0 changed, 1 unchanged"), "\(again.text) \(again.errors)")
    }

    private static let good = "a,Where is the vault?,Below.,c,\n"

    /// Tables by name: an argument is printed, and some of these are large.
    private static func hostile(_ name: String) -> String {
        switch name {
        case "another head": "question,id,answer,category,variants\n" + good
        case "an id twice": head + good + "a,Again?,No.,c,\n"
        case "a quote that is never closed": head + "b,\"Never closed?,No.,c,\n" + good
        case "a quote inside": head + "b,say \"no\",No.,c,\n" + good
        case "a bell": head + "b,What?,\u{7},c,\n" + good
        case "two columns": head + "b,What?\n" + good
        case "a million rows": head + String(repeating: "x,q,a,c,\n", count: 1_000_000)
        case "a field of 17 MiB": head + "b,q," + String(repeating: "x", count: 17 * 1024 * 1024)
        default: ""
        }
    }

    @Test(arguments: [
        ("another head", 65, "line 1: found question,id"), ("nothing", 65, "line 1: found no line"),
        ("an id twice", 0, "line 3: id is the same as on line 2"),
        ("a quote that is never closed", 0, "line 2: a quote is not closed"),
        ("a quote inside", 0, "line 2: a quote is not closed or stands where none may be"),
        ("a bell", 0, "line 2: answer has a control character"),
        ("two columns", 0, "line 2: found 2 columns, wanted 5"),
        ("a million rows", 65, "it has more than 100000 rows"),
        ("a field of 17 MiB", 65, "it is larger than 16777216 bytes"),
    ]) func `a hostile table gets a bounded and clear answer`(name: String, status: Int32, error: String) async throws {
        let scratch = try Scratch()
        try write(Self.hostile(name).utf8, to: scratch.file("t.csv"))
        let finished = try await portcullis(
            "knowledge", "import", "--database", scratch.file("k.db"), scratch.file("t.csv"), scratch: scratch)
        #expect(finished.status == status && finished.errors.contains(error), "\(finished.errors.prefix(400))")
        #expect(finished.errors.utf8.count < 200_000)
        #expect((status == 0) == finished.text.contains("1 rows taken"))
    }

    @Test func `what cannot be imported is named, with the mend`() async throws {
        let scratch = try Scratch()
        let database = scratch.file("k.db")
        let missing = try await portcullis(
            "knowledge", "import", "--database", database, scratch.file("none"), scratch: scratch)
        #expect(missing.status == 66, "\(missing.errors)")
        try FileManager.default.createDirectory(atPath: scratch.file("empty"), withIntermediateDirectories: true)
        let empty = try await portcullis(
            "knowledge", "import", "--database", database, scratch.file("empty"), scratch: scratch)
        #expect(empty.status == 65 && empty.errors.contains("nothing could be taken"), "\(empty.errors)")
        for folder in ["a", "b"] {
            try FileManager.default.createDirectory(atPath: scratch.file(folder), withIntermediateDirectories: true)
            try write("text".utf8, to: scratch.file(folder + "/same.txt"))
        }
        let twice = try await portcullis(
            "knowledge", "import", "--database", database, scratch.file("a/same.txt"), scratch.file("b/same.txt"),
            scratch: scratch)
        #expect(twice.status == 65 && twice.errors.contains("two documents are called so"), "\(twice.errors)")
        let both = try await portcullis(
            "knowledge", "import", "--database", database, scratch.file("a"), scratch.file("b"), scratch: scratch)
        #expect(both.status == 0 && both.text.contains("1 that were there already"), "\(both.text) \(both.errors)")
    }
}
