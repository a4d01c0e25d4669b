import Foundation
import Testing

@testable import Agent

@Suite struct `What a message wants done` {
    private func intent(_ text: String) -> Intent? { IntentReader.intent(of: Words(Array(text.utf8))) }

    @Test(arguments: [
        "What's my balance?", "what is my balance", "What’s my account balance?", "balance", "my balance please",
        "Check my balance", "Please tell me my balance.", "Can you tell me my current balance?", "show my balance",
        "How much money do I have?", "how much do i have in my account", "How much is in my account?",
        "I'd like to know my balance", "Hello, could you check my account balance please", "account balance",
        "I want to see my balance", "Can I see my balance?", "Could you give me my balance?", "do you know my balance?",
    ])
    func `asks for the balance`(text: String) { #expect(intent(text) == .balance) }

    @Test(arguments: [
        "Show me my transactions", "show my last five transactions", "What are my latest transactions?",
        "list my recent payments", "recent transactions", "Can you show me my last 10 payments?",
        "my transaction history",
        "I want to see my recent activity", "give me my account history", "What were my last purchases?",
        "I need to see my transactions",
    ])
    func `asks for transactions`(text: String) { #expect(intent(text) == .transactions) }

    @Test(arguments: [
        ("Change my address to 12 High Street, London", CustomerChange.Field.address),
        ("please update my phone number", .phone), ("I want to change my email", .email),
        ("Can you change my e-mail address to [EMAIL_1]?", .email), ("I'd like to update my address please", .address),
        ("My new address is [ADDRESS_1]", .address), ("Could you update my mobile number to [PHONE_1]", .phone),
    ])
    func `wants contact details changed`(text: String, field: CustomerChange.Field) {
        #expect(intent(text) == .changeContact(field))
    }

    @Test(arguments: [
        ("set my preferred language to German", CustomerChange.Field.preferredLanguage),
        ("Switch my statements to paperless", .statements), ("change my marketing choice", .marketing),
    ])
    func `wants the record changed`(text: String, field: CustomerChange.Field) {
        #expect(intent(text) == .changeRecord(field))
    }

    @Test(arguments: [
        "What does my document say?", "show me document D-0123456789abcdefghjkmnpqrs", "show my documents",
        "Could you read the document please", "what is in this document", "Please list my documents",
    ])
    func `wants a document shown`(text: String) { #expect(intent(text) == .document(.retrieveDocument)) }

    @Test(arguments: [
        "Which documents do I need?", "What documents are required to open an account?", "show me the documents I need",
        "How do I send a document?", "Where can I see my documents?", "documents", "what documents do you accept",
    ])
    func `asks about documents`(text: String) { #expect(intent(text) == nil) }

    @Test func `finds the name of a document wherever it stands`() {
        let id = Array("D-0123456789abcdefghjkmnpqrs".utf8)
        for text in [
            "\(String(decoding: id, as: UTF8.self))", "D D-D-0123456789abcdefghjkmnpqrs?",
            "x D-0123456789abcdefghjkmnpqrsx",
        ] {
            #expect(DocumentWords.identifier(in: Array(text.utf8)) == id, "\(text)")
        }
        for text in [
            "", "D", "D-0123456789abcdefghjkmnpqr", "D-0123456789abcdefghjkmnpqru", "d-0123456789abcdefghjkmnpqrs",
        ] {
            #expect(DocumentWords.identifier(in: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test func `asks for the rest`() {
        #expect(intent("What is the status of my account?") == .status)
        #expect(intent("check my account status") == .status)
        #expect(intent("Please summarise our chat") == .summary)
        #expect(intent("Summary please") == .summary && intent("Summarise today's headlines") == nil)
        #expect(intent("Can you give me a summary of this conversation?") == .summary)
    }

    @Test(arguments: [
        "Why did my balance not update?", "How do I check my balance?", "Where can I see my transactions?",
        "My balance is wrong", "Why is my balance negative?", "My balance has not changed after a cheque deposit",
        "How do I change my address?", "Where do I update my email?", "When will my balance be updated?",
        "What is the minimum balance?", "Is there a fee for a low balance?", "I don't recognise a transaction",
        "There is a transaction I did not make", "Can I change my PIN?", "How can I change my phone number?",
        "Why was my transaction declined?", "What happens if my balance is below zero?", "", "???", "hello",
        "Do you have a summary of your fees for accounts?", "My transfer is still pending",
        "I changed my address, what now?", "What is the address of the nearest branch?", "What is your phone number?",
        "Is my balance insured?", "Does my balance earn interest?", "What does available balance mean?",
        "my phone was stolen", "I lost my phone", "what is a balance transfer",
    ])
    func `wants to know something, which is the knowledge base's`(text: String) { #expect(intent(text) == nil) }

    @Test func `takes next to none of the questions that the FAQ answers`() throws {
        let rows = String(decoding: try shippedFAQ(), as: UTF8.self).split(separator: "\n").dropFirst()
        #expect(rows.count > 50)
        var taken: [String] = []
        var phrasings = 0
        for row in rows {
            // Commas and bars part fields and variants: pieces of a sentence count as messages of their own, which is harder.
            for text in row.split(whereSeparator: { $0 == "|" || $0 == "," || $0 == "\"" }) where text.contains(" ") {
                phrasings += 1
                if intent(String(text)) != nil { taken.append(String(text)) }
            }
        }
        #expect(phrasings > 300)
        #expect(taken.count <= phrasings / 100, "\(taken)")
    }

    @Test func `answers yes and no to a question of ours, and nothing longer`() {
        for text in ["yes", "Yes!", "yes please", "Confirm.", "Go ahead", "y", "OK, yes", "that's right"] {
            #expect(Reply(Words(Array(text.utf8))) == .yes, "\(text)")
        }
        for text in ["no", "No, thanks", "nope", "don't", "that's wrong"] {
            #expect(Reply(Words(Array(text.utf8))) == .no, "\(text)")
        }
        for text in ["cancel", "never mind", "Stop."] { #expect(Reply(Words(Array(text.utf8))) == .cancel, "\(text)") }
        for text in ["yes but why do you ask", "maybe", "", "no idea what you mean by that", "okay"] {
            #expect(Reply(Words(Array(text.utf8))) == .unknown, "\(text)")
        }
    }
}

@Suite struct `What a message holds` {
    private func identity(_ message: String) -> [String?] {
        let found = SlotReader.identity(in: Array(message.utf8))
        return [found.account, found.name].map { $0.map { text($0) } }
    }

    @Test(arguments: [
        ("My account number is 1001 and my name is Ada Lindqvist", "1001", "Ada Lindqvist"),
        ("1001, Ada Lindqvist", "1001", "Ada Lindqvist"), ("1001 Ada Lindqvist", "1001", "Ada Lindqvist"),
        ("Ada Lindqvist, account 1001", "1001", "Ada Lindqvist"), ("[PERSON_1], 1001", "1001", "[PERSON_1]"),
        ("I am [PERSON_1] and my account is [IBAN_1].", "[IBAN_1]", "[PERSON_1]"),
        ("account ****5678 [PERSON_1]", "****5678", "[PERSON_1]"),
        ("DE89 3704 0044 0532 0130 00, Ada Lindqvist", "DE89 3704 0044 0532 0130 00", "Ada Lindqvist"),
        ("name: [PERSON_1] Lindqvist, account: 1001", "1001", "[PERSON_1] Lindqvist"),
        ("it's 1002 and the holder is Grace Okafor", "1002", "Grace Okafor"),
        ("<US_BANK_NUMBER> Ada Lindqvist", "<US_BANK_NUMBER>", "Ada Lindqvist"),
    ])
    func `account and name, in either order and however they are said`(message: String, account: String, name: String) {
        #expect(identity(message) == [account, name])
    }

    @Test func `one of both`() {
        #expect(identity("1001") == ["1001", nil])
        #expect(identity("Ada Lindqvist") == [nil, "Ada Lindqvist"])
        #expect(identity("and my") == [nil, nil])
    }

    @Test func `the answer without the words around it`() {
        for message in ["Rex", "The answer is Rex.", "it's Rex", "My answer is  Rex", "It was Rex!"] {
            #expect(text(SlotReader.proof(in: Array(message.utf8))) == "Rex", "\(message)")
        }
        #expect(text(SlotReader.proof(in: Array("it is ".utf8))) == "it is")
    }

    @Test func `the new value behind the order`() {
        let value = { (field: CustomerChange.Field, message: String, isOrder: Bool) in
            SlotReader.value(of: field, in: Array(message.utf8), isOrder: isOrder).map { text($0) }
        }
        #expect(value(.email, "change my email to [EMAIL_1].", true) == "[EMAIL_1]")
        #expect(value(.address, "My new address is 12 High Street, London", true) == "12 High Street, London")
        #expect(value(.email, "change my email", true) == nil)
        #expect(value(.address, "12 High Street, London.", false) == "12 High Street, London")
        #expect(value(.preferredLanguage, "to German please", true) == "de")
        #expect(value(.statements, "paperless", false) == "paperless")
        #expect(value(.marketing, "switch it off", false) == "no")
    }
}
