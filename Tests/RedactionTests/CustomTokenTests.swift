import Testing

@testable import Redaction

@Suite struct CustomTokenTests {
    private let redactor: Redactor

    init() throws {
        redactor = Redactor(
            policy: try customPolicy(
                employee("action: \"tokenise\"") + """
                    , {name: "DESK", pattern: "D[0-9]{3}", confidence_ppm: 900000, action: "tokenise", examples: ["D123"]}
                    """))
    }

    private func vault(_ text: String = "EMP-123456 D123") throws -> Vault {
        var vault = Vault()
        _ = try redactor.redact(Array(text.utf8), into: &vault)
        return vault
    }

    private func restore(_ text: String, _ vault: borrowing Vault) -> String {
        String(decoding: vault.restore(Array(text.utf8)), as: UTF8.self)
    }

    @Test func `the same value has the same token, another another`() throws {
        var vault = Vault()
        let text = Array("EMP-000001 EMP-000002 EMP-000001".utf8)
        let sent = try redactor.redact(text, into: &vault).bytes
        #expect(String(decoding: sent, as: UTF8.self) == "[EMPLOYEE_ID_1] [EMPLOYEE_ID_2] [EMPLOYEE_ID_1]")
        #expect(vault.restore(sent) == text)
    }

    @Test(arguments: [
        "[EMPLOYEE_ID_1]", "[employee_id_1]", "[Employee ID 1]", "[EMPLOYEE-ID-1]", "[ EMPLOYEE_ID _1]",
        "[EMPLOYEE_IDS_1]", "EMPLOYEE_ID_1", "EMPLOYEE\\_ID\\_1", "\\[EMPLOYEE\\_ID\\_1\\]", "{EMPLOYEE_ID_1}",
        "<EMPLOYEE ID 1>", "&#91;EMPLOYEE&#95;ID&#95;1&#93;", "%5BEMPLOYEE%5FID%5F1%5D", "【EMPLOYEE_ID_1】",
        "［EMPLOYEE＿ID＿1］", "[EMPLOYEE_ID1]", "[EMPLOYEE: ID: 1]".replacing(": ", with: ":"),
    ])
    func `an altered token is restored whole, however it is cut`(_ token: String) throws {
        let vault = try vault()
        let text = Array("ask \(token), please".utf8)
        #expect(restore("ask \(token), please", vault) == "ask EMP-123456, please")
        for cut in text.indices {
            var stream = RestoreStream()
            var output = stream.feed(Array(text[..<cut]), from: vault)
            output += stream.feed(Array(text[cut...]), from: vault)
            output += stream.finish(from: vault)
            #expect(String(decoding: output, as: UTF8.self) == "ask EMP-123456, please", "\(cut)")
        }
    }

    @Test(arguments: [
        "[EMPLOYEE_1]", "[EMPLOYEE_ID_2]", "[EMPLOYEE__ID_1]", "EMPLOYEE ID 1", "employee_id_1", "(employee id 1)",
        "MY_EMPLOYEE_ID_1", "[MY_EMPLOYEE_ID_1]", "[EMPLOYEE_ID_NO_1]", "[EMPLOYEEID_1]", "EMPLOYEE_ID_1x", "[ID_1]",
        "[EMPLOYEE_ID]", "[DESK_ID_1]", "<employee id 1>", "EMPLOYEE-ID_1",
    ])
    func `what is no token of the vault stays`(_ text: String) throws {
        #expect(restore("ask \(text), please", try vault()) == "ask \(text), please")
    }

    @Test func `a vault that has no such type knows no such token`() {
        #expect(restore("[EMPLOYEE_ID_1] [EMAIL_1]", Vault()) == "[EMPLOYEE_ID_1] [EMAIL_1]")
    }

    @Test func `a token that stands in the text is not given out`() throws {
        var vault = Vault()
        let text = Array("is [employee id 1] or EMP-123456?".utf8)
        let sent = try redactor.redact(text, into: &vault).bytes
        #expect(String(decoding: sent, as: UTF8.self) == "is [employee id 1] or [EMPLOYEE_ID_2]?")
        #expect(vault.restore(sent) == text)
    }

    @Test func `a token of a type in another place of another policy is the same`() throws {
        var vault = try vault("EMP-123456 D123")
        let other = Redactor(
            policy: try customPolicy(
                """
                {name: "DESK", pattern: "D[0-9]{3}", confidence_ppm: 900000, action: "tokenise", examples: ["D123"]},
                {name: "FLOOR", pattern: "F[0-9]{3}", confidence_ppm: 900000, action: "tokenise", examples: ["F123"]},
                """ + employee("action: \"tokenise\"")))
        let sent = try other.redact(Array("D123 D124 F100 EMP-123456".utf8), into: &vault).bytes
        #expect(String(decoding: sent, as: UTF8.self) == "[DESK_1] [DESK_2] [FLOOR_1] [EMPLOYEE_ID_1]")
        #expect(restore("[FLOOR_1] [DESK_2] [EMPLOYEE_ID_1]", vault) == "F100 D124 EMP-123456")
    }

    @Test func `a vault learns so many types and no more`() throws {
        var types = TokenTypes()
        for place in 0..<TokenTypes.customMax {
            let letters = [place / 26 % 26, place % 26].map { UInt8(ascii: "A") + UInt8($0) }
            let name = try #require(InlineName(Array("QX".utf8) + letters))
            let isLearnt = types.learn(DetectorType(custom: name, place: 0, masking: .placeholder))
            #expect(isLearnt)
        }
        let name = try #require(InlineName("QY".utf8))
        let isLearnt = types.learn(DetectorType(custom: name, place: 0, masking: .placeholder))
        #expect(!isLearnt)
        #expect(types.count == DetectorType.all.count + TokenTypes.customMax)
    }

    // MARK: Sealed

    /// Turns each byte over, for tests.
    private struct Cipher: VaultCipher {
        func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]? { plaintext.map { ~$0 } }
        func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]? { sealed.map { ~$0 } }
    }

    @Test func `a sealed vault knows the types of its own tokens`() throws {
        var vault = Vault()
        _ = try redactor.redact(Array("[DESK_1] EMP-123456 D123 a@example.com".utf8), into: &vault)
        let sealed = try vault.sealed(by: Cipher(), session: [1])
        var opened = try Vault.open(sealed, by: Cipher(), session: [1])
        #expect(restore("[EMPLOYEE_ID_1] [desk 2] [DESK_1]", opened) == "EMP-123456 D123 [DESK_1]")
        let again = try redactor.redact(Array("D124 EMP-123456".utf8), into: &opened).bytes
        #expect(String(decoding: again, as: UTF8.self) == "[DESK_3] [EMPLOYEE_ID_1]")
    }

    @Test(arguments: ["employee_id", "EMPLOYEE__ID", "_ID", "ID_", "", "EMPLOYEE ID", "A_B_C_D_E"])
    func `a sealed vault with a stem that no type may have is refused`(_ stem: String) {
        let token = [UInt8(stem.utf8.count)] + Array(stem.utf8) + [0, 0, 0, 1]
        let plaintext = [0, 0, 0, 1] + token + [0, 0, 0, 1, 0x78, 0, 0, 0, 0]
        let sealed = Array("PCVT".utf8) + [1] + plaintext.map { ~$0 }
        var thrown: VaultError?
        do throws(VaultError) { _ = try Vault.open(sealed, by: Cipher(), session: [1]) } catch { thrown = error }
        #expect(thrown == .malformed)
    }
}
