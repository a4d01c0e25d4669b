import Testing

@testable import Redaction

/// A text whose values stand in ‹ ›.
struct MarkedText {
    let bytes: [UInt8]
    let ranges: [Range<Int>]

    init(_ marked: String) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        var start = 0
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "‹": start = bytes.count
            case "›": ranges.append(start..<bytes.count)
            default: bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            }
        }
        self.bytes = bytes
        self.ranges = ranges
    }
}

struct CatalogueExample: CustomTestStringConvertible, Sendable {
    let type: DetectorType
    let text: String

    var testDescription: String { "\(type): \(text.debugDescription)" }

    static let positive = all(\.examples)
    static let negative = all(\.counterExamples)

    private static func all(_ texts: KeyPath<Detector, [String]>) -> [CatalogueExample] {
        DetectorType.all.flatMap { type in
            type.detector[keyPath: texts].map { CatalogueExample(type: type, text: $0) }
        }
    }
}

@Suite struct CatalogueTests {
    private let redactor = Redactor()

    @Test(arguments: CatalogueExample.positive)
    func `an example is found whole, as its type and nothing else`(_ example: CatalogueExample) {
        let marked = MarkedText(example.text)
        let findings = redactor.detect(marked.bytes)
        #expect(findings.map(\.range) == marked.ranges)
        #expect(findings.allSatisfy { $0.type == example.type }, "\(findings.map { "\($0.type)" })")
        #expect(!marked.ranges.isEmpty)
    }

    @Test(arguments: CatalogueExample.positive)
    func `an example is found the same in the middle of a text`(_ example: CatalogueExample) {
        let marked = MarkedText("Dear team,\n" + example.text + "\nThank you, Zoë")
        #expect(redactor.detect(marked.bytes).map(\.range) == marked.ranges)
    }

    @Test(arguments: CatalogueExample.negative)
    func `a counter-example is not taken for the type`(_ example: CatalogueExample) {
        let findings = redactor.detect(Array(example.text.utf8))
        #expect(!findings.contains { $0.type == example.type })
    }

    @Test func `names, labels and token stems are unique and well formed`() {
        let detectors = DetectorType.all.map(\.detector)
        #expect(Set(detectors.map { "\($0.name)" }).count == detectors.count)
        #expect(Set(detectors.map { "\($0.tokenStem)" }).count == detectors.count)
        for detector in detectors {
            #expect("\(detector.auditLabel)" == "\(detector.name)".lowercased())
            #expect("\(detector.tokenStem)".utf8.allSatisfy { ByteClass.isUpper($0) })
            #expect(!detector.examples.isEmpty && !detector.counterExamples.isEmpty)
        }
    }

    @Test func `a type is known by its name alone`() {
        #expect(DetectorType(named: "IBAN_CODE".utf8)?.description == "IBAN_CODE")
        #expect(DetectorType(named: "iban_code".utf8) == nil)
        #expect(DetectorType(named: "".utf8) == nil)
    }
}
