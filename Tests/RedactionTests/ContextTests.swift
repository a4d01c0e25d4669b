import Testing

@testable import Redaction

/// What the words before a value say.
@Suite struct ContextTests {
    private func labels(_ text: String) -> Context.Labels {
        let bytes = Array(text.utf8)
        return Context.shared.labels(bytes.span, before: bytes.count)
    }

    @Test(arguments: [
        ("sort code ", Label.sortCode), ("Sort-Code: ", .sortCode), ("sort_code=", .sortCode),
        ("sortCode\":\"", .sortCode),
        ("sort codes ", .sortCode), ("security code ", .cardSecurity), ("social security no. ", .socialSecurity),
        ("A/C ", .account), ("account number is ", .account), ("permis de conduire ", .drivingLicence),
        ("date of birth: ", .birth), ("Geburtsdatum: ", .birth), ("née le ", .birth), ("आधार ", .aadhaar),
        ("licence key ", .secret), ("licence ", .drivingLicence), ("sort the code ", .none), ("sort, code ", .none),
        ("nothing here ", .none), ("", .none),
    ])
    func `the nearest word or pair tells`(_ text: String, _ label: Label) {
        #expect(labels(text).nearest == label)
        #expect(Context.shared.label(Array(text.utf8).span, before: text.utf8.count) == label)
    }

    @Test func `all labels count and the nearest comes first`() {
        let found = labels("card phone and account is now ")
        #expect(found.nearest == .account && found.wordsBefore == 2)
        #expect(found.all.contains(.phone) && found.all.contains(.card) && !found.all.contains(.birth))
    }

    @Test(arguments: [
        ("may I have your account?\nCustomer: ", Label.account), ("your account?\r\n Kunde: ", .account),
        ("your account?\nCustomer ", .none), ("your account.\nCustomer: ", .none), ("your account? Customer: ", .none),
        ("your account?\nthe customer: ", .none),
    ])
    func `a question's words count for the next speaker's answer`(_ text: String, _ label: Label) {
        #expect(labels(text).nearest == label)
    }

    @Test func `six words count and a seventh does not`() {
        let words = String(repeating: "q ", count: 5)
        #expect(labels("card " + words).wordsBefore == 5)
        #expect(labels("card q " + words).nearest == .none)
    }

    @Test func `each word of the vocabulary has its own label`() {
        var labels: [Substring: Label] = [:]
        for (label, words) in Vocabulary.words {
            for word in words.split(separator: " ") {
                #expect(labels.updateValue(label, forKey: word) == nil, "\(word) stands twice")
                #expect(self.labels(word + " ").nearest == label, "\(word)")
            }
        }
    }

    @Test func `a set has room for every label`() {
        #expect(Label.allCases.count <= 64)
        for label in Label.allCases {
            #expect(Label.allCases.filter { LabelSet([label]).contains($0) } == [label])
        }
    }
}
